import * as z from 'zod';
import type { ControlTotal } from '../../domain/control-total.ts';
import { decimal, sum, zero } from '../../domain/money.ts';
import type { Month } from '../../domain/month.ts';
import type { ReportName } from '../reports-read.ts';
import { Money, moneyAmount } from '../types/wire.ts';
import { askedReports } from './asked-reports.ts';
import { compareFigures } from './figures.ts';
import { type Compared, notComparable, verdictOf, type What, whyNot } from './verdict.ts';

const ProfitRow = z.object({
  report: z.object({ labels: z.array(z.string()), net_profit: z.object({ total: Money }) }),
});
const ProfitRecord = z.object({ netProfit: z.number().transform(decimal) });

/** The months of the profit and loss that are served, added up, beside the total that the report has for the year. */
export async function compareProfitAndLoss(compared: Compared): Promise<ControlTotal[]> {
  const statement = await served(compared, ProfitRecord);
  return besideReport('profitloss_entity', ProfitRow, compared, statement, (what, { report }) => {
    const months = report.labels.map((label) => statement.months.get(label.slice(0, 7)));
    const theirs = moneyAmount(report.net_profit.total) ?? zero;
    return verdictOf(what, sum(months.map((month) => month?.netProfit ?? zero)), theirs);
  });
}

const Totals = z.array(z.object({ date: z.string(), balance: Money }));
const SheetRow = z.object({
  report: z.object({ assets_total: Totals, liabilities_and_equity_total: Totals }),
});
const Section = z.object({ value: z.number().transform(decimal) });
const SheetRecord = z.object({ assets: Section, liabilities: Section, equity: Section });

/** The balance sheets that are served beside the totals that the report has for each of its days. */
export async function compareBalanceSheet(compared: Compared): Promise<ControlTotal[]> {
  const statement = await served(compared, SheetRecord);
  const on = (day: string) => statement.months.get(day.slice(0, 7));
  return besideReport('balance_sheet', SheetRow, compared, statement, (what, { report }) =>
    compareFigures(what, [
      ...report.assets_total.map(({ date: day, balance }) => ({
        name: 'Assets' as const,
        day,
        ours: on(day)?.assets.value ?? zero,
        theirs: moneyAmount(balance) ?? zero,
      })),
      ...report.liabilities_and_equity_total.map(({ date: day, balance }) => ({
        name: 'Liabilities and equity' as const,
        day,
        ours: on(day)?.liabilities.value.plus(on(day)?.equity.value ?? zero) ?? zero,
        theirs: moneyAmount(balance) ?? zero,
      })),
    ]),
  );
}

type Served<T> = { months: ReadonlyMap<Month, T>; currency: string; leftOut: readonly string[] };

const Head = z.object({ id: z.string(), currency: z.string(), leftOutCurrencies: z.array(z.string()) });

/** The months that are served, and what the newest of them says of all. */
async function served<T>({ records }: Compared, schema: z.ZodType<T>): Promise<Served<T>> {
  const months = new Map<Month, T>();
  let newest: z.infer<typeof Head> = { id: '', currency: 'XXX', leftOutCurrencies: [] };
  for await (const { deleted, record } of records) {
    if (deleted) continue;
    const head = Head.parse(record);
    months.set(head.id, schema.parse(record));
    if (head.id > newest.id) newest = head;
  }
  return { months, currency: newest.currency, leftOut: newest.leftOutCurrencies };
}

/** Each window of a report in the currency of the books, and the currencies that neither has. */
async function besideReport<T, Row>(
  report: ReportName,
  schema: z.ZodType<Row>,
  compared: Compared,
  { currency: own, leftOut }: Served<T>,
  compare: (what: What, row: Row) => ControlTotal,
): Promise<ControlTotal[]> {
  const asked = await askedReports(report, schema, compared, { own, others: [] });
  const totals = asked.flatMap(({ window, currency, row }) =>
    currency !== own || row === undefined ? [] : [compare({ report, window: window.id, currency }, row)],
  );
  return [
    ...totals,
    ...leftOut.map((code) => notComparable({ report, currency: code }, whyNot.ownCurrencyOnly)),
  ];
}
