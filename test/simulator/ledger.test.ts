import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Big } from 'big.js';
import { amountOf, type Row, rowsOf, textOf } from '../../simulator/json.ts';
import { idOf } from '../../simulator/row-index.ts';
import { accounts, type Bench, rowWithin, startBench } from './harness.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await startBench();
});
afterAll(() => bench.close());

const books = [accounts.tiny, accounts.busy, accounts.messy];
const sum = (rows: readonly Row[], value: (row: Row) => Big | string): Big =>
  rows.reduce((total, row) => total.plus(value(row)), new Big(0));
const alive = (row: Row): boolean => row['vis_state'] !== 1;
const isIn = (code: string) => (row: Row) => textOf(rowWithin(row, 'amount'), 'code') === code;
const gain = (row: Row): Big => new Big(amountOf(row, 'debit')).minus(amountOf(row, 'credit'));

// What the documents say, added up without the ledger.
describe.each(books)('§3A.16 the general ledger of %s', (account) => {
  let details: readonly Row[];
  const truth = (resource: string) => bench.truth(resource, account);
  const codes = (): ReadonlySet<string> =>
    new Set(details.map((row) => textOf(rowWithin(row, 'balance'), 'code')));
  const standing = (name: string, code: string): string =>
    sum(
      details.filter(
        (row) =>
          rowWithin(row, 'account')['account_name'] === name &&
          textOf(rowWithin(row, 'balance'), 'code') === code,
      ),
      gain,
    ).toFixed(3);
  beforeAll(async () => {
    details = await truth('journal_entry_details');
  });

  it('has entries whose debits are their credits', () => {
    const sums = new Map<unknown, Big>();
    for (const row of details) {
      const entry = rowWithin(row, 'entry')['entryid'];
      sums.set(entry, (sums.get(entry) ?? new Big(0)).plus(gain(row)));
    }

    expect([...sums].filter(([, total]) => !total.eq(0))).toEqual([]);
    expect(new Set(details.map(idOf)).size).toBe(details.length);
  });

  it('holds as receivable what invoices say is outstanding, overpayments apart, in every currency', async () => {
    const invoices = (await truth('invoices')).filter((row) => alive(row) && row['status'] !== 1);
    const over = (await truth('credit_notes')).filter(
      (row) => alive(row) && row['credit_type'] === 'overpayment',
    );
    for (const code of codes()) {
      const open = sum(invoices.filter(isIn(code)), (row) => amountOf(row, 'outstanding'));
      const owed = open.plus(sum(over.filter(isIn(code)), (row) => amountOf(row, 'amount')));

      expect([code, standing('Accounts Receivable', code)]).toEqual([code, owed.toFixed(3)]);
    }
  });

  it('holds as payable what bills say is outstanding', async () => {
    const bills = (await truth('bills')).filter(alive);
    for (const code of codes()) {
      const open = sum(bills.filter(isIn(code)), (row) => amountOf(row, 'outstanding'));

      expect([code, standing('Accounts Payable', code)]).toEqual([code, open.times(-1).toFixed(3)]);
    }
  });

  it('holds as cash what came in less what went out', async () => {
    const paid = (row: Row) => row['vis_state'] === 0;
    const inflow = [
      ...(await truth('payments')).filter((row) => paid(row) && row['from_credit'] !== true),
      ...(await truth('other_income')).filter(alive),
      ...(await truth('credit_notes')).filter((row) => alive(row) && row['credit_type'] === 'prepayment'),
    ];
    const outflow = [
      ...(await truth('expenses')).filter(alive),
      ...(await truth('bill_payments')).filter(paid),
    ];
    const put = account === accounts.messy ? '1000' : '25000';
    for (const code of codes()) {
      const opening = code === 'CAD' ? put : '0';
      const cash = sum(inflow.filter(isIn(code)), (row) => amountOf(row, 'amount'))
        .minus(sum(outflow.filter(isIn(code)), (row) => amountOf(row, 'amount')))
        .plus(opening);

      expect([code, standing('Cash', code)]).toEqual([code, cash.toFixed(3)]);
    }
  });

  it('holds as customers’ credit what credits and payments of deleted invoices leave', async () => {
    const used = (await truth('payments')).filter((row) => row['vis_state'] === 0);
    const gone = new Set((await truth('invoices')).filter((row) => !alive(row)).map(idOf));
    for (const code of codes()) {
      const notes = (await truth('credit_notes')).filter((row) => alive(row) && isIn(code)(row));
      const left = sum(notes, (row) => amountOf(row, 'amount'))
        .minus(
          sum(
            used.filter((row) => row['from_credit'] === true && isIn(code)(row)),
            (row) => amountOf(row, 'amount'),
          ),
        )
        .plus(
          sum(
            used.filter((row) => gone.has(Number(row['invoiceid'])) && isIn(code)(row)),
            (row) => amountOf(row, 'amount'),
          ),
        );

      expect([code, standing('Customer Credit', code)]).toEqual([code, left.times(-1).toFixed(3)]);
    }
  });

  it('gives the old chart the balances of the books’ own currency, sub-accounts adding up', async () => {
    for (const row of await truth('journal_entry_accounts')) {
      const side = ['asset', 'expense'].includes(textOf(row, 'account_type')) ? 1 : -1;
      const own = standing(textOf(row, 'account_name'), 'CAD');

      expect(new Big(textOf(row, 'balance')).times(side).toFixed(3)).toBe(own);
      expect(sum(rowsOf(row, 'sub_accounts'), (sub) => textOf(sub, 'balance')).toFixed(3)).toBe(
        new Big(textOf(row, 'balance')).toFixed(3),
      );
    }
  });
});

