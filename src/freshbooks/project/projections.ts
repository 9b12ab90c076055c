import type { RawRows, UnifiedRecord, Way } from '../../app/ports.ts';
import { type DataType, dataTypes, isDataType } from '../../domain/data-types.ts';
import type { Drift } from '../../domain/drift.ts';
import type { Instant } from '../../domain/instant.ts';
import { catalog, type ResourceName } from '../catalog.ts';
import { makeDriftCount } from '../drift.ts';
import { type ReportName, reportsRead } from '../reports-read.ts';
import { Client, toCustomer } from '../types/clients.ts';
import { Payment, toPayment } from '../types/payments.ts';
import { projectAccounts } from './accounts.ts';
import { projectBalanceSheet } from './balance-sheet.ts';
import { projectBillPayments, projectBills } from './bills.ts';
import { projectCompany } from './company.ts';
import { projectCreditNotes } from './credit-notes.ts';
import { projectDirectCosts } from './direct-costs.ts';
import { projectDirectIncomes } from './direct-incomes.ts';
import { projectInvoices } from './invoices.ts';
import { projectItems } from './items.ts';
import { projectJournalEntries } from './journal-entries.ts';
import { projectCashFlow } from './ledger-statements.ts';
import { projectProfitAndLoss } from './profit-and-loss.ts';
import type { StatementProjection } from './report-months.ts';
import { mapped, type Projection, typed } from './rows.ts';
import { projectSuppliers } from './suppliers.ts';
import { projectTaxRates } from './tax-rates.ts';
import { projectTrackingCategories } from './tracking-categories.ts';

type ProjectionRow = {
  /** Resources it is made of, the one that gives the records first. */
  from: readonly (ResourceName | ReportName)[];
  records: (projection: StatementProjection) => AsyncGenerator<UnifiedRecord>;
  /** How it is made of some of them, where that is possible; the best way first. */
  ways?: readonly [Way, ...Way[]];
};

const chart = ['journal_entry_accounts', 'ledger_accounts'] as const;
const journal = ['journal_entry_details', ...chart] as const;

/** FreshBooks' own report, with the accounts of its lines or without, or else the journal. */
function reportOrJournal(report: ReportName): Pick<ProjectionRow, 'from' | 'ways'> {
  // It tells which currencies the report leaves out, and is worth no failure.
  const also = ['journal_entry_details'];
  return {
    from: [report, ...chart, 'journal_entry_details'],
    ways: [
      { from: [report, ...chart], also },
      {
        from: [report],
        also,
        note: 'The lines name no accounts, because the chart of accounts cannot be read.',
      },
      {
        from: journal,
        note: 'Added up from the journal, because FreshBooks did not give its own report.',
        byMonth: true,
      },
    ],
  };
}

const cashFlow: Pick<ProjectionRow, 'from' | 'ways'> = {
  from: journal,
  ways: [
    {
      from: journal,
      note: 'Added up from the journal: FreshBooks has no cash flow report that others can read.',
      byMonth: true,
    },
  ],
};

/** Resources that only matter once a data type made of them is served: until then they are not read. */
function onceServed(dataType: string, ...resources: ResourceName[]): ResourceName[] {
  return isDataType(dataType) ? resources : [];
}

/** Each data type: what it is made of, and how. Which of them are served is `dataTypes`' to say. */
export const projections = {
  company: { from: ['users_me', 'systems'], records: projectCompany },
  customers: {
    from: ['clients'],
    records: (projection) => mapped('clients', projection, (row) => toCustomer(typed(Client, row))),
  },
  invoices: { from: ['invoices', 'payments', 'taxes'], records: projectInvoices },
  payments: {
    from: ['payments'],
    records: (projection) => mapped('payments', projection, (row) => toPayment(typed(Payment, row))),
  },
  taxRates: {
    from: [
      ...(['taxes', 'invoices', 'expenses'] as const),
      ...onceServed('creditNotes', 'credit_notes'),
      ...onceServed('bills', 'bills'),
      ...onceServed('items', 'items', 'tasks'),
      ...onceServed('directIncomes', 'other_income'),
    ],
    records: projectTaxRates,
  },
  directCosts: {
    from: [
      ...(['expenses', 'expense_categories', 'taxes'] as const),
      ...onceServed('suppliers', 'bill_vendors'),
    ],
    records: projectDirectCosts,
  },
  trackingCategories: { from: ['expense_categories'], records: projectTrackingCategories },
  creditNotes: { from: ['credit_notes', 'payments', 'taxes'], records: projectCreditNotes },
  bills: { from: ['bills', 'bill_payments', 'bill_vendors', 'taxes'], records: projectBills },
  billPayments: { from: ['bill_payments', 'bills', 'bill_vendors'], records: projectBillPayments },
  suppliers: { from: ['bill_vendors', 'expenses', 'bills'], records: projectSuppliers },
  items: { from: ['items', 'services', 'service_rates', 'tasks', 'taxes'], records: projectItems },
  journalEntries: { from: ['journal_entry_details'], records: projectJournalEntries },
  chartOfAccounts: { from: ['journal_entry_accounts', 'ledger_accounts'], records: projectAccounts },
  directIncomes: { from: ['other_income', 'taxes'], records: projectDirectIncomes },
  profitAndLoss: { ...reportOrJournal('profitloss_entity'), records: projectProfitAndLoss },
  balanceSheet: { ...reportOrJournal('balance_sheet'), records: projectBalanceSheet },
  cashFlowStatement: { ...cashFlow, records: projectCashFlow },
} as const satisfies Record<string, ProjectionRow> & Record<DataType, ProjectionRow>;

/** A data type that there is a mapping for, whether it is served already or not. */
export type MappedType = keyof typeof projections;

export function resourcesOf(dataType: MappedType): readonly string[] {
  return projections[dataType].from;
}

export function waysOf(dataType: MappedType): readonly [Way, ...Way[]] {
  const { from, ways }: ProjectionRow = projections[dataType];
  return ways ?? [{ from }];
}

/** What no served data type is made of. */
export const rawOnly: readonly string[] = [...Object.keys(catalog), ...Object.keys(reportsRead)].filter(
  (resource) => !dataTypes.some((dataType) => resourcesOf(dataType).includes(resource)),
);

/**
 * Unified records in id order; rows that cannot be mapped are reported and left out. What FreshBooks sent and no table
 * knows is told once at the end, counted.
 */
export async function* project(
  dataType: MappedType,
  rows: RawRows,
  onQuarantine: Projection['onQuarantine'],
  at: Instant,
  onDrift?: (drift: Drift) => void,
): AsyncGenerator<UnifiedRecord> {
  const { records }: ProjectionRow = projections[dataType];
  const count = makeDriftCount();
  yield* records({ rows, onQuarantine, month: at.slice(0, 7), ...(onDrift && { onUnlisted: count.see }) });
  for (const drift of count.all()) onDrift?.(drift);
}
