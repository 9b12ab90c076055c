import * as z from 'zod';
import type { RawRow } from '../app/ports.ts';
import { asNumber, isZero, sum, zero } from '../domain/money.ts';
import type { ResourceName } from './catalog.ts';
import { toJournalLine } from './project/journal-entries.ts';
import type { MappedType } from './project/projections.ts';
import { typed } from './project/rows.ts';
import type { ReportName } from './reports-read.ts';
import { LedgerAccount } from './types/accounts.ts';
import { JournalDetail } from './types/journal-details.ts';
import { ProfitLossRow } from './types/report-rows.ts';
import { Service, ServiceRate } from './types/services.ts';
import { Task } from './types/tasks.ts';
import { amountOf, Money, moneyAmount, text } from './types/wire.ts';

/**
 * How a recorded row that is no record by itself is mapped: into which data type, with what beside it, and what of it
 * is to be found in the records, as texts such as `service-7 45`.
 */
type Part = {
  type: MappedType;
  /** Rows without which the recorded ones make no record; made up, since nobody recorded them. */
  beside?: (rows: readonly RawRow[]) => Readonly<Record<string, readonly RawRow[]>>;
  expected: (row: RawRow) => string[];
  found: (record: Record<string, unknown>) => string[];
};

const Item = z.object({
  id: z.string(),
  name: z.string().optional(),
  invoiceItem: z.object({ unitPrice: z.number().optional() }),
});
const Entry = z.object({ id: z.string(), journalLines: z.array(z.object({ netAmount: z.number() })) });
const Account = z.object({ id: z.string(), name: z.string().optional() });
const AssetsTotal = z.object({
  report: z.object({ assets_total: z.array(z.object({ date: z.string(), balance: Money })) }),
});
const ProfitAndLoss = z.object({
  id: z.string(),
  netProfit: z.number(),
  expenses: z.object({ value: z.number() }),
});
const BalanceSheet = z.object({
  id: z.string(),
  assets: z.object({ value: z.number() }),
});

/** Nothing where there is no amount, as in a record. */
const shown = (amount: ReturnType<typeof amountOf>): string => String(amount && asNumber(amount));
const priced = (record: Record<string, unknown>): string[] => {
  const { id, name, invoiceItem } = Item.parse(record);
  return [`${id} ${name}`, `${id} ${invoiceItem.unitPrice}`];
};
const madeUp = (id: string, raw: Record<string, unknown>): RawRow => ({ id, hash: '', deleted: false, raw });

export const parts: Partial<Record<ResourceName | ReportName, Part>> = {
  services: {
    type: 'items',
    expected: (row) => [`service-${row.id} ${text(typed(Service, row).name)}`],
    found: priced,
  },
  service_rates: {
    type: 'items',
    beside: (rates) => ({ services: rates.map(({ id }) => madeUp(id, { id, name: id, vis_state: 0 })) }),
    expected: (row) => [`service-${row.id} ${shown(amountOf(typed(ServiceRate, row).rate))}`],
    found: priced,
  },
  tasks: {
    type: 'items',
    expected: (row) => {
      const { name, rate } = typed(Task, row);
      return [`task-${row.id} ${text(name)}`, `task-${row.id} ${shown(moneyAmount(rate))}`];
    },
    found: priced,
  },
  ledger_accounts: {
    type: 'chartOfAccounts',
    expected: (row) => [`${row.id} ${text(typed(LedgerAccount, row).name)}`],
    found: (record) => {
      const { id, name } = Account.parse(record);
      return [`${id} ${name}`];
    },
  },
  journal_entry_details: {
    type: 'journalEntries',
    beside: (lines) => ({ journal_entry_details: restsOf(lines) }),
    expected: (row) => {
      const detail = typed(JournalDetail, row);
      const net = (moneyAmount(detail.debit) ?? zero).minus(moneyAmount(detail.credit) ?? zero);
      return [`${detail.entry.entryid} ${asNumber(net)}`];
    },
    found: (record) => {
      const { id, journalLines } = Entry.parse(record);
      return journalLines.map(({ netAmount }) => `${id} ${netAmount}`);
    },
  },
  profitloss_entity: {
    type: 'profitAndLoss',
    expected: (row) => {
      const { labels, net_profit, total_expenses } = typed(ProfitLossRow, row).report;
      const at = (line: typeof net_profit, n: number): number => asNumber(moneyAmount(line.data[n]) ?? zero);
      return labels.map((label, n) => `${label.slice(0, 7)} ${at(total_expenses, n)} ${at(net_profit, n)}`);
    },
    found: (record) => {
      const { id, expenses, netProfit } = ProfitAndLoss.parse(record);
      return [`${id} ${expenses.value} ${netProfit}`];
    },
  },
  balance_sheet: {
    type: 'balanceSheet',
    expected: (row) =>
      typed(AssetsTotal, row).report.assets_total.map(
        ({ date, balance }) => `${date.slice(0, 7)} ${asNumber(moneyAmount(balance) ?? zero)}`,
      ),
    found: (record) => {
      const { id, assets } = BalanceSheet.parse(record);
      return [`${id} ${assets.value}`];
    },
  },
};

/** A recorded page may hold only some lines of an entry: a line for the rest of each, so that it adds up to zero. */
function restsOf(rows: readonly RawRow[]): RawRow[] {
  const entries = Map.groupBy(rows, (row) => String(typed(JournalDetail, row).entry.entryid));
  return [...entries].flatMap(([id, lines]) => {
    const rest = sum(lines.map((row) => toJournalLine(typed(JournalDetail, row)).net));
    const credit = { amount: rest.toFixed(), code: 'XXX' };
    const entry = { entryid: id };
    return isZero(rest) ? [] : [madeUp(`rest-${id}`, { id: `rest-${id}`, entry, debit: null, credit })];
  });
}