describe('§3A.16 the ledger follows the books', () => {
  it('is posted to by a new invoice and let go by its deletion, drafts apart', async () => {
    const count = async () => (await bench.truth('journal_entry_details')).length;
    const before = await count();
    const invoice = {
      customerid: 210_001,
      create_date: '2026-10-01',
      status: 2,
      lines: [{ name: 'Work', qty: 1, unit_cost: { amount: '10.00', code: 'CAD' } }],
    };
    const got = await bench.api('POST', 'invoices/invoices', { body: { invoice } });
    const id = idOf(rowWithin(got.json, 'response', 'result', 'invoice'));
    const posted = await count();
    await bench.api('POST', 'invoices/invoices', { body: { invoice: { ...invoice, status: 1 } } });
    const drafted = await count();
    await bench.api('DELETE', `invoices/invoices/${id}`);

    expect([posted - before, drafted - posted, (await count()) - before]).toEqual([2, 0, 0]);
  });

  it('serves the list in pages of 100 of the newest details, and as one page of accounts', async () => {
    const rows = await bench.list(
      'journal_entries/journal_entry_details?per_page=100',
      'journal_entry_details',
    );
    const truth = (await bench.truth('journal_entry_details')).map(idOf).sort((a, b) => b - a);
    const chart = await bench.list(
      'journal_entry_accounts/journal_entry_accounts?account_type=asset',
      'journal_entry_accounts',
    );

    expect(rows.map(idOf)).toEqual(truth.slice(0, 100));
    expect(chart.map((row) => row['account_number'])).toEqual([
      '1000',
      '1200',
      '1300',
      '2000',
      '2100',
      '2200',
      '3000',
      '4000',
      '5000',
      '6000',
    ]);
  });

  it('§3A.8 an overpayment becomes a credit note, and a payment with it uses it up', async () => {
    const [invoice] = (await bench.truth('invoices')).filter((row) => row['payment_status'] === 'unpaid');
    const due = amountOf(invoice ?? {}, 'outstanding');
    const pay = { invoiceid: idOf(invoice ?? {}), date: '2026-10-02', type: 'Check' };
    const paid = await bench.api('POST', 'payments/payments', {
      body: { payment: { ...pay, amount: { amount: new Big(due).plus(30).toFixed(2) } } },
    });
    const { overpaymentid = null } = rowWithin(paid.json, 'response', 'result', 'payment');
    const credit = () => bench.one(`credit_notes/credit_notes/${overpaymentid}`, 'credit_note');

    expect(await credit()).toMatchObject({ credit_type: 'overpayment', payment_status: 'unpaid' });
    expect(amountOf(await credit(), 'amount')).toBe('30.00');

    const amount = { amount: '30.00' };
    await bench.api('POST', 'payments/payments', {
      body: { payment: { ...pay, invoiceid: 230_001, type: 'Credit', creditid: overpaymentid, amount } },
    });

    expect(await credit()).toMatchObject({ payment_status: 'paid' });
  });
});
