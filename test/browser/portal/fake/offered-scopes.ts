/** What is asked for unless somebody chooses otherwise. */
export const readScopes = [
  'profile',
  'business',
  'clients',
  'invoices',
  'payments',
  'online_payments',
  'credit_notes',
  'estimates',
  'expenses',
  'bills',
  'bill_payments',
  'bill_vendors',
  'billable_items',
  'taxes',
  'other_income',
  'journal_entries',
  'projects',
  'retainers',
  'teams',
  'reports',
].map((name) => `user:${name}:read`);
/** What can be chosen besides. */
export const writeScopes = readScopes
  .filter((scope) => !/profile|reports/.test(scope))
  .map((scope) => scope.replace(/read$/, 'write'));
