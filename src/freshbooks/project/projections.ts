import type { RawRows, UnifiedRecord } from '../../app/ports.ts';
import { type DataType, dataTypes, isDataType } from '../../domain/data-types.ts';
import { catalog, type ResourceName } from '../catalog.ts';
import { type Drift, makeDriftCount } from '../drift.ts';
import { Client, toCustomer } from '../types/clients.ts';
import { Payment, toPayment } from '../types/payments.ts';
import { projectAccounts } from './accounts.ts';
import { projectBillPayments, projectBills } from './bills.ts';
import { projectCompany } from './company.ts';
import { projectCreditNotes } from './credit-notes.ts';
import { projectDirectCosts } from './direct-costs.ts';
import { projectDirectIncomes } from './direct-incomes.ts';
import { projectInvoices } from './invoices.ts';
import { projectItems } from './items.ts';
import { projectJournalEntries } from './journal-entries.ts';
import { mapped, type Projection, typed } from './rows.ts';
import { projectSuppliers } from './suppliers.ts';
import { projectTaxRates } from './tax-rates.ts';
import { projectTrackingCategories } from './tracking-categories.ts';

type ProjectionRow = {
  /** Resources it is made of, the one that gives the records first. */
  from: readonly ResourceName[];
  records: (projection: Projection) => AsyncGenerator<UnifiedRecord>;
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
} as const satisfies Record<string, ProjectionRow> & Record<DataType, ProjectionRow>;

/** A data type that there is a mapping for, whether it is served already or not. */
export type MappedType = keyof typeof projections;

export function resourcesOf(dataType: MappedType): readonly string[] {
  return projections[dataType].from;
}

/** What no served data type is made of. */
export const rawOnly: readonly string[] = Object.keys(catalog).filter(
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
  onDrift?: (drift: Drift) => void,
): AsyncGenerator<UnifiedRecord> {
  const { records }: ProjectionRow = projections[dataType];
  const count = makeDriftCount();
  yield* records({ rows, onQuarantine, ...(onDrift && { onUnlisted: count.see }) });
  for (const drift of count.all()) onDrift?.(drift);
}
