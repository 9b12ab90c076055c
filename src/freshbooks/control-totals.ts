import type { ControlTotal } from '../domain/control-total.ts';
import type { DataType } from '../domain/data-types.ts';
import type { ResourceName } from './catalog.ts';
import { compareExpenses } from './controls/expenses.ts';
import { compareJournal } from './controls/journal.ts';
import { compareOpenInvoices } from './controls/open-invoices.ts';
import { comparePayments } from './controls/payments-collected.ts';
import { compareBalanceSheet, compareProfitAndLoss } from './controls/statements.ts';
import type { Compared } from './controls/verdict.ts';
import type { ReportName } from './reports-read.ts';

/** What a data type is compared with, and how. */
type Control = {
  /** What FreshBooks says the records come to. */
  reports: readonly (ReportName | ResourceName)[];
  /** What else has to have been read for any comparison. */
  needs?: readonly ResourceName[];
  /** The reports whose meaning is not certain enough, and what is not. */
  uncertain?: Partial<Record<ReportName, string>>;
  compare: (compared: Compared) => Promise<ControlTotal[]>;
};

const controls: Partial<Record<DataType, Control>> = {
  invoices: {
    reports: ['accounts_aging'],
    uncertain: {
      taxsummary: 'FreshBooks does not say whether it counts a tax when it is invoiced or when it is paid.',
    },
    compare: compareOpenInvoices,
  },
  payments: { reports: ['payments_collected'], compare: comparePayments },
  directCosts: { reports: ['expense_summaries'], compare: compareExpenses },
  journalEntries: {
    reports: ['profitloss_entity', 'balance_sheet'],
    needs: ['journal_entry_accounts', 'ledger_accounts'],
    uncertain: {
      trial_balance: 'FreshBooks does not say whether it shows what moved or what there was in the end.',
    },
    compare: compareJournal,
  },
  profitAndLoss: { reports: ['profitloss_entity'], compare: compareProfitAndLoss },
  balanceSheet: { reports: ['balance_sheet'], compare: compareBalanceSheet },
};

/** The reports that a data type is compared with, and what else that takes. */
export function controlsOf(dataType: DataType): readonly string[] {
  const { reports = [], needs = [] } = controls[dataType] ?? {};
  return [...reports, ...needs];
}

/**
 * Compares the records of a data type with FreshBooks' own reports, of the same run. Of what was not read in it only an
 * older state is held, which says nothing of today's records.
 */
export async function controlTotals(
  dataType: DataType,
  { notRead, ...compared }: Compared & { notRead: ReadonlySet<string> },
): Promise<ControlTotal[]> {
  const control = controls[dataType];
  if (control === undefined) return [];
  const uncertain = Object.entries(control.uncertain ?? {}).map(
    ([report, why]): ControlTotal => ({ report, currency: 'XXX', verdict: 'not comparable', why }),
  );
  const lacks = (names: readonly string[] = []) => names.filter((name) => notRead.has(name)).length;
  if (lacks(control.needs) > 0 || lacks(control.reports) === control.reports.length) return uncertain;
  const found = await control.compare(compared);
  return [...found.filter(({ report }) => !notRead.has(report)), ...uncertain];
}
