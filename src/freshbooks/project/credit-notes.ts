import type { UnifiedRecord } from '../../app/ports.ts';
import { CreditNote, toCreditNote } from '../types/credit-notes.ts';
import { type Allocation, Payment, toCreditAllocation } from '../types/payments.ts';
import { forEachRow, grouped, mapped, type Projection, typed } from './rows.ts';
import { taxIndex } from './tax-rates.ts';

/** Credit notes with what was spent of them, which FreshBooks keeps in the payments. */
export async function* projectCreditNotes(projection: Projection): AsyncGenerator<UnifiedRecord> {
  const taxes = await taxIndex(projection);
  const spent = new Map<string, Allocation[]>();
  await forEachRow('payments', projection, (row) => {
    const found = row.deleted ? undefined : toCreditAllocation(typed(Payment, row));
    if (found !== undefined) grouped(spent, found.creditNote, found.allocation);
  });
  const allocations = (note: string): readonly Allocation[] => spent.get(note) ?? [];
  yield* mapped('credit_notes', projection, (row) =>
    toCreditNote(typed(CreditNote, row), { taxes, allocations }),
  );
}
