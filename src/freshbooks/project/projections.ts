import type { RawRows, UnifiedRecord } from '../../app/ports.ts';
import type { DataType } from '../../domain/data-types.ts';
import type { ResourceName } from '../catalog.ts';
import { type Drift, makeDriftCount } from '../drift.ts';
import { Client, toCustomer } from '../types/clients.ts';
import { Payment, toPayment } from '../types/payments.ts';
import { projectCompany } from './company.ts';
import { projectDirectCosts } from './direct-costs.ts';
import { projectInvoices } from './invoices.ts';
import { mapped, type Projection, typed } from './rows.ts';
import { projectTaxRates } from './tax-rates.ts';
import { projectTrackingCategories } from './tracking-categories.ts';

type ProjectionRow = {
  /** Resources it is made of, the one that gives the records first. */
  from: readonly ResourceName[];
  records: (projection: Projection) => AsyncGenerator<UnifiedRecord>;
};

/** Each data type: what it is made of, and how. */
const projections = {
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
  taxRates: { from: ['taxes', 'invoices', 'expenses'], records: projectTaxRates },
  directCosts: { from: ['expenses', 'expense_categories', 'taxes'], records: projectDirectCosts },
  trackingCategories: { from: ['expense_categories'], records: projectTrackingCategories },
} as const satisfies Record<DataType, ProjectionRow>;

export function resourcesOf(dataType: DataType): readonly string[] {
  return projections[dataType].from;
}

/**
 * Unified records in id order; rows that cannot be mapped are reported and left out. What FreshBooks sent and no table
 * knows is told once at the end, counted.
 */
export async function* project(
  dataType: DataType,
  rows: RawRows,
  onQuarantine: Projection['onQuarantine'],
  onDrift?: (drift: Drift) => void,
): AsyncGenerator<UnifiedRecord> {
  const { records }: ProjectionRow = projections[dataType];
  const count = makeDriftCount();
  yield* records({ rows, onQuarantine, ...(onDrift && { onUnlisted: count.see }) });
  for (const drift of count.all()) onDrift?.(drift);
}
