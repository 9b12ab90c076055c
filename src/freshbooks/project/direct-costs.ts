import type { UnifiedRecord } from '../../app/ports.ts';
import { ExpenseCategory } from '../types/expense-categories.ts';
import { Expense, toDirectCost } from '../types/expenses.ts';
import { text } from '../types/wire.ts';
import { forEachRow, mapped, type Projection, typed } from './rows.ts';
import { vendorIndex } from './suppliers.ts';
import { taxIndex } from './tax-rates.ts';

/** Expenses, with the names of their categories, their taxes and their suppliers. */
export async function* projectDirectCosts(projection: Projection): AsyncGenerator<UnifiedRecord> {
  const taxes = await taxIndex(projection);
  const { idOfName } = await vendorIndex(projection);
  const names = new Map<string, string>();
  await forEachRow('expense_categories', projection, (row) => {
    const name = text(typed(ExpenseCategory, row).category);
    if (name !== undefined) names.set(row.id, name);
  });
  const categoryName = (id: string): string | undefined => names.get(id);
  const context = { taxes, categoryName, supplierOf: idOfName };
  yield* mapped('expenses', projection, (row) => toDirectCost(typed(Expense, row), context));
}
