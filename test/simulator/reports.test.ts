import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Big } from 'big.js';
import { amountOf, type Json, type Row, rowsOf, textOf } from '../../simulator/json.ts';
import { accounts, type Bench, call, people, refusalOf, rowWithin, startBench, within } from './harness.ts';

// Ten days after the books end, at noon in New York.
let bench: Bench;
beforeAll(async () => {
  bench = await startBench({ now: () => Date.UTC(2026, 10, 11, 17) });
});
afterAll(() => bench.close());

const tokens: Record<string, string> = { [accounts.messy]: people.mireille };
const uuids: Readonly<Record<string, string>> = {
  [accounts.tiny]: '0f6b2a90-52d7-4a5e-8e43-6b0c9d3f1a22',
  [accounts.busy]: '5a1c64de-3f0e-4c6b-9b1f-7a4c2d9e0b11',
  [accounts.messy]: 'e86d4c02-97fa-4b15-a3de-5c1f9b8e2d77',
};
const ask = async (account: string, path: string): Promise<Json> => {
  const token = await bench.tokenFor(tokens[account] ?? people.alex);
  return (await call('GET', `${bench.url}${path}`, { token })).json;
};
const old = async (account: string, name: string, query: string, key = name): Promise<Row> =>
  rowWithin(
    await ask(account, `/accounting/account/${account}/reports/accounting/${name}?${query}`),
    'response',
    'result',
    key,
  );
const fresh = async (account: string, name: string, query: string): Promise<Row> =>
  rowWithin(
    await ask(account, `/accounting/businesses/${uuids[account]}/reports/${name}?${query}`),
    'response',
    'result',
  );

const always = 'start_date=2019-01-01&end_date=2026-11-11';
const sum = (rows: readonly Row[], value: (row: Row) => Big | string): Big =>
  rows.reduce((total, row) => total.plus(value(row)), new Big(0));
const amounts = (rows: readonly Row[], field: string): string =>
  sum(rows, (row) => amountOf(row, field)).toFixed(3);
const shown = (row: Row, field: string): string => new Big(amountOf(row, field)).toFixed(3);
const alive = (row: Row): boolean => row['vis_state'] !== 1;
const isIn = (code: string) => (row: Row) => textOf(rowWithin(row, 'amount'), 'code') === code;
const posted = (row: Row): boolean => alive(row) && row['status'] !== 1;

// Which due dates are how late on 11 November 2026.
const agesAt11November = [
  ['0-30', '2026-10-12', '9999-12-31'],
  ['31-60', '2026-09-12', '2026-10-11'],
  ['61-90', '2026-08-13', '2026-09-11'],
  ['91+', '0000-01-01', '2026-08-12'],
] as const;

const cases = [
  [accounts.tiny, 'CAD'],
  [accounts.busy, 'CAD'],
  [accounts.busy, 'USD'],
  [accounts.messy, 'CAD'],
  [accounts.messy, 'EUR'],
  [accounts.messy, 'KWD'],
  [accounts.messy, 'USD'],
] as const;

