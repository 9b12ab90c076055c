import type { Big } from 'big.js';
import type { UnifiedRecord } from '../../app/ports.ts';
import { asNumber, sum, zero } from '../../domain/money.ts';
import { lastDay, type Month, monthsBetween } from '../../domain/month.ts';
import type {
  BalanceSheetMonth,
  CashFlowMonth,
  ProfitAndLossMonth,
} from '../../domain/unified/statements.ts';
import type { KnownAccount } from './account-index.ts';
import { type JournalBooks, journalBooks, type Posting } from './journal-books.ts';
import type { StatementProjection } from './report-months.ts';
import { unified } from './rows.ts';
import { accountLines, section } from './statement-lines.ts';

/** The profit and loss of each month of the journal, as it was booked: on accrual. */
export async function* profitAndLossFromLedger(
  projection: StatementProjection,
): AsyncGenerator<UnifiedRecord> {
  const books = await journalBooks(projection);
  for (const month of monthsOf(books, projection.month)) {
    const amounts = byAccount(postingsOf(books, month));
    const of = (meant: (account: KnownAccount) => boolean, side: 1 | -1) => sectionOf(amounts, meant, side);
    const income = of(({ type }) => type === 'Income', -1);
    const costs = of(({ type, costOfSales }) => type === 'Expense' && costOfSales, 1);
    const expenses = of(({ type, costOfSales }) => type === 'Expense' && !costOfSales, 1);
    const gross = income.total.minus(costs.total);
    const net = gross.minus(expenses.total);
    const record: ProfitAndLossMonth = {
      ...headOf(books, month),
      reportBasis: 'Accrual',
      ...datesOf(month),
      income: section('Income', income.total, income.lines),
      costOfSales: section('Cost of Sales', costs.total, costs.lines),
      grossProfit: asNumber(gross),
      expenses: section('Expenses', expenses.total, expenses.lines),
      netOperatingProfit: asNumber(net),
      otherExpenses: section('Other Expenses', zero),
      otherIncome: section('Other Income', zero),
      netOtherIncome: 0,
      netProfit: asNumber(net),
    };
    yield unified({ id: month, deleted: false }, record);
  }
}

/** The balance sheet at the end of each month: everything booked until then. What was earned is part of the equity. */
export async function* balanceSheetFromLedger(
  projection: StatementProjection,
): AsyncGenerator<UnifiedRecord> {
  const books = await journalBooks(projection);
  const amounts = new Map<KnownAccount, Big>();
  for (const month of monthsOf(books, projection.month)) {
    addTo(amounts, postingsOf(books, month));
    const of = (wanted: string, side: 1 | -1) => sectionOf(amounts, ({ type }) => type === wanted, side);
    const [assets, liabilities, equity] = [of('Asset', 1), of('Liability', -1), of('Equity', -1)];
    const earned = of('Income', -1).total.minus(of('Expense', 1).total);
    const netIncome = { accountId: '', name: 'Net Income', value: asNumber(earned), items: [] };
    const record: BalanceSheetMonth = {
      ...headOf(books, month),
      date: `${lastDay(month)}T00:00:00`,
      assets: section('Assets', assets.total, assets.lines),
      liabilities: section('Liabilities', liabilities.total, liabilities.lines),
      netAssets: asNumber(assets.total.minus(liabilities.total)),
      equity: section('Equity', equity.total.plus(earned), [...equity.lines, netIncome]),
    };
    yield unified({ id: month, deleted: false }, record);
  }
}

/**
 * What came into the cash accounts and what went out of them. An entry counts with what it comes to: money that only
 * moves from one cash account to another is neither. The parts are by the account on the entry's other side.
 */
export async function* projectCashFlow(projection: StatementProjection): AsyncGenerator<UnifiedRecord> {
  const books = await journalBooks(projection);
  for (const month of monthsOf(books, projection.month)) {
    const moved = entriesOf(postingsOf(books, month));
    const side = (sign: 1 | -1) => {
      const meant = moved.filter(({ cash }) => cash.times(sign).gt(0));
      const total = sum(meant.map(({ cash }) => cash)).times(sign);
      return { total, lines: linesOf(byAccount(meant.flatMap(({ others }) => others)), sign === 1 ? -1 : 1) };
    };
    const [receipts, payments] = [side(1), side(-1)];
    const record: CashFlowMonth = {
      ...headOf(books, month),
      ...datesOf(month),
      cashReceipts: {
        ...section('Cash Receipts', receipts.total, receipts.lines),
        accountId: 'CashReceipts',
      },
      cashPayments: {
        ...section('Cash Payments', payments.total, payments.lines),
        accountId: 'CashPayments',
      },
    };
    yield unified({ id: month, deleted: false }, record);
  }
}

/** The entries of a month: what each comes to in cash, and what is on its other side. */
function entriesOf(postings: readonly Posting[]): { cash: Big; others: Posting[] }[] {
  return [...Map.groupBy(postings, ({ entry }) => entry).values()].map((lines) => ({
    cash: sum(lines.filter(({ account }) => account.cash).map(({ net }) => net)),
    others: lines.filter(({ account }) => !account.cash),
  }));
}

/** From the first month that was booked to the present one; none in books without an entry until then. */
function monthsOf({ byMonth }: JournalBooks, present: Month): Month[] {
  const [first] = [...byMonth.keys()].sort();
  return first === undefined ? [] : monthsBetween(first, present);
}

function postingsOf({ byMonth }: JournalBooks, month: Month): readonly Posting[] {
  return byMonth.get(month) ?? [];
}

function headOf({ currency, others }: JournalBooks, month: Month) {
  const madeFrom = 'Ledger' as const;
  return { id: month, currency, madeFrom, leftOutCurrencies: [...others.keys()] };
}

function datesOf(month: Month) {
  return { fromDate: `${month}-01T00:00:00`, toDate: `${lastDay(month)}T00:00:00` };
}

type Amounts = ReadonlyMap<KnownAccount, Big>;

function byAccount(postings: readonly Posting[]): Amounts {
  const amounts = new Map<KnownAccount, Big>();
  addTo(amounts, postings);
  return amounts;
}

function addTo(amounts: Map<KnownAccount, Big>, postings: readonly Posting[]): void {
  for (const { account, net } of postings) amounts.set(account, (amounts.get(account) ?? zero).plus(net));
}

function sectionOf(amounts: Amounts, meant: (account: KnownAccount) => boolean, side: 1 | -1) {
  const wanted = new Map([...amounts].filter(([account]) => meant(account)));
  return { total: sum(wanted.values()).times(side), lines: linesOf(wanted, side) };
}

function linesOf(amounts: Amounts, side: 1 | -1) {
  return accountLines([...amounts].map(([account, net]) => ({ account, value: net.times(side) })));
}
