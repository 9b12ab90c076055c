import { Problem } from '../problem.ts';
import type {
  BalanceSheet,
  BalanceSheetMonth,
  CashFlowMonth,
  CashFlowStatement,
  ProfitAndLoss,
  ProfitAndLossMonth,
} from '../unified/statements.ts';
import { addLines, addNumbers } from './add-lines.ts';
import { type PeriodWish, periodsOf } from './periods.ts';

/** What every kept month has. */
type Kept = Pick<ProfitAndLossMonth, 'id' | 'currency' | 'madeFrom' | 'leftOutCurrencies'>;

/**
 * The profit and loss of periods, each the sum of its months. Throws Problem `not-found` that names the months there
 * are when none of the periods is wholly among them.
 */
export function composeProfitAndLoss(months: readonly ProfitAndLossMonth[], wish: PeriodWish): ProfitAndLoss {
  const { periods, head, newest } = arranged(months, wish);
  return { ...head, reportBasis: newest.reportBasis, reports: periods.map(profitAndLossOf) };
}

/** The balance sheet at the end of each period. */
export function composeBalanceSheet(months: readonly BalanceSheetMonth[], wish: PeriodWish): BalanceSheet {
  const { periods, head } = arranged(months, wish);
  const reports = periods
    .flatMap((period) => period.slice(-1))
    .map(({ date, assets, liabilities, netAssets, equity }) => ({
      date,
      assets,
      liabilities,
      netAssets,
      equity,
    }));
  return { ...head, reports };
}

/** Receipts and payments of periods, each the sum of its months. */
export function composeCashFlow(months: readonly CashFlowMonth[], wish: PeriodWish): CashFlowStatement {
  const { periods, head } = arranged(months, wish);
  const reports = periods.map((period) => ({
    ...datesOf(period),
    cashReceipts: addLines(period.map(({ cashReceipts }) => cashReceipts)),
    cashPayments: addLines(period.map(({ cashPayments }) => cashPayments)),
  }));
  return { ...head, reportBasis: 'Cash', reportInput: 'Direct', reports };
}

function profitAndLossOf(period: readonly ProfitAndLossMonth[]): ProfitAndLoss['reports'][number] {
  const lines = (of: (month: ProfitAndLossMonth) => ProfitAndLossMonth['income']) => addLines(period.map(of));
  const total = (of: (month: ProfitAndLossMonth) => number) => addNumbers(period.map(of));
  return {
    ...datesOf(period),
    income: lines(({ income }) => income),
    costOfSales: lines(({ costOfSales }) => costOfSales),
    grossProfit: total(({ grossProfit }) => grossProfit),
    expenses: lines(({ expenses }) => expenses),
    netOperatingProfit: total(({ netOperatingProfit }) => netOperatingProfit),
    otherExpenses: lines(({ otherExpenses }) => otherExpenses),
    otherIncome: lines(({ otherIncome }) => otherIncome),
    netOtherIncome: total(({ netOtherIncome }) => netOtherIncome),
    netProfit: total(({ netProfit }) => netProfit),
  };
}

function datesOf(period: readonly { fromDate: string; toDate: string }[]) {
  return { fromDate: period[0]?.fromDate ?? '', toDate: period.at(-1)?.toDate ?? '' };
}

function arranged<T extends Kept>(months: readonly T[], wish: PeriodWish) {
  const byId = new Map(months.map((month) => [month.id, month]));
  const ids = [...byId.keys()].sort();
  const newest = byId.get(ids.at(-1) ?? '');
  if (newest === undefined)
    throw new Problem('not-found', 'There is no month of this statement yet. Refresh it.');
  const periods = periodsOf(new Set(ids), wish).map((period) => period.flatMap((id) => byId.get(id) ?? []));
  if (periods.length === 0)
    throw new Problem(
      'not-found',
      `No period of ${wish.periodLength} months up to ${wish.last ?? newest.id} is available: there are the months from ${ids[0]} to ${newest.id}.`,
    );
  const { currency, madeFrom } = newest;
  const head = {
    currency,
    mostRecentAvailableMonth: `${newest.id}-01T00:00:00`,
    earliestAvailableMonth: `${ids[0]}-01T00:00:00`,
    madeFrom,
    leftOutCurrencies: [...new Set(months.flatMap(({ leftOutCurrencies }) => leftOutCurrencies))].sort(),
  };
  return { periods, head, newest };
}
