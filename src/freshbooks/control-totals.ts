import type { Big } from 'big.js';
import * as z from 'zod';
import type { RawRows, UnifiedRecord } from '../app/ports.ts';
import { openInvoice } from '../domain/aged/open-items.ts';
import type { ControlTotal } from '../domain/control-total.ts';
import type { DataType } from '../domain/data-types.ts';
import type { Instant } from '../domain/instant.ts';
import { asNumber, decimal, sum, zero } from '../domain/money.ts';
import { ProfitAndLossMonth } from '../domain/unified/statements.ts';
import type { ResourceName } from './catalog.ts';
import { projectProfitAndLoss } from './project/profit-and-loss.ts';
import { typed } from './project/rows.ts';
import type { ReportName } from './reports-read.ts';
import { ProfitLossRow } from './types/report-rows.ts';
import { currency, flag, Money, moneyAmount, moneyCode, Text, text } from './types/wire.ts';

/** What a data type is compared with, and how. */
type Control = {
  /** The report first, and what else has to have been read. */
  reports: readonly (ReportName | ResourceName)[];
  /** The reports whose meaning is not certain enough, and what is not. */
  uncertain?: Partial<Record<ReportName, string>>;
  compare: (compared: Compared) => Promise<ControlTotal[]>;
};
type Compared = { records: AsyncIterable<UnifiedRecord>; rows: RawRows; at: Instant };

const controls: Partial<Record<DataType, Control>> = {
  invoices: {
    reports: ['accounts_aging'],
    uncertain: {
      taxsummary: 'FreshBooks does not say whether it counts a tax when it is invoiced or when it is paid.',
    },
    compare: compareOpenInvoices,
  },
  payments: { reports: ['payments_collected'], compare: comparePayments },
  journalEntries: {
    reports: ['profitloss_entity', 'journal_entry_accounts', 'ledger_accounts'],
    uncertain: {
      trial_balance: 'FreshBooks does not say whether it shows what moved or what there was in the end.',
    },
    compare: compareProfit,
  },
};

/** The reports that a data type is compared with. */
export function controlsOf(dataType: DataType): readonly string[] {
  return controls[dataType]?.reports ?? [];
}

/** Compares the records of a data type with FreshBooks' own reports, of the same run. */
export async function controlTotals(dataType: DataType, compared: Compared): Promise<ControlTotal[]> {
  const control = controls[dataType];
  if (control === undefined) return [];
  const uncertain = Object.entries(control.uncertain ?? {}).map(
    ([report, why]): ControlTotal => ({ report, currency: 'XXX', verdict: 'not comparable', why }),
  );
  return [...(await control.compare(compared)), ...uncertain];
}

type Sums = Map<string, Big>;

function add(sums: Sums, code: string, amount: Big): void {
  sums.set(code, (sums.get(code) ?? zero).plus(amount));
}

function verdictOf(total: Pick<ControlTotal, 'report' | 'window' | 'currency'>, ours: Big, theirs: Big) {
  const verdict = ours.eq(theirs) ? ('agrees' as const) : ('differs' as const);
  return { ...total, ours: asNumber(ours), theirs: asNumber(theirs), verdict };
}

const AgingRow = z.object({
  asOf: z.string(),
  report: z.object({ currency_code: Text, totals: z.object({ total: Money }) }),
});