describe.each(cases)('§3A.23 the reports of %s in %s agree with the documents', (account, code) => {
  const truth = async (resource: string): Promise<readonly Row[]> =>
    (await bench.truth(resource, account)).filter(isIn(code));
  const invoices = async () => (await truth('invoices')).filter(posted);
  const query = `${always}&currency_code=${code}`;

  it('accounts_aging: what is outstanding, overpayments apart, by days late and by client', async () => {
    const report = await old(account, 'accounts_aging', query);
    const over = (await truth('credit_notes')).filter(
      (row) => alive(row) && row['credit_type'] === 'overpayment',
    );
    const owing = await invoices();
    const open = sum(owing, (row) => amountOf(row, 'outstanding')).plus(
      sum(over, (row) => amountOf(row, 'amount')),
    );
    const totals = rowWithin(report, 'totals');

    expect(shown(totals, 'total')).toBe(open.toFixed(3));
    expect(
      sum(
        ['0-30', '31-60', '61-90', '91+'].map((name) => rowWithin(totals, name)),
        (row) => textOf(row, 'amount'),
      ).toFixed(3),
    ).toBe(open.toFixed(3));
    expect(amounts(rowsOf(report, 'accounts'), 'total')).toBe(open.toFixed(3));
    if (over.length > 0) return;
    for (const [name, first, last] of agesAt11November) {
      const aged = owing.filter((row) => textOf(row, 'due_date') >= first && textOf(row, 'due_date') <= last);
      expect([name, shown(totals, name)]).toEqual([name, amounts(aged, 'outstanding')]);
    }
  });

  it('trial_balance: debits are credits, and receivables are the aging’s total', async () => {
    const data = rowsOf(await old(account, 'trial_balance', query), 'data');
    const receivable = data.find((row) => row['account_number'] === '1200');
    const totals = rowWithin(await old(account, 'accounts_aging', query), 'totals');

    expect(data.length).toBeGreaterThan(1);
    expect(amounts(data, 'debit')).toBe(amounts(data, 'credit'));
    expect(
      new Big(amountOf(receivable ?? {}, 'debit')).minus(amountOf(receivable ?? {}, 'credit')).toFixed(3),
    ).toBe(shown(totals, 'total'));
  });

  it('balance_sheet: assets are liabilities and equity on every date, and the profit is what was kept', async () => {
    const dates = ['2024-02-29', '2025-07-01', '2026-11-11'];
    const sheet = await old(
      account,
      'balance_sheet',
      `${dates.map((date) => `dates[]=${date}`).join('&')}&currency_code=${code}`,
    );
    const assets = rowsOf(sheet, 'assets_total');
    const equity = rowsOf(sheet, 'data').find((row) => row['account_type'] === 'equity') ?? {};
    const kept = rowsOf(rowsOf(equity, 'accounts')[0] ?? {}, 'sub_accounts').find(
      (row) => row['sub_account_name'] === 'Retained Earnings',
    );
    const profit = await old(account, 'profitloss_entity', query, 'profitloss');

    expect(assets.map((row) => row['date'])).toEqual(dates);
    expect(rowsOf(sheet, 'liabilities_and_equity_total')).toEqual(assets);
    expect(shown(rowsOf(kept ?? {}, 'balances')[2] ?? {}, 'balance')).toBe(
      shown(rowWithin(profit, 'net_profit'), 'total'),
    );
  });

  it('profitloss_entity: sales without tax, spending without tax, and nothing else', async () => {
    const report = await old(account, 'profitloss_entity', query, 'profitloss');
    const taxes = await old(account, 'taxsummary', query);
    const notes = (await truth('credit_notes')).filter(
      (row) => alive(row) && row['credit_type'] === 'goodwill',
    );
    const incomes = await truth('other_income');
    const collected = sum(rowsOf(taxes, 'taxes'), (row) => amountOf(row, 'tax_collected'));
    const paid = sum(rowsOf(taxes, 'taxes'), (row) => amountOf(row, 'tax_paid'));
    const gross = sum(await invoices(), (row) => amountOf(row, 'amount'))
      .minus(sum(notes, (row) => amountOf(row, 'amount')))
      .plus(sum(incomes, (row) => amountOf(row, 'amount')));
    const spent = sum((await truth('expenses')).filter(alive), (row) => amountOf(row, 'amount')).plus(
      sum((await truth('bills')).filter(alive), (row) => amountOf(row, 'total_amount')),
    );
    const net = gross.minus(collected).minus(spent.minus(paid));

    expect(shown(rowWithin(report, 'net_profit'), 'total')).toBe(net.toFixed(3));
    expect(amounts(rowsOf(report, 'income'), 'total')).toBe(
      shown(rowWithin(report, 'total_income'), 'total'),
    );
    expect(amounts(rowsOf(report, 'expenses'), 'total')).toBe(
      shown(rowWithin(report, 'total_expenses'), 'total'),
    );
  });

  it('taxsummary: what expenses and bills paid, what was invoiced, and what the books owe the state', async () => {
    const report = await old(account, 'taxsummary', query);
    const expenses = (await truth('expenses')).filter(alive);
    const bills = (await truth('bills')).filter(alive);
    const paid = sum(expenses, (row) => amountOf(row, 'taxAmount1'))
      .plus(sum(expenses, (row) => amountOf(row, 'taxAmount2')))
      .plus(sum(bills, (row) => amountOf(row, 'tax_amount')));
    const rows = rowsOf(await old(account, 'trial_balance', query), 'data').filter(
      (row) => row['account_number'] === '2200',
    );
    const owed = sum(rows, (row) => amountOf(row, 'credit')).minus(
      sum(rows, (row) => amountOf(row, 'debit')),
    );

    expect(amounts(rowsOf(report, 'taxes'), 'tax_paid')).toBe(paid.toFixed(3));
    expect(amounts(rowsOf(report, 'taxes'), 'net_tax')).toBe(owed.toFixed(3));
    expect(shown(report, 'total_invoiced')).toBe(amounts(await invoices(), 'amount'));
  });

  it('invoice_details and expense_details: each document of the dates once', async () => {
    const dates = `start_date=2025-01-01&end_date=2025-12-31&currency_code=${code}`;
    const year = (field: string) => (row: Row) => textOf(row, field).startsWith('2025');
    const details = await old(account, 'invoice_details', dates);
    const spent = await old(account, 'expense_details', dates);
    const issued = (await invoices()).filter(year('create_date'));
    const expenses = (await truth('expenses')).filter((row) => alive(row) && year('date')(row));

    expect(shown(rowWithin(details, 'summary'), 'total')).toBe(amounts(issued, 'amount'));
    expect(shown(rowWithin(details, 'summary'), 'outstanding')).toBe(amounts(issued, 'outstanding'));
    expect(rowsOf(details, 'clients').flatMap((row) => rowsOf(row, 'invoices'))).toHaveLength(issued.length);
    expect(rowsOf(spent, 'data').flatMap((row) => rowsOf(row, 'expenses'))).toHaveLength(expenses.length);
    expect(shown(spent, 'total')).toBe(amounts(expenses, 'amount'));
  });

  it('a cash-based report counts what was paid, and only that', async () => {
    const report = await old(account, 'taxsummary', `${query}&cash_based=true`);
    const known = new Set((await invoices()).map((row) => row['id']));
    const over = (await truth('credit_notes')).filter(
      (row) => alive(row) && row['credit_type'] === 'overpayment',
    );
    const received = (await truth('payments')).filter(
      (row) => row['vis_state'] === 0 && known.has(row['invoiceid'] ?? null),
    );

    expect(report['cash_based']).toBe(true);
    expect(shown(report, 'total_invoiced')).toBe(
      sum(received, (row) => amountOf(row, 'amount'))
        .minus(sum(over, (row) => amountOf(row, 'amount')))
        .toFixed(3),
    );
  });
});

