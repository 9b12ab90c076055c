import type { UnifiedRecord } from '../../app/ports.ts';
import { Invoice, toInvoice } from '../types/invoices.ts';
import { type Allocation, Payment, toAllocation } from '../types/payments.ts';
import { forEachRow, grouped, mapped, type Projection, typed } from './rows.ts';
import { taxIndex } from './tax-rates.ts';

/** Invoices with what was paid on them, which FreshBooks keeps in the payments. */
export async function* projectInvoices(projection: Projection): AsyncGenerator<UnifiedRecord> {
  const taxes = await taxIndex(projection);
  const paid = await allocationsByInvoice(projection);
  const allocations = (invoice: string): readonly Allocation[] => paid.get(invoice) ?? [];
  yield* mapped('invoices', projection, (row) => toInvoice(typed(Invoice, row), { taxes, allocations }));
}

async function allocationsByInvoice(projection: Projection): Promise<Map<string, Allocation[]>> {
  const byInvoice = new Map<string, Allocation[]>();
  await forEachRow('payments', projection, (row) => {
    const found = row.deleted ? undefined : toAllocation(typed(Payment, row));
    if (found !== undefined) grouped(byInvoice, found.invoice, found.allocation);
  });
  return byInvoice;
}
