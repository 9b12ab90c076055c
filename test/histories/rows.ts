import type { Row } from '../../simulator/json.ts';
import { type Kind, keyOf } from './kinds.ts';

/** What a new row can be about. */
type Books = {
  chosen: (kind: Kind, state: number, pick: number) => Promise<Row | undefined>;
  truth: (resource: string) => Promise<readonly Row[]>;
};

/** A new row as a caller would send it, the nth that is made; `undefined` when there is nothing for it to be about. */
export async function made(kind: Kind, n: number, pick: number, books: Books): Promise<Row | undefined> {
  const money = { amount: `${1 + (n % 7)}.50`, code: 'CAD' };
  const date = dayOf(pick);
  const about = async (field: string, other: Kind, row: Row): Promise<Row | undefined> => {
    const found = await books.chosen(other, 0, pick);
    return found === undefined ? undefined : { ...row, [field]: Number(keyOf(found)) };
  };
  switch (kind) {
    case 'clients':
      return { fname: `New ${n}` };
    case 'taxes':
      return { name: `Tax ${n}`, amount: '5' };
    case 'items':
      return { name: `Item ${n}`, unit_cost: money };
    case 'tasks':
      return { name: `Task ${n}`, rate: money };
    case 'other_income':
      return { amount: money, date, category_name: 'other', payment_type: 'Cash' };
    case 'bill_vendors':
      return { vendor_name: `Vendor ${n}` };
    case 'expenses':
      return {
        amount: { amount: `${n}.25`, code: 'CAD' },
        ...(await category(books, pick)),
        staffid: 1,
        date,
      };
    case 'invoices':
      return about('customerid', 'clients', { create_date: date, lines: [lineOf(n)] });
    case 'credit_notes':
      return about('clientid', 'clients', { create_date: date, lines: [lineOf(n)] });
    case 'payments':
      return about('invoiceid', 'invoices', { amount: money, date, type: 'Check' });
    case 'bills':
      return about('vendorid', 'bill_vendors', {
        issue_date: date,
        lines: [{ quantity: '1', unit_cost: money, ...(await category(books, pick)) }],
      });
    case 'bill_payments':
      return about('billid', 'bills', { amount: money, paid_date: date, payment_type: 'Check' });
    case 'estimates':
      return about('customerid', 'clients', { create_date: date, lines: [lineOf(n)] });
    case 'invoice_profiles':
      return about('customerid', 'clients', {
        create_date: '2030-01-01',
        frequency: 'm',
        lines: [lineOf(n)],
      });
    case 'projects':
      return { title: `Project ${n}`, fixed_price: money.amount };
    case 'services':
      return { name: `Service ${n}` };
    case 'service_rates':
      return rate(n, pick, books);
    case 'retainers':
      return retainer(n, pick, books);
    case 'staff':
      return { fname: `Colleague ${n}` };
    default:
      throw new Error(`nobody makes ${String(kind)}`);
  }
}

/** What is sent to change a row, differently each time. */
export function changed(kind: Kind, row: Row, n: number): Row {
  const sent: Record<Kind, Row> = {
    clients: { organization: `Moved ${n}` },
    invoices: n % 2 === 0 ? { notes: `Note ${n}` } : { lines: [lineOf(n), lineOf(n + 1)] },
    payments: { note: `Note ${n}`, amount: { amount: `${n}.00` } },
    expenses: { notes: `Note ${n}`, date: dayOf(n) },
    taxes: { number: `N${n}` },
    credit_notes: { notes: `Note ${n}`, lines: [lineOf(n)] },
    bills: { bill_number: `B${n}` },
    bill_payments: { note: `Note ${n}`, amount: { amount: `${n}.00`, code: 'CAD' } },
    bill_vendors: { note: `Note ${n}`, vendor_name: `Vendor ${n}` },
    items: { description: `About ${n}` },
    tasks: { description: `About ${n}` },
    estimates: n % 2 === 0 ? { notes: `Note ${n}` } : { lines: [lineOf(n), lineOf(n + 1)] },
    invoice_profiles: { notes: `Note ${n}` },
    projects: { description: `About ${n}`, complete: n % 3 === 0 },
    retainers: { fee: n, budgeted_time: n * 60 },
    services: {},
    service_rates: { rate: `${n}.00` },
    staff: { lname: `Named ${n}` },
    // Replaced whole.
    other_income: {
      amount: { amount: `${n}.00`, code: 'CAD' },
      date: row['date'] ?? dayOf(n),
      category_name: 'other',
      payment_type: 'Cash',
      note: `Note ${n}`,
    },
  };
  return sent[kind];
}

/** The rate of a service that has none yet. */
async function rate(n: number, pick: number, { truth }: Books): Promise<Row | undefined> {
  const rated = new Set((await truth('service_rates')).map(keyOf));
  const services = (await truth('services')).filter((row) => !rated.has(keyOf(row)));
  const service = services[pick % Math.max(1, services.length)];
  return service && { service_id: Number(keyOf(service)), rate: `${n}.50` };
}

/** A retainer of a client who has none: there can be one (§3A.20). */
async function retainer(n: number, pick: number, { truth }: Books): Promise<Row | undefined> {
  const taken = (await truth('retainers')).filter((row) => row['active'] === true);
  const clients = (await truth('clients')).filter(
    (row) => !taken.some(({ client_user_id }) => client_user_id === row['id']),
  );
  const client = clients[pick % Math.max(1, clients.length)];
  return client && { client_user_id: Number(keyOf(client)), fee: n };
}

async function category({ truth }: Books, pick: number): Promise<Row> {
  const categories = await truth('expense_categories');
  return { categoryid: categories[pick % categories.length]?.['id'] ?? 0 };
}

const dayOf = (pick: number): string => `2026-${String(1 + (pick % 9)).padStart(2, '0')}-1${pick % 10}`;
const lineOf = (n: number): Row => ({
  name: `Work ${n}`,
  qty: 1 + (n % 3),
  unit_cost: { amount: `${10 + (n % 50)}.00`, code: 'CAD' },
  ...(n % 2 === 0 ? { taxName1: 'HST', taxAmount1: 13 } : {}),
});
