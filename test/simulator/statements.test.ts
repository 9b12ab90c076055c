import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { RawRow } from '../../src/app/ports.ts';
import { asNumber, decimal, sum } from '../../src/domain/money.ts';
import type { ReportLine } from '../../src/domain/unified/report-line.ts';
import {
  type BalanceSheetMonth,
  type CashFlowMonth,
  CashFlowMonth as Flow,
  ProfitAndLossMonth as Profit,
  type ProfitAndLossMonth,
  BalanceSheetMonth as Sheet,
} from '../../src/domain/unified/statements.ts';
import { type MappedType, project, resourcesOf } from '../../src/freshbooks/project/projections.ts';
import { accounts, type Bench, people, startBench } from './harness.ts';
import { type Raw, readFor } from './read-for.ts';

// Each statement is made twice: out of FreshBooks' own reports and out of the journal, which the source reads as
// lists. Both have to come to the same, month by month.

/** Milliseconds. The largest book is thousands of rows, which a busy machine takes its time to read. */
const patience = 600_000;

const books = {
  tiny: { email: people.alex, account: accounts.tiny },
  busy: { email: people.alex, account: accounts.busy },
  messy: { email: people.mireille, account: accounts.messy },
} as const;

async function recordsOf(type: MappedType, raw: Raw, without: readonly string[] = []) {
  const rows = async function* (resource: string): AsyncGenerator<RawRow> {
    if (!without.includes(resource)) yield* raw.get(resource) ?? [];
  };
  const faults: unknown[] = [];
  const records: unknown[] = [];
  const onFault = (fault: unknown): unknown => faults.push(fault);
  for await (const { record } of project(type, rows, onFault, new Date().toISOString())) records.push(record);
  expect(faults).toEqual([]);
  return records;
}

const statements = ['profitAndLoss', 'balanceSheet', 'cashFlowStatement', 'chartOfAccounts'] as const;
const report = ['profitloss_entity', 'balance_sheet'];

/** Every line's value by its path, those that name an account by its id. */
function flat(line: ReportLine): [string, number][] {
  return line.items.flatMap((item) => [
    [item.accountId ?? item.name, item.value] as [string, number],
    ...flat(item),
  ]);
}

function addUp(values: readonly number[]): number {
  return asNumber(sum(values.map(decimal)));
}

describe.each(Object.entries(books))('the statements of the book %s', (_, { email, account }) => {
  let bench: Bench;
  let raw: Raw;
  const profits = { own: [] as ProfitAndLossMonth[], ledger: [] as ProfitAndLossMonth[] };
  const sheets = { own: [] as BalanceSheetMonth[], ledger: [] as BalanceSheetMonth[] };
  let flows: CashFlowMonth[] = [];
  let known = new Set<string>();
  beforeAll(async () => {
    bench = await startBench({ email, account });
    raw = await readFor(bench, account, statements.flatMap(resourcesOf));
    profits.own = (await recordsOf('profitAndLoss', raw)).map((one) => Profit.parse(one));
    profits.ledger = (await recordsOf('profitAndLoss', raw, report)).map((one) => Profit.parse(one));
    sheets.own = (await recordsOf('balanceSheet', raw)).map((one) => Sheet.parse(one));
    sheets.ledger = (await recordsOf('balanceSheet', raw, report)).map((one) => Sheet.parse(one));
    flows = (await recordsOf('cashFlowStatement', raw)).map((one) => Flow.parse(one));
    const chart = await recordsOf('chartOfAccounts', raw);
    known = new Set(chart.map((one) => String(Object(one)['id'])));
  }, patience);
  afterAll(() => bench.close());

  it('have at least twenty-four whole months, the newest of them the present one', () => {
    const ids = profits.own.map(({ id }) => id);

    expect(ids.length).toBeGreaterThanOrEqual(25);
    expect(ids.at(-1)).toBe(flows.at(-1)?.id);
    expect(sheets.own.map(({ id }) => id)).toEqual(ids);
  });

  it('name each currency of the journal but their own as left out', () => {
    const booked = (raw.get('journal_entry_details') ?? []).map(({ raw: { debit, credit } }) =>
      String(Object(debit)['code'] ?? Object(credit)['code']),
    );
    const all = [...profits.own, ...profits.ledger, ...sheets.own, ...sheets.ledger];
    const stated = all.map(({ currency, leftOutCurrencies }) => [currency, ...leftOutCurrencies].sort());

    expect([...new Set(stated.map(String))]).toEqual([[...new Set(booked)].sort().join()]);
  });

  it('come to the same profit as the journal in each month', () => {
    const ledger = new Map(profits.ledger.map((month) => [month.id, month]));
    const figures = ({ income, costOfSales, grossProfit, expenses, netProfit }: ProfitAndLossMonth) => [
      income.value,
      costOfSales.value,
      grossProfit,
      expenses.value,
      netProfit,
    ];
    const other = profits.own.filter(({ id }) => ledger.has(id));
    const booked = other.flatMap(({ id }) => ledger.get(id) ?? []);

    expect(other.map(figures)).toEqual(booked.map(figures));
    expect(other.some(({ netProfit }) => netProfit !== 0)).toBe(true);
  });

  it('come to the same balances as the journal, and balance', () => {
    const ledger = new Map(sheets.ledger.map((month) => [month.id, month]));
    for (const { id, assets, liabilities, netAssets, equity } of sheets.own) {
      const other = ledger.get(id);
      if (other === undefined) continue;
      expect([id, assets.value, liabilities.value]).toEqual([
        id,
        other.assets.value,
        other.liabilities.value,
      ]);
      expect(other.equity.value).toBe(other.netAssets);
      expect(equity.value).toBe(netAssets);
    }
  });

  it('have lines that add up to their section, and accounts that the chart has', () => {
    const sections = [
      ...[...profits.own, ...profits.ledger].flatMap((month) => [
        month.income,
        month.costOfSales,
        month.expenses,
      ]),
      ...[...sheets.own, ...sheets.ledger].flatMap((month) => [
        month.assets,
        month.liabilities,
        month.equity,
      ]),
      ...flows.flatMap((month) => [month.cashReceipts, month.cashPayments]),
    ];
    const named = sections.flatMap(flat).map(([account]) => account);

    for (const { items, value } of sections) expect(addUp(items.map((item) => item.value))).toBe(value);
    expect([...new Set(named.filter((account) => /^\d+$/.test(account) && !known.has(account)))]).toEqual([]);
    expect(named.filter((account) => known.has(account)).length).toBeGreaterThan(10);
  });

  it('have a cash flow that is what the cash accounts gained', () => {
    const cash = ({ assets }: BalanceSheetMonth) =>
      addUp(assets.items.filter(({ name }) => name === 'Cash').map(({ value }) => value));

    let before = 0;
    for (const sheet of sheets.ledger) {
      const flow = flows.find(({ id }) => id === sheet.id);
      const gained = addUp([cash(sheet), -before]);
      before = cash(sheet);
      expect(addUp([flow?.cashReceipts.value ?? 0, -(flow?.cashPayments.value ?? 0)])).toBe(gained);
    }
    expect(flows.some(({ cashReceipts }) => cashReceipts.value > 0)).toBe(true);
  });
});
