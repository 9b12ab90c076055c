/** The objects whose data is read, one scope each (`user:<object>:read`), in the order of the developer portal's list. */
const readObjects = [
  'profile',
  'bills',
  'bill_payments',
  'business',
  'bill_vendors',
  'clients',
  'credit_notes',
  'estimates',
  'expenses',
  'journal_entries',
  'online_payments',
  'payments',
  'projects',
  'retainers',
  'taxes',
  'billable_items',
  'invoices',
  'other_income',
  'reports',
  'teams',
] as const;

// FreshBooks' developer portal offers no write scope for these: asking for one makes every consent fail.
const readOnly: ReadonlySet<string> = new Set(['profile', 'reports']);

/** Added to every app by FreshBooks; without it nobody can say who authorised. */
export const profileScope = 'user:profile:read';

/** The twenty read scopes. */
export const readScopes: readonly string[] = readObjects.map((object) => `user:${object}:read`);

/** The write scopes to choose from. */
export const writeScopes: readonly string[] = readObjects
  .filter((object) => !readOnly.has(object))
  .map((object) => `user:${object}:write`);

/** Those of `scopes` that FreshBooks does not offer, in the order given. */
export function unknownScopes(scopes: readonly string[]): string[] {
  const known = new Set([...readScopes, ...writeScopes]);
  return scopes.filter((scope) => !known.has(scope));
}

/** Each scope once, in the order of the developer portal's list, whatever order they were chosen in. */
export function inPortalOrder(scopes: readonly string[]): string[] {
  const wanted = new Set(scopes);
  return [...readScopes, ...writeScopes].filter((scope) => wanted.has(scope));
}

/** The same scopes, in whatever order. */
export function sameScopes(one: readonly string[], other: readonly string[]): boolean {
  const left = new Set(one);
  const right = new Set(other);
  return left.size === right.size && [...left].every((scope) => right.has(scope));
}
