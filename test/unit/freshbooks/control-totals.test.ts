import { describe, expect, it } from '@jest/globals';
import type { RawRow } from '../../../src/app/ports.ts';
import type { DataType } from '../../../src/domain/data-types.ts';
import { controlTotals } from '../../../src/freshbooks/control-totals.ts';
import { project } from '../../../src/freshbooks/project/projections.ts';
import { isTranslated } from '../../../src/http/in-language.ts';
import { account, detail } from './ledger-rows.ts';
import { someTime as at, expense, money } from './rows.ts';

// What FreshBooks' statements say beside books in CAD, with one sale in USD that was not paid yet.

type Fields = Record<string, unknown>;

const rowsOf = (list: readonly Fields[]): RawRow[] =>
  list.map((raw) => ({ id: String(raw['id']), hash: '', deleted: false, raw }));
const sales = { account: { accountid: 2 }, sub_account: null };
const owed = { account: { accountid: 1 }, sub_account: null };
const journal = rowsOf([
  detail(1, 1, { debit: '100.00' }, owed),
  detail(2, 1, { credit: '100.00' }, sales),
  detail(3, 2, { debit: '0.00' }, { ...owed, debit: money('70.00', 'USD') }),
  detail(4, 2, { credit: '0.00' }, { ...sales, credit: money('70.00', 'USD') }),
]);
const chart = rowsOf([
  account(1, '1200', 'Receivables'),
  account(2, '4000', 'Sales', { account_type: 'income' }),
]);

function report(id: string, name: Fields, asked: Fields = {}): RawRow {
  return { id, hash: '', deleted: false, raw: { parameters: asked, report: name } };
}
const year = (amount: string, code: string) => {
  const line = { description: 'All', data: [money(amount, code)], children: [], total: money(amount, code) };
  return {
    currency_code: code,
    cash_based: false,
    labels: ['2026-06-01'],
    income: [],
    expenses: [],
    total_income: line,
    total_expenses: { ...line, data: [money(0, code)] },
    net_profit: line,
  };
};
const sheet = (assets: string, liabilities: string, code: string) => {
  const on = (amount: string) => [{ date: '2026-06-30', balance: money(amount, code) }];
  const group = (account_type: string, amount: string) => ({
    account_type,
    accounts: [],
    balances: on(amount),
  });
  return {
    currency_code: code,
    dates: ['2026-06-30'],
    data: [group('asset', assets), group('liability', liabilities), group('equity', '0')],
    assets_total: on(assets),
    liabilities_and_equity_total: on(liabilities),
  };
};

async function totalsOf(type: DataType, reports: Record<string, RawRow[]>, notRead: string[] = []) {
  const all: Record<string, RawRow[]> = {
    journal_entry_details: journal,
    journal_entry_accounts: chart,
    ...reports,
  };
  const rows = async function* (resource: string) {
    yield* all[resource] ?? [];
  };
  const records = project(type, rows, () => {}, at);
  const found = await controlTotals(type, { records, rows, at, notRead: new Set(notRead) });
  expect(found.filter(({ why }) => why !== undefined && !isTranslated(why))).toEqual([]);
  return found
    .filter(({ window }) => window === undefined || window === '2026')
    .map(({ report: name, currency, ours, theirs, verdict, why }) => [
      name,
      currency,
      ours,
      theirs,
      verdict,
      ...(why === undefined ? [] : [why]),
    ]);
}

const trial = [
  'trial_balance',
  'XXX',
  undefined,
  undefined,
  'not comparable',
  'FreshBooks does not say whether it shows what moved or what there was in the end.',
];

describe('the journal', () => {
  const own = {
    profitloss_entity: [report('2026', year('100.00', 'CAD'))],
    balance_sheet: [report('2026', sheet('100.00', '0', 'CAD'))],
  };
  const inUsd = { currency_code: 'USD' };

  it('says of each currency that FreshBooks has not been asked in what it comes to, and why it is not compared', async () => {
    const why = 'FreshBooks has not been asked in this currency yet; the next run asks.';

    expect(await totalsOf('journalEntries', own)).toEqual([
      ['profitloss_entity', 'CAD', 100, 100, 'agrees'],
      ['profitloss_entity', 'USD', 70, undefined, 'not comparable', why],
      [
        'balance_sheet',
        'CAD',
        100,
        100,
        'agrees',
        'Assets on 2026-06-30. Every total agrees, at the end of each month.',
      ],
      ['balance_sheet', 'USD', 70, undefined, 'not comparable', why],
      trial,
    ]);
  });

  it('is compared in each currency that FreshBooks was asked in, also one that it has nothing in', async () => {
    const reports = {
      profitloss_entity: [
        ...own.profitloss_entity,
        report('2026-EUR', year('0.00', 'EUR'), { currency_code: 'EUR' }),
        report('2026-USD', year('70.00', 'USD'), inUsd),
      ],
      balance_sheet: [...own.balance_sheet, report('2026-USD', sheet('70.00', '5.00', 'USD'), inUsd)],
    };

    const found = await totalsOf('journalEntries', reports);

    expect(found.filter(([, code]) => code !== 'CAD')).toEqual([
      ['profitloss_entity', 'EUR', 0, 0, 'agrees', 'It comes to nothing on either side.'],
      ['profitloss_entity', 'USD', 70, 70, 'agrees'],
      ['balance_sheet', 'USD', 0, 5, 'differs', 'Liabilities on 2026-06-30.'],
      trial,
    ]);
  });

  it('is not compared with a report in another currency than was asked, nor with one on a cash basis', async () => {
    const reports = {
      profitloss_entity: [
        report('2026', { ...year('100.00', 'CAD'), cash_based: true }),
        report('2026-USD', year('100.00', 'CAD'), inUsd),
      ],
      balance_sheet: [...own.balance_sheet, report('2026-USD', sheet('100.00', '0', 'CAD'), inUsd)],
    };
    const other = 'FreshBooks was asked in this currency and answered in another one.';

    const found = await totalsOf('journalEntries', reports);

    expect(found.filter(([, , , , verdict]) => verdict === 'not comparable')).toEqual([
      [
        'profitloss_entity',
        'CAD',
        100,
        undefined,
        'not comparable',
        'The report is on a cash basis, the journal is not.',
      ],
      ['profitloss_entity', 'USD', 70, undefined, 'not comparable', other],
      ['balance_sheet', 'USD', 70, undefined, 'not comparable', other],
      trial,
    ]);
  });
});

