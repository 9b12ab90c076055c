import * as z from 'zod';
import { type RowType, servedRaw } from './mapping.ts';
import { Id, Money, Whole } from './wire.ts';

/**
 * What all expenses of a kind come to in each currency, freshbooks-api §3A.6: `active`, `archived`, and both together as
 * `grand_total`. Made anew by FreshBooks at each call; served raw, and compared with the expenses.
 */
export const ExpenseSummary = z.object({ id: Id, counts: Whole, amounts: z.array(Money) });
export type ExpenseSummary = z.infer<typeof ExpenseSummary>;

export const expenseSummaries = {
  schema: ExpenseSummary,
  fates: servedRaw(Object.keys(ExpenseSummary.shape)),
} as const satisfies RowType<ExpenseSummary>;
