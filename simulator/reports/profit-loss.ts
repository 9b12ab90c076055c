import { Big } from 'big.js';
import type { Row } from '../json.ts';
import type { Account, SubAccount } from '../ledger/chart.ts';
import { companyName } from '../ledger/chart.ts';
import type { Entry } from '../ledger/entry.ts';
import { balancesOf } from '../ledger/ledger.ts';
import { exactMoney } from '../money.ts';
import { cashEntries } from './cash-basis.ts';
import { type Period, periodsOf } from './periods.ts';
import type { Asking, Report } from './report.ts';
import { within } from './report.ts';

type Sums = { total: Big; data: readonly Big[] };
type Side = 'debit' | 'credit' | 'none';

const plus = (a: Sums, b: Sums): Sums => ({
  total: a.total.plus(b.total),
  data: a.data.map((value, at) => value.plus(b.data[at] ?? 0)),
});
const times = ({ total, data }: Sums, factor: number): Sums => ({
  total: total.times(factor),
  data: data.map((value) => value.times(factor)),
});

const line = (
  description: string,
  entry_type: Side,
  sums: Sums,
  code: string,
  children: readonly Row[] = [],
): Row => ({
  children,
  data: sums.data.map((value) => exactMoney(value.toFixed(), code)),
  description,
  entry_type,
  total: exactMoney(sums.total.toFixed(), code),
});

type Sheet = {
  code: string;
  nothing: Sums;
  of: (sub: SubAccount, side: 1 | -1) => Sums;
  accounts: readonly Account[];
};

const sheetOf = ({ books, ledger, code, query, from, to }: Asking, periods: readonly Period[]): Sheet => {
  const cash = query.get('cash_based')?.toLowerCase() === 'true';
  const read = cash ? { ...ledger, entries: cashEntries(books, ledger) } : ledger;
  const balances = (period: Period) =>
    balancesOf(read, code, within(period) satisfies (entry: Entry) => boolean);
  const whole = balances({ from, to });
  const parts = periods.map(balances);
  const at = (sums: ReadonlyMap<number, Big>, { id }: SubAccount, side: number) =>
    (sums.get(id) ?? new Big(0)).times(side);
  return {
    code,
    accounts: ledger.accounts,
    nothing: { total: new Big(0), data: periods.map(() => new Big(0)) },
    of: (sub, side) => ({ total: at(whole, sub, side), data: parts.map((part) => at(part, sub, side)) }),
  };
};

const sumOf = (sheet: Sheet, subs: readonly SubAccount[], side: 1 | -1): Sums =>
  subs.reduce((sum, sub) => plus(sum, sheet.of(sub, side)), sheet.nothing);

const moved = ({ total, data }: Sums): boolean => [total, ...data].some((value) => !value.eq(0));

const subsOf = (sheet: Sheet, number: string): readonly SubAccount[] =>
  sheet.accounts.find((account) => account.number === number)?.subs ?? [];

// What was spent, by top category with what stands under it; the ones nothing moved in are left out.
const expenseLines = (sheet: Sheet, { books }: Asking): readonly Row[] => {
  const subs = new Map(subsOf(sheet, '6000').map((sub) => [sub.key, sub]));
  const categories = books.rows('expense_categories').ascending();
  const own = (id: unknown): Sums => {
    const sub = subs.get(`category:${id}`);
    return sub ? sheet.of(sub, 1) : sheet.nothing;
  };
  const name = (row: Row): string => String(row['category']);
  return categories
    .filter((row) => row['parentid'] === null)
    .flatMap((top) => {
      const under = categories.filter(
        (row) => row['parentid'] === top['id'] && subs.has(`category:${row['id']}`),
      );
      const total = under.reduce((sum, row) => plus(sum, own(row['id'])), own(top['id']));
      const children = under
        .filter((row) => moved(own(row['id'])))
        .map((row) => line(name(row), 'debit', own(row['id']), sheet.code));
      return moved(total) || children.length > 0
        ? [line(name(top), 'debit', total, sheet.code, children)]
        : [];
    });
};

/** Total income, total expenses and what is left, as §3A.23 has them: cost of goods sold comes off the income. */
const profitLoss = (asking: Asking, periods: readonly Period[]): Row => {
  const { code, query, from, to, books, token } = asking;
  const sheet = sheetOf(asking, periods);
  const [salesSub, ...others] = subsOf(sheet, '4000');
  const sales = salesSub ? sheet.of(salesSub, -1) : sheet.nothing;
  const cogs = times(sumOf(sheet, subsOf(sheet, '5000'), 1), -1);
  const other = sumOf(sheet, others, -1);
  const income = plus(plus(sales, cogs), other);
  const spent = sumOf(sheet, subsOf(sheet, '6000'), 1);
  const net = plus(income, times(spent, -1));
  return {
    cash_based: query.get('cash_based')?.toLowerCase() === 'true',
    company_name: companyName(books),
    currency_code: code,
    download_token: token,
    end_date: to,
    expenses: expenseLines(sheet, asking),
    income: [
      line('Sales', 'credit', sales, code),
      line('Cost of Goods Sold', 'credit', cogs, code),
      ...(moved(other) ? [line('Other Income', 'credit', other, code)] : []),
    ],
    labels: periods.map((period) => period.from),
    net_profit: line(`Net Profit (${code})`, 'credit', net, code),
    resolution: query.get('resolution'),
    start_date: from,
    total_expenses: line('Total Expenses', 'debit', spent, code),
    total_income: line('Gross Profit', 'credit', income, code),
  };
};

/** §3A.23: the key differs from the name. */
export const profitLossEntity: Report = {
  key: 'profitloss',
  make: (asking) => profitLoss(asking, periodsOf(asking, asking.query.get('resolution'))),
};

/** The new style: the same figures, with the periods spelt out. */
export const profitAndLoss: Report = {
  key: 'profit_and_loss',
  make: (asking) => {
    const periods = periodsOf(asking, asking.query.get('resolution'));
    const dates = periods.map(({ from, to }) => ({ start_date: from, end_date: to }));
    return { ...profitLoss(asking, periods), dates };
  },
};
