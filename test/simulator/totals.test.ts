import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Big } from 'big.js';
import { amountOf, type Row, rowsOf, textOf } from '../../simulator/json.ts';
import { accounts, type Bench, startBench } from './harness.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await startBench();
});
afterAll(() => bench.close());

// Written apart from the simulator's own arithmetic: whole line by whole line, taxes gathered by name and percent.
const rounded = (amount: Big, code: string): Big => amount.round(code === 'KWD' ? 3 : 2, 1);
const number = (row: Row, field: string): Big => new Big(textOf(row, field) || '0');

const expected = (invoice: Row): Big => {
  const code = textOf(invoice, 'currency_code');
  const lines = rowsOf(invoice, 'lines');
  let subtotal = new Big(0);
  const taxes: Record<string, Big> = {};
  const add = (name: string, percent: Big, amount: Big): void => {
    const key = `${name} at ${percent}`;
    taxes[key] = (taxes[key] ?? new Big(0)).plus(amount);
  };
  const off = number(invoice, 'discount_value').div(100);
  for (const line of lines) {
    const net = rounded(number(line, 'qty').times(amountOf(line, 'unit_cost')), code);
    subtotal = subtotal.plus(net);
    const [one, two] = [number(line, 'taxAmount1'), number(line, 'taxAmount2')];
    const discounted = net.minus(net.times(off));
    const first = discounted.times(one).div(100);
    add(textOf(line, 'taxName1'), one, first);
    add(
      textOf(line, 'taxName2'),
      two,
      (line['compounded_tax'] === true ? discounted.plus(first) : discounted).times(two).div(100),
    );
  }
  const tax = Object.values(taxes).reduce((sum, amount) => sum.plus(rounded(amount, code)), new Big(0));
  return subtotal.minus(rounded(subtotal.times(off), code)).plus(tax);
};

const books = [accounts.tiny, accounts.busy, accounts.messy];

describe.each(books)('the book of %s adds up', (account) => {
  let invoices: readonly Row[];
  let payments: readonly Row[];
  beforeAll(async () => {
    invoices = await bench.truth('invoices', account);
    payments = await bench.truth('payments', account);
  });

  it('amount = lines − discount + taxes', () => {
    const wrong = invoices.filter((row) => !expected(row).eq(amountOf(row, 'amount')));

    expect(wrong.map((row) => [row['id'], amountOf(row, 'amount'), expected(row).toString()])).toEqual([]);
  });

  it('paid = its active payments, outstanding = amount − paid, in the invoice’s own currency', () => {
    const paidOn = new Map<number, Big>();
    for (const payment of payments.filter((row) => row['vis_state'] === 0)) {
      const id = Number(payment['invoiceid']);
      paidOn.set(id, (paidOn.get(id) ?? new Big(0)).plus(amountOf(payment, 'amount')));
    }
    const wrong = invoices.filter((row) => {
      const paid = paidOn.get(Number(row['id'])) ?? new Big(0);
      return (
        !paid.eq(amountOf(row, 'paid')) ||
        !new Big(amountOf(row, 'amount')).minus(paid).eq(amountOf(row, 'outstanding'))
      );
    });

    expect(wrong.map((row) => row['id'])).toEqual([]);
  });

  it('statuses say what the money says', () => {
    const wrong = invoices.filter((row) => {
      const [paid, amount] = [Number(amountOf(row, 'paid')), Number(amountOf(row, 'amount'))];
      const status =
        row['status'] === 0
          ? 'unpaid'
          : paid > 0 && paid >= amount
            ? 'paid'
            : paid > 0
              ? 'partial'
              : 'unpaid';
      return row['payment_status'] !== status || (status === 'paid') !== (row['v3_status'] === 'paid');
    });

    expect(wrong.map((row) => row['id'])).toEqual([]);
  });

  it('every payment, invoice and expense names something that exists', async () => {
    const idsOf = (rows: readonly Row[]) => new Set(rows.map((row) => row['id']));
    const clients = idsOf(await bench.truth('clients', account));
    const categories = idsOf(await bench.truth('expense_categories', account));
    const known = idsOf(invoices);
    const expenses = await bench.truth('expenses', account);

    expect(
      payments.filter((row) => !known.has(row['invoiceid'] ?? null) || !clients.has(row['clientid'] ?? null)),
    ).toEqual([]);
    expect(invoices.filter((row) => !clients.has(row['customerid'] ?? null))).toEqual([]);
    expect(expenses.filter((row) => !categories.has(row['categoryid'] ?? null))).toEqual([]);
  });
});

describe('the books are what they are said to be', () => {
  const count = async (resource: string, account: string) => (await bench.truth(resource, account)).length;

  it('busy-agency has 5,000 invoices and what belongs to them', async () => {
    expect(await count('invoices', accounts.busy)).toBe(5_000);
    expect(await count('clients', accounts.busy)).toBe(400);
    expect(await count('expenses', accounts.busy)).toBe(1_500);
    expect(await count('expense_categories', accounts.busy)).toBe(60);
    expect(await count('taxes', accounts.busy)).toBe(4);
    expect(Math.abs((await count('payments', accounts.busy)) - 4_300)).toBeLessThan(200);
  });

  it('is the same book every time', async () => {
    const again = await startBench();
    const [first, second] = [
      await bench.truth('invoices', accounts.tiny),
      await again.truth('invoices', accounts.tiny),
    ];
    await again.close();

    expect(second).toEqual(first);
  });

  it('messy has what real books have', async () => {
    const invoices = await bench.truth('invoices', accounts.messy);
    const clients = await bench.truth('clients', accounts.messy);
    const lines = invoices.flatMap((row) => rowsOf(row, 'lines'));
    const has = (holds: boolean) => expect(holds).toBe(true);

    expect(new Set(invoices.map((row) => row['vis_state']))).toEqual(new Set([0, 1, 2]));
    expect(new Set(invoices.map((row) => row['currency_code'])).size).toBeGreaterThanOrEqual(5);
    has(invoices.some((row) => /\.\d{3}$/.test(amountOf(row, 'amount'))));
    has(invoices.some((row) => row['vis_state'] === 1 && Number(amountOf(row, 'paid')) > 0));
    has(invoices.some((row) => Number(amountOf(row, 'outstanding')) < 0 && row['payment_status'] === 'paid'));
    has(invoices.some((row) => textOf(row, 'discount_value') !== '0'));
    has(invoices.some((row) => !('version' in row)));
    has(invoices.some((row) => textOf(row, 'notes').length > 20_000));
    has(lines.some((row) => row['compounded_tax'] === true && textOf(row, 'taxName2') !== ''));
    has(lines.some((row) => Number(amountOf(row, 'amount')) < 0));
    has(lines.some((row) => Number(amountOf(row, 'amount')) === 0));
    has(clients.some((row) => textOf(row, 'organization').includes('<script>')));
    has(clients.some((row) => /[\u4e00-\u9fff]/.test(textOf(row, 'organization'))));
    has((await bench.truth('payments', accounts.messy)).some((row) => row['overpaymentid'] !== null));
  });
});
