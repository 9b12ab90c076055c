import type { UnifiedRecord } from '../../app/ports.ts';
import { ExpenseCategory, toTrackingCategory } from '../types/expense-categories.ts';
import { reference } from '../types/wire.ts';
import { forEachRow, mapped, type Projection, typed } from './rows.ts';

/** Expense categories; which of them have children is only known when all have been seen. */
export async function* projectTrackingCategories(projection: Projection): AsyncGenerator<UnifiedRecord> {
  const parents = new Set<string>();
  await forEachRow('expense_categories', projection, (row) => {
    const parent = row.deleted ? undefined : reference(typed(ExpenseCategory, row).parentid);
    if (parent !== undefined) parents.add(parent);
  });
  yield* mapped('expense_categories', projection, (row) =>
    toTrackingCategory(typed(ExpenseCategory, row), parents.has(row.id), row.deleted),
  );
}