describe('§3A.23 taxsummary', () => {
  it('collects 13 percent of what HST stands on, to a cent for each invoice', async () => {
    const { taxes = [] } = await old(accounts.tiny, 'taxsummary', `${always}&currency_code=CAD`);
    const hst = rowsOf({ taxes }, 'taxes').find((row) => row['tax_name'] === 'HST') ?? {};
    const wanted = new Big(amountOf(hst, 'taxable_amount_collected')).times('0.13');

    expect(Number(wanted.minus(amountOf(hst, 'tax_collected')).abs())).toBeLessThan(0.15);
    expect(Number(amountOf(hst, 'tax_collected'))).toBeGreaterThan(0);
  });
});

describe('§3A.23 payments_collected', () => {
  it.each([accounts.tiny, accounts.busy, accounts.messy])(
    '%s: every payment that was not deleted',
    async (account) => {
      const report = await old(account, 'payments_collected', always);
      const payments = (await bench.truth('payments', account)).filter((row) => row['vis_state'] === 0);
      const totals = rowsOf(report, 'totals').map((row) => [
        row['code'],
        new Big(textOf(row, 'amount')).toFixed(3),
      ]);
      const codes = [...new Set(payments.map((row) => textOf(rowWithin(row, 'amount'), 'code')))].sort();

      expect(rowsOf(report, 'payments')).toHaveLength(payments.length);
      expect(totals).toEqual(codes.map((code) => [code, amounts(payments.filter(isIn(code)), 'amount')]));
    },
  );
});

