// §1.9: what an app may ask for. Those without a write scope do not have one in the portal.
const readOnly = ['profile', 'reports', 'notifications'];
const both = [
  'business',
  'teams',
  'clients',
  'invoices',
  'estimates',
  'credit_notes',
  'payments',
  'online_payments',
  'billable_items',
  'projects',
  'time_entries',
  'retainers',
  'expenses',
  'bills',
  'bill_vendors',
  'bill_payments',
  'taxes',
  'other_income',
  'journal_entries',
];

export const readScope = (object: string): string => `user:${object}:read`;
export const writeScope = (object: string): string => `user:${object}:write`;

export const profileScope = readScope('profile');

/** Every scope that exists in the simulator's portal. */
export const everyScope: readonly string[] = [
  ...[...readOnly, ...both].map(readScope),
  ...both.map(writeScope),
];

/** `user:profile:read` is added to every app (§1.9). */
export const withProfile = (scopes: readonly string[]): readonly string[] => [
  ...new Set([profileScope, ...scopes]),
];
