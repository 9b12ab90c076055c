import * as z from 'zod';
import { because, type RowType, visStates } from './mapping.ts';
import { Id, present, recordStatus, reference, stampOf, Text, text, Whole } from './wire.ts';

/** An expense category, freshbooks-api §3A.7. */
export const ExpenseCategory = z.object({
  id: Id,
  category: Text,
  parentid: Text,
  updated_at: Text,
  vis_state: Whole,
});
export type ExpenseCategory = z.infer<typeof ExpenseCategory>;

export const expenseCategories = {
  schema: ExpenseCategory,
  fates: {
    mapped: Object.keys(ExpenseCategory.shape),
    ignored: {
      categoryid: because.duplicateId,
      accounting_systemid: because.account,
      accountid: because.account,
      created_at: because.noPlace,
      is_cogs: because.noPlace,
      is_editable: because.presentation,
      transaction_posted: because.internal,
      uuid: because.duplicateId,
    },
    vocabulary: visStates,
  },
} as const satisfies RowType<ExpenseCategory>;

/** A tracking category of the unified shape; FreshBooks knows no other tracking than the category of an expense. */
export function toTrackingCategory(
  category: ExpenseCategory,
  hasChildren: boolean,
  deleted: boolean,
): Record<string, unknown> {
  return present({
    id: String(category.id),
    name: text(category.category),
    status: deleted ? 'Archived' : recordStatus(category.vis_state),
    parentId: reference(category.parentid),
    hasChildren,
    sourceModifiedDate: stampOf(category.updated_at),
  });
}