describe('§3A.23 dates and resolutions', () => {
  it('missing dates mean today only, without a word, and search[...] is ignored', async () => {
    const bare = await old(accounts.busy, 'payments_collected', '');
    const searched = await old(accounts.busy, 'payments_collected', 'search[date_min]=2019-01-01');

    expect([bare['start_date'], bare['end_date']]).toEqual(['2026-11-11', '2026-11-11']);
    expect(rowsOf(bare, 'payments')).toEqual([]);
    expect(searched).toEqual(bare);
  });

  it('a sheet without dates[] is as of today', async () => {
    expect((await old(accounts.tiny, 'balance_sheet', ''))['dates']).toEqual(['2026-11-11']);
  });

  it.each([
    ['m', 12],
    ['q', 4],
    ['y', 1],
  ])('resolution %s splits a year into %d, which add up', async (resolution, count) => {
    const year = `start_date=2025-01-01&end_date=2025-12-31&resolution=${resolution}`;
    const result = await fresh(accounts.tiny, 'profit_and_loss', `${year}&use_ledger_entries=true`);
    const report = rowWithin(result, 'profit_and_loss');
    const net = rowWithin(report, 'net_profit');

    expect(rowsOf(report, 'dates')).toHaveLength(count);
    expect(rowsOf(net, 'data')).toHaveLength(count);
    expect(sum(rowsOf(net, 'data'), (row) => textOf(row, 'amount')).toFixed(2)).toBe(amountOf(net, 'total'));
    expect(amountOf(net, 'total')).not.toBe('0.00');
  });

  it('profit_and_loss and profitloss_entity have the same profit', async () => {
    const result = await fresh(accounts.busy, 'profit_and_loss', always);
    const entity = await old(accounts.busy, 'profitloss_entity', always, 'profitloss');

    expect(within(result, 'profit_and_loss', 'net_profit')).toEqual(entity['net_profit']);
  });

  it('§3A.16 chart_of_accounts has the trial balance’s figures, three decimals as text', async () => {
    const chart = rowsOf(await fresh(accounts.tiny, 'chart_of_accounts', always), 'journal_entry_accounts');
    const data = rowsOf(await old(accounts.tiny, 'trial_balance', always), 'data');
    const cash = data.find((row) => row['account_number'] === '1000') ?? {};

    expect(chart.map((row) => row['account_number'])).toContain('1200');
    expect(chart[0]?.['balance']).toBe(
      new Big(amountOf(cash, 'debit')).minus(amountOf(cash, 'credit')).toFixed(3),
    );
    for (const row of chart) {
      expect(sum(rowsOf(row, 'sub_accounts'), (sub) => textOf(sub, 'balance')).toFixed(3)).toBe(
        row['balance'],
      );
    }
  });
});

describe('who may not, and what there is not', () => {
  const path = `/accounting/account/${accounts.tiny}/reports/accounting`;
  const get = (rest: string, token = bench.token) => call('GET', `${bench.url}${path}/${rest}`, { token });

  it('§1.9 needs user:reports:read', async () => {
    const got = await get('taxsummary', await bench.tokenFor(people.alex, ['user:invoices:read']));

    expect(refusalOf(got)).toEqual({ status: 403, errno: 1003 });
    expect(got.text).toContain('user:reports:read');
  });

  it('§4.3 dates the wrong way round are errno 1007, and what is no date is refused', async () => {
    expect(refusalOf(await get('taxsummary?start_date=2026-01-02&end_date=2026-01-01'))).toEqual({
      status: 422,
      errno: 1007,
    });
    expect((await get('taxsummary?start_date=soon')).status).toBe(422);
  });

  it('an unknown report is 404, and a client may read none', async () => {
    expect((await get('horoscope')).status).toBe(404);
    expect(
      (
        await call(
          'GET',
          `${bench.url}/accounting/account/${accounts.harbour}/reports/accounting/taxsummary`,
          {
            token: await bench.tokenFor(people.kim),
          },
        )
      ).status,
    ).toBe(403);
  });
});
