import { type Json, parseJson, type Row } from '../../simulator/json.ts';
import { type Bench, rowWithin, startBench } from './harness.ts';

/** Something to put on an invoice: 100.00 and 13 % of tax. */
export const workLine = {
  name: 'Work',
  qty: 2,
  unit_cost: { amount: '50.00', code: 'CAD' },
  taxName1: 'HST',
  taxAmount1: 13,
};

// Noon in New York, so that Eastern and UTC stamps differ by four hours on the same day.
const noon = Date.UTC(2026, 5, 29, 16, 48, 49);

/** A bench at which things are written down, at an hour that the test moves. */
export type Desk = Bench & {
  /** An hour passes. */
  later(): void;
  /** Sends a write; gives the row of the reply. */
  write(method: string, path: string, body: Json): Promise<Row>;
  newClient(): Promise<Row>;
  newInvoice(extra?: Row, query?: string): Promise<Row>;
  pay(invoiceid: Json | undefined, amount: string, extra?: Row): Promise<Row>;
};

export const openDesk = async (): Promise<Desk> => {
  let now = noon;
  const bench = await startBench({ now: () => now });
  // The one row of a reply, whatever its key.
  const write = async (method: string, path: string, body: Json): Promise<Row> => {
    const { text } = await bench.api(method, path, { body });
    return rowWithin(Object.values(rowWithin(parseJson(text), 'response', 'result'))[0]);
  };
  const newClient = () =>
    write('POST', 'users/clients', { client: { fname: 'Ann', lname: 'Lee', email: 'ann@lee.example' } });
  return {
    ...bench,
    write,
    newClient,
    later: () => {
      now += 3_600_000;
    },
    newInvoice: async (extra = {}, query = '') => {
      const { id } = await newClient();
      const invoice = { customerid: id ?? null, create_date: '2026-06-20', lines: [workLine], ...extra };
      return write('POST', `invoices/invoices${query}`, { invoice });
    },
    pay: (invoiceid, amount, extra = {}) => {
      const payment = { invoiceid: invoiceid ?? null, amount: { amount }, date: '2026-06-21', type: 'Check' };
      return write('POST', 'payments/payments', { payment: { ...payment, ...extra } });
    },
  };
};
