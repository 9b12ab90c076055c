import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { asNumber, decimal, sum } from '../../../src/domain/money.ts';
import { lastDay, monthsBetween, monthsLater } from '../../../src/domain/month.ts';
import {
  composeBalanceSheet,
  composeProfitAndLoss,
} from '../../../src/domain/statements/compose-statement.ts';
import { periodsOf } from '../../../src/domain/statements/periods.ts';
import type { ReportLine } from '../../../src/domain/unified/report-line.ts';
import type { BalanceSheetMonth, ProfitAndLossMonth } from '../../../src/domain/unified/statements.ts';

const line = (name: string, value: number, items: ReportLine[] = []): ReportLine => ({
  accountId: null,
  name,
  value,
  items,
});
const account = (accountId: string, value: number): ReportLine => ({
  accountId,
  name: accountId,
  value,
  items: [],
});

/** A month whose income and expenses are these, by account. */
function profit(
  id: string,
  income: Record<string, number>,
  spent: Record<string, number>,
): ProfitAndLossMonth {
  const items = (from: Record<string, number>) =>
    Object.entries(from).map(([name, value]) => account(name, value));
  const total = (from: Record<string, number>) => asNumber(sum(Object.values(from).map(decimal)));
  const net = asNumber(decimal(total(income)).minus(total(spent)));
  return {
    id,
    currency: 'CAD',
    madeFrom: 'FreshBooksReport',
    leftOutCurrencies: [],
    reportBasis: 'Accrual',
    fromDate: `${id}-01T00:00:00`,
    toDate: `${lastDay(id)}T00:00:00`,
    income: line('Income', total(income), items(income)),
    costOfSales: line('Cost of Sales', 0),
    grossProfit: total(income),
    expenses: line('Expenses', total(spent), items(spent)),
    netOperatingProfit: net,
    otherExpenses: line('Other Expenses', 0),
    otherIncome: line('Other Income', 0),
    netOtherIncome: 0,
    netProfit: net,
  };
}

function sheet(id: string, assets: number): BalanceSheetMonth {
  return {
    id,
    currency: 'CAD',
    madeFrom: 'FreshBooksReport',
    leftOutCurrencies: [],
    date: `${lastDay(id)}T00:00:00`,
    assets: line('Assets', assets),
    liabilities: line('Liabilities', 0),
    netAssets: assets,
    equity: line('Equity', assets),
  };
}

const cents = fc.integer({ min: -1_000_000, max: 1_000_000 }).map((value) => value / 100);
const amounts = fc.dictionary(fc.constantFrom('rent', 'fees', 'sales', 'tools'), cents);
const year = monthsBetween('2025-01', '2025-12');
const books = fc
  .array(fc.tuple(amounts, amounts), { minLength: 12, maxLength: 12 })
  .map((months) => months.map(([income, spent], at) => profit(monthsLater('2025-01', at), income, spent)));

describe('months', () => {
  it('go over the turn of a year and know their last day', () => {
    expect(monthsLater('2025-11', 3)).toBe('2026-02');
    expect(monthsLater('2026-02', -14)).toBe('2024-12');
    expect(['2024-02', '2025-02', '2025-12'].map(lastDay)).toEqual([
      '2024-02-29',
      '2025-02-28',
      '2025-12-31',
    ]);
  });
});

describe('periods', () => {
  it('go back from the month they are to end with, newest first', () => {
    expect(periodsOf(new Set(year), { periodLength: 3, periodsToCompare: 2, last: '2025-11' })).toEqual([
      ['2025-09', '2025-10', '2025-11'],
      ['2025-06', '2025-07', '2025-08'],
    ]);
  });

  it('are left out where a month of them is not there', () => {
    expect(periodsOf(new Set(year), { periodLength: 5, periodsToCompare: 9 })).toHaveLength(2);
    expect(periodsOf(new Set(year), { periodLength: 1, periodsToCompare: 2, last: '2026-01' })).toEqual([
      ['2025-12'],
    ]);
  });
});

describe('a profit and loss of periods', () => {
  it('has in any cut of a year what the twelve months have together', () => {
    const cut = fc.constantFrom(1, 2, 3, 4, 6, 12);
    fc.assert(
      fc.property(books, cut, (months, periodLength) => {
        const wish = { periodLength, periodsToCompare: 12 / periodLength };
        const { reports } = composeProfitAndLoss(months, wish);
        const [whole] = composeProfitAndLoss(months, { periodLength: 12, periodsToCompare: 1 }).reports;
        const total = (values: readonly number[]) => asNumber(sum(values.map(decimal)));

        expect(total(reports.map(({ netProfit }) => netProfit))).toBe(whole?.netProfit);
        expect(total(reports.map(({ income }) => income.value))).toBe(whole?.income.value);
        for (const { income, expenses, grossProfit, netProfit } of reports) {
          for (const { items, value } of [income, expenses])
            expect(total(items.map((item) => item.value))).toBe(value);
          expect(netProfit).toBe(asNumber(decimal(grossProfit).minus(expenses.value)));
        }
      }),
    );
  });

  it('adds up what has the same account, and leaves out what comes to nothing', () => {
    const months = [
      profit('2025-01', { sales: 5, fees: 1 }, {}),
      profit('2025-02', { sales: 0.5, fees: -1 }, {}),
    ];

    expect(composeProfitAndLoss(months, { periodLength: 2, periodsToCompare: 1 }).reports[0]).toMatchObject({
      fromDate: '2025-01-01T00:00:00',
      toDate: '2025-02-28T00:00:00',
      income: { value: 5.5, items: [{ accountId: 'sales', value: 5.5, items: [] }] },
    });
  });

  it('says which months there are when the wish is for others', () => {
    expect(() =>
      composeProfitAndLoss([profit('2025-01', {}, {})], { periodLength: 12, periodsToCompare: 1 }),
    ).toThrow(
      'No period of 12 months up to 2025-01 is available: there are the months from 2025-01 to 2025-01.',
    );
  });
});

describe('a balance sheet of periods', () => {
  it('is that of the last day of each', () => {
    const months = year.map((id, at) => sheet(id, at + 1));

    const composed = composeBalanceSheet(months, { periodLength: 6, periodsToCompare: 2 });

    expect(composed.reports.map(({ date, netAssets }) => [date, netAssets])).toEqual([
      ['2025-12-31T00:00:00', 12],
      ['2025-06-30T00:00:00', 6],
    ]);
    expect(composed).toMatchObject({ mostRecentAvailableMonth: '2025-12-01T00:00:00' });
  });
});
