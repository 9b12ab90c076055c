import * as z from 'zod';
import type { Business } from '../domain/connection.ts';
import type { Day } from '../domain/instant.ts';
import { lastDay, type Month } from '../domain/month.ts';
import { Problem } from '../domain/problem.ts';
import { addressOf } from './families.ts';
import { Money, Text } from './types/wire.ts';

/**
 * A report of FreshBooks, freshbooks-api §3A.23: not paged, made anew at each call, and of a time that is named in the
 * query. All of them are raw.
 */
export type Report = {
  /** Both families wrap a report in `response.result`. */
  family: 'accounting' | 'ledger';
  path: string;
  /** The names its body was seen under. */
  keys: readonly string[];
  /** Whether it is of a period, or of the ends of days. */
  of: 'period' | 'days';
  /** Whether a period can come with a column for each of its months. */
  monthly: boolean;
  /** What it cannot do without: the totals that other figures are compared with. */
  schema: z.ZodType;
};

const currencies = { currency_code: Text };
const Any = z.looseObject(currencies);
const List = z.array(z.looseObject({}));

/** The older reports, of the account. */
function older(name: string, peculiar: Partial<Report> = {}): Report {
  return {
    family: 'accounting',
    path: `reports/accounting/${name}`,
    keys: [name],
    of: 'period',
    monthly: false,
    schema: Any,
    ...peculiar,
  };
}

/** The newer ones, of the business. */
function newer(name: string, keys: readonly string[], schema: z.ZodType): Report {
  return { family: 'ledger', path: `reports/${name}`, keys, of: 'period', monthly: true, schema };
}

const ProfitLoss = z.looseObject({
  ...currencies,
  income: List,
  expenses: List,
  net_profit: z.looseObject({}),
});

/** Each report by the name in its path, which is also what recordings of it are called after `report_`. */
export const reports = {
  profitloss_entity: older('profitloss_entity', { keys: ['profitloss'], monthly: true, schema: ProfitLoss }),
  balance_sheet: older('balance_sheet', {
    of: 'days',
    schema: z.looseObject({ ...currencies, data: List }),
  }),
  accounts_aging: older('accounts_aging', { schema: z.looseObject({ ...currencies, accounts: List }) }),
  trial_balance: older('trial_balance', { schema: z.looseObject({ ...currencies, data: z.unknown() }) }),
  taxsummary: older('taxsummary', {
    schema: z.looseObject({ ...currencies, taxes: List, total_invoiced: Money }),
  }),
  payments_collected: older('payments_collected', {
    schema: z.looseObject({ payments: List, totals: List }),
  }),
  invoice_details: older('invoice_details', { schema: z.looseObject({ ...currencies, clients: List }) }),
  expense_details: older('expense_details', { schema: z.looseObject({ ...currencies, data: List }) }),
  revenue_by_client: older('revenue_by_client', { schema: z.looseObject({ ...currencies, clients: List }) }),
  item_sales: older('item_sales', { schema: z.looseObject({ ...currencies, items: List }) }),
  profit_and_loss: newer('profit_and_loss', ['profit_and_loss', 'profitloss'], ProfitLoss),
  chart_of_accounts: {
    ...newer('chart_of_accounts', ['journal_entry_accounts', 'chart_of_accounts'], List),
    monthly: false,
  },
} as const satisfies Record<string, Report>;

export function isReport(name: string): name is keyof typeof reports {
  return Object.hasOwn(reports, name);
}

/** What a report is asked for; with `months` it has a column for each of them, or is of the ends of them. */
type Asked = { start: Day; end: Day; currency?: string | undefined; months?: readonly Month[] };

/**
 * Where a report is asked for. The days are always said: FreshBooks takes none to mean today, silently. `undefined`
 * when the business lacks the id that is part of it.
 */
export function reportAddress(report: Report, business: Business, asked: Asked): string | undefined {
  const { family, path } = report;
  const address = addressOf({ family, path, plural: '', singular: '' }, business);
  return address && `${address}?${new URLSearchParams(parametersOf(report, asked))}`;
}

/** The parameters of a call, in FreshBooks' own spelling. */
export function parametersOf(
  { of, monthly }: Report,
  { start, end, currency, months = [] }: Asked,
): [string, string][] {
  const ends = months.length > 0 ? months.map(lastDay) : [end];
  const days: [string, string][] =
    of === 'days'
      ? ends.map((day): [string, string] => ['dates[]', day])
      : [
          ['start_date', start],
          ['end_date', end],
        ];
  const columns: [string, string][] =
    monthly && of === 'period' && months.length > 0 ? [['resolution', 'm']] : [];
  return [...days, ...columns, ...(currency === undefined ? [] : [['currency_code', currency] as const])].map(
    ([name, value]) => [name, value],
  );
}

const Result = z.object({ response: z.object({ result: z.record(z.string(), z.unknown()) }) });

/** The report in a reply, without the token that downloads it for whoever has it (freshbooks-api §3A.23). */
export function reportIn(body: unknown, report: Report, subject: string): unknown {
  const result = Result.safeParse(body).data?.response.result;
  const found = report.keys.map((key) => result?.[key]).find((one) => one !== undefined);
  const parsed = report.schema.safeParse(found);
  if (!parsed.success)
    throw new Problem('unavailable', `${subject}: FreshBooks answered with something else than the report.`);
  return withoutToken(parsed.data);
}

function withoutToken(report: unknown): unknown {
  if (typeof report !== 'object' || report === null || Array.isArray(report)) return report;
  return Object.fromEntries(Object.entries(report).filter(([field]) => field !== 'download_token'));
}
