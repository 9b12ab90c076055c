import type { DataType } from '../domain/data-types.ts';

type Noun = {
  /** The object whose read scope lets us listen (freshbooks-api §5.4). */
  scope: string;
  /** What a change of it makes due; the rest of what may follow from it waits for the schedule. */
  types: readonly DataType[];
};

/**
 * What FreshBooks can tell of that makes a data type due. `tax`, `other_income` and `bill_payment` are in no list of
 * events that could be found, and may exist: where FreshBooks does not know them, the schedule reads them as before.
 */
const nouns: Readonly<Record<string, Noun>> = {
  client: { scope: 'clients', types: ['customers'] },
  invoice: { scope: 'invoices', types: ['invoices'] },
  payment: { scope: 'payments', types: ['payments', 'invoices', 'creditNotes'] },
  credit_note: { scope: 'credit_notes', types: ['creditNotes', 'invoices'] },
  expense: { scope: 'expenses', types: ['directCosts', 'suppliers'] },
  category: { scope: 'expenses', types: ['trackingCategories'] },
  bill: { scope: 'bills', types: ['bills', 'suppliers'] },
  bill_vendor: { scope: 'bill_vendors', types: ['suppliers', 'bills'] },
  bill_payment: { scope: 'bill_payments', types: ['billPayments', 'bills'] },
  item: { scope: 'billable_items', types: ['items'] },
  service: { scope: 'billable_items', types: ['items'] },
  tax: { scope: 'taxes', types: ['taxRates'] },
  other_income: { scope: 'other_income', types: ['directIncomes'] },
};

/** The nouns that may be listened to with these scopes. */
export function nounsOf(scopes: readonly string[]): string[] {
  return Object.keys(nouns).filter((noun) => scopes.includes(`user:${nouns[noun]?.scope}:read`));
}

/** The data types that a change of a noun makes due; none for one that is not listened to. */
export function typesOf(noun: string): readonly DataType[] {
  return Object.hasOwn(nouns, noun) ? (nouns[noun]?.types ?? []) : [];
}