describe('what was not read in a run', () => {
  it('is not compared; the rest is', async () => {
    const reports = {
      profitloss_entity: [report('2026', year('100.00', 'CAD'))],
      balance_sheet: [report('2026', sheet('90.00', '0', 'CAD'))],
    };
    const reportsIn = (found: unknown[][]) => [...new Set(found.map(([name]) => name))];

    expect(reportsIn(await totalsOf('journalEntries', reports, ['balance_sheet']))).toEqual([
      'profitloss_entity',
      'trial_balance',
    ]);
    expect(await totalsOf('journalEntries', reports, ['ledger_accounts'])).toEqual([trial]);
  });
});

describe('a statement that is served', () => {
  const leftOut = 'The statement is in the currency of the books alone. In this one the journal is compared.';

  it('comes to what the report says of the whole, and says which currencies it leaves out', async () => {
    const profit = { profitloss_entity: [report('2026', year('100.00', 'CAD'))] };
    const balances = { balance_sheet: [report('2026', sheet('100.00', '100.00', 'CAD'))] };

    expect(await totalsOf('profitAndLoss', profit)).toEqual([
      ['profitloss_entity', 'CAD', 100, 100, 'agrees'],
      ['profitloss_entity', 'USD', undefined, undefined, 'not comparable', leftOut],
    ]);
    expect(await totalsOf('balanceSheet', balances)).toMatchObject([
      ['balance_sheet', 'CAD', 100, 100, 'agrees', expect.anything()],
      ['balance_sheet', 'USD', undefined, undefined, 'not comparable', leftOut],
    ]);
  });

  it('differs where the report itself says another total', async () => {
    const balances = {
      ...sheet('100.00', '0', 'CAD'),
      liabilities_and_equity_total: [{ date: '2026-06-30', balance: money('90.00') }],
    };

    expect(await totalsOf('balanceSheet', { balance_sheet: [report('2026', balances)] })).toMatchObject([
      ['balance_sheet', 'CAD', 0, 90, 'differs', 'Liabilities and equity on 2026-06-30.'],
      ['balance_sheet', 'USD', undefined, undefined, 'not comparable', leftOut],
    ]);
  });
});

describe('payments', () => {
  const collected = (id: string, start_date: string, end_date: string) =>
    report(id, { totals: [], payments: [] }, { start_date, end_date });

  it('that nobody made are told for each month, as nothing on both sides', async () => {
    const rows = async function* (resource: string) {
      if (resource === 'payments_collected') {
        yield collected('2026-05', '2026-05-01', '2026-05-31');
        yield collected('2026-06', '2026-06-01', '2026-06-30');
      }
    };

    const found = await controlTotals('payments', {
      records: project('payments', rows, () => {}, at),
      rows,
      at,
      notRead: new Set(),
    });

    const nothing = { currency: 'XXX', ours: 0, theirs: 0, verdict: 'agrees' };
    expect(found).toMatchObject([
      { ...nothing, window: '2026-06', why: 'It comes to nothing on either side.' },
      { ...nothing, window: '2026-05' },
    ]);
  });
});

describe('expenses', () => {
  const summaries = rowsOf([
    { id: 'grand_total', counts: 3, amounts: [money('50.00'), money('9.00', 'USD')] },
    { id: 'archived', counts: 1, amounts: [money('20.00')] },
    { id: 'active', counts: 2, amounts: [money('30.00'), money('9.00', 'USD')] },
  ]);
  const expenses = rowsOf([
    expense(1, { amount: money('30.00') }),
    expense(2, { amount: money('20.00'), vis_state: 2 }),
    expense(3, { amount: money('9.00', 'USD') }),
  ]);

  it('are compared in each currency, archived ones too', async () => {
    expect(await totalsOf('directCosts', { expenses, expense_summaries: summaries })).toEqual([
      ['expense_summaries', 'CAD', 50, 50, 'agrees'],
      ['expense_summaries', 'USD', 9, 9, 'agrees'],
    ]);
  });

  it('differ as soon as one is not held', async () => {
    const found = await totalsOf('directCosts', {
      expenses: expenses.slice(0, 2),
      expense_summaries: summaries,
    });

    expect(found.map(([, code, , , verdict]) => [code, verdict])).toEqual([
      ['CAD', 'agrees'],
      ['USD', 'differs'],
    ]);
  });
});