/** What is open of the invoices, in each currency, beside the total of accounts aging on the same day. */
async function compareOpenInvoices({ records, rows, at }: Compared): Promise<ControlTotal[]> {
  const report = 'accounts_aging';
  const theirs: Sums = new Map();
  let asOf = at.slice(0, 10);
  for await (const row of rows(report)) {
    const aging = typed(AgingRow, row);
    asOf = aging.asOf;
    theirs.set(currency(text(aging.report.currency_code)), moneyAmount(aging.report.totals.total) ?? zero);
  }
  const ours: Sums = new Map();
  for await (const { record } of records) {
    const open = openInvoice(record, asOf);
    if (open !== undefined) add(ours, open.currency, open.amount);
  }
  const codes = [...new Set([...ours.keys(), ...theirs.keys()])].sort();
  return codes.map((code): ControlTotal => {
    const [held, said] = [ours.get(code) ?? zero, theirs.get(code)];
    if (said !== undefined) return verdictOf({ report, currency: code }, held, said);
    const why = 'FreshBooks has not been asked in this currency yet; the next run asks.';
    return { report, currency: code, ours: asNumber(held), verdict: 'not comparable', why };
  });
}

const CollectedRow = z.object({
  parameters: z.object({ start_date: z.string(), end_date: z.string() }),
  report: z.object({ totals: z.array(Money) }),
});
const PaymentRecord = z.object({
  date: z.string(),
  currency: z.string(),
  lines: z.array(z.object({ links: z.array(z.object({ type: z.string() })) })),
  totalAmount: z.number(),
});

/** The payments of the latest months, in each currency, beside payments collected. */
async function comparePayments({ records, rows }: Compared): Promise<ControlTotal[]> {
  const report = 'payments_collected';
  const windows: { id: string; start: string; end: string; ours: Sums; theirs: Sums }[] = [];
  for await (const row of rows(report)) {
    const { parameters, report: collected } = typed(CollectedRow, row);
    const theirs: Sums = new Map();
    for (const total of collected.totals) add(theirs, currency(moneyCode(total)), moneyAmount(total) ?? zero);
    const { start_date: start, end_date: end } = parameters;
    windows.push({ id: row.id, start, end, ours: new Map(), theirs });
  }
  // Older windows stay as they were last seen, and no longer say anything of today's records.
  const latest = windows.sort((a, b) => (a.id < b.id ? 1 : -1)).slice(0, 2);
  for await (const { deleted, record } of records) {
    const payment = deleted ? undefined : PaymentRecord.parse(record);
    const day = payment?.date.slice(0, 10) ?? '';
    const window = latest.find(({ start, end }) => day >= start && day <= end);
    if (payment !== undefined && window !== undefined)
      add(window.ours, payment.currency, decimal(payment.totalAmount));
  }
  return latest.flatMap(({ id, ours, theirs }) =>
    [...new Set([...ours.keys(), ...theirs.keys()])]
      .sort()
      .map((code) =>
        verdictOf({ report, window: id, currency: code }, ours.get(code) ?? zero, theirs.get(code) ?? zero),
      ),
  );
}

/** What the journal comes to, year by year, beside the net profit of FreshBooks' own report. */
async function compareProfit({ rows, at }: Compared): Promise<ControlTotal[]> {
  const report = 'profitloss_entity';
  const ours = new Map<string, Big>();
  const withoutReport: RawRows = async function* (resource) {
    if (resource !== report) yield* rows(resource);
  };
  const journal = { rows: withoutReport, onQuarantine: () => {}, month: at.slice(0, 7) };
  for await (const { record } of projectProfitAndLoss(journal)) {
    const { id, netProfit } = ProfitAndLossMonth.omit({ metadata: true }).loose().parse(record);
    ours.set(id, decimal(netProfit));
  }
  const totals: ControlTotal[] = [];
  for await (const row of rows(report)) {
    const { labels, net_profit, currency_code, cash_based } = typed(ProfitLossRow, row).report;
    const total = { report, window: row.id, currency: currency(text(currency_code)) };
    const theirs = sum(net_profit.data.map((amount) => moneyAmount(amount) ?? zero));
    const held = sum(labels.map((label) => ours.get(label.slice(0, 7)) ?? zero));
    if (!flag(cash_based)) totals.push(verdictOf(total, held, theirs));
    else
      totals.push({
        ...total,
        verdict: 'not comparable',
        why: 'The report is on a cash basis, the journal is not.',
      });
  }
  return totals;
}
