import type { Big } from 'big.js';
import type { ControlTotal } from '../../domain/control-total.ts';
import { sum, zero } from '../../domain/money.ts';
import type { Month } from '../../domain/month.ts';
import { balanceOn } from '../project/balance-sheet.ts';
import { type Journal, journalBooks } from '../project/journal-books.ts';
import { BalanceSheetRow, ProfitLossRow } from '../types/report-rows.ts';
import { currency, flag, moneyAmount, text } from '../types/wire.ts';
import { type Asked, askedReports } from './asked-reports.ts';
import { compareFigures } from './figures.ts';
import { type Compared, notComparable, verdictOf, whyNot } from './verdict.ts';

/** What the journal comes to, in each currency that it was booked in, beside FreshBooks' own statements. */
export async function compareJournal(compared: Compared): Promise<ControlTotal[]> {
  const books = await journalBooks({ rows: compared.rows, onQuarantine: () => {} });
  const codes = { own: books.currency, others: [...books.others.keys()] };
  const booked = new Map<string, Booked>([[books.currency, bookedIn(books.byMonth)]]);
  for (const [code, journal] of books.others) booked.set(code, bookedIn(journal));
  const held = (code: string): Booked => booked.get(code) ?? new Map();
  const profits = await askedReports('profitloss_entity', ProfitLossRow, compared, codes);
  const sheets = await askedReports('balance_sheet', BalanceSheetRow, compared, codes);
  return [
    ...profits.map((asked) => compareProfit(asked, held(asked.currency))),
    ...sheets.map((asked) => compareBalances(asked, held(asked.currency))),
  ];
}

/** What was booked on all accounts of a type in a month: debit positive. */
type Booked = ReadonlyMap<Month, ReadonlyMap<string, Big>>;

function bookedIn(journal: Journal): Booked {
  return new Map(
    [...journal].map(([month, postings]) => {
      const byType = new Map<string, Big>();
      for (const { account, net } of postings)
        byType.set(account.type, (byType.get(account.type) ?? zero).plus(net));
      return [month, byType];
    }),
  );
}

function compareProfit({ window, currency: code, row }: Asked<ProfitLossRow>, booked: Booked): ControlTotal {
  const what = { report: 'profitloss_entity', window: window.id, currency: code };
  const earned = (months: readonly Month[]): Big =>
    sum(
      months.flatMap((month) => ['Income', 'Expense'].map((type) => booked.get(month)?.get(type) ?? zero)),
    ).times(-1);
  if (row === undefined) return notComparable(what, whyNot.notAsked, earned(window.months));
  const { labels, net_profit, currency_code, cash_based } = row.report;
  const ours = earned(labels.map((label) => label.slice(0, 7)));
  if (currency(text(currency_code)) !== code) return notComparable(what, whyNot.otherCurrency, ours);
  if (flag(cash_based)) return notComparable(what, whyNot.cashBasis, ours);
  return verdictOf(what, ours, sum(net_profit.data.map((amount) => moneyAmount(amount) ?? zero)));
}

/** Assets and liabilities at the end of each month. The equity is what is left, and needs no comparison of its own. */
function compareBalances(
  { window, currency: code, row }: Asked<BalanceSheetRow>,
  booked: Booked,
): ControlTotal {
  const what = { report: 'balance_sheet', window: window.id, currency: code };
  const until = (day: string, type: string): Big =>
    sum([...booked].flatMap(([month, byType]) => (month <= day.slice(0, 7) ? (byType.get(type) ?? []) : [])));
  if (row === undefined) return notComparable(what, whyNot.notAsked, until(window.end, 'Asset'));
  const { report } = row;
  if (currency(text(report.currency_code)) !== code)
    return notComparable(what, whyNot.otherCurrency, until(window.end, 'Asset'));
  const figures = report.dates.flatMap((day) => [
    { name: 'Assets' as const, day, ours: until(day, 'Asset'), theirs: balanceOn(report, 'asset', day) },
    {
      name: 'Liabilities' as const,
      day,
      ours: until(day, 'Liability').times(-1),
      theirs: balanceOn(report, 'liability', day),
    },
  ]);
  return compareFigures(what, figures);
}
