import { clients } from './types/clients.ts';
import { expenseCategories } from './types/expense-categories.ts';
import { expenses } from './types/expenses.ts';
import { invoices } from './types/invoices.ts';
import type { Fates } from './types/mapping.ts';
import { payments } from './types/payments.ts';
import { systems } from './types/systems.ts';
import { taxes } from './types/taxes.ts';
import { usersMe } from './types/users-me.ts';

/**
 * A FreshBooks resource: one row here is all there is to add one. `changes` is how later reads find what changed:
 * - `updated`: rows by the day of their last update, and every deleted row, because deleting does not always count as
 *   an update (freshbooks-api §3.8);
 * - `full`: the whole list, where deletions only show as absence;
 * - `single`: one row.
 */
export type Resource = {
  /** Below the account: `users/clients`. */
  path: string;
  plural: string;
  singular: string;
  changes: 'updated' | 'full' | 'single';
  /** The primary key first; a mirror of it may stand in. */
  keys: readonly string[];
  includes: readonly string[];
  /** Whether records look different once archived: archiving need not count as an update either. */
  archives: boolean;
  /** The business is readable without it: no permission leaves it empty, with a warning. */
  optional: boolean;
  fates: Fates;
};

type Peculiar = Partial<Resource> & Pick<Resource, 'plural' | 'singular' | 'fates'>;

function accounting(path: string, peculiar: Peculiar): Resource {
  return {
    path,
    changes: 'updated',
    keys: ['id'],
    includes: [],
    archives: false,
    optional: false,
    ...peculiar,
  };
}

export const catalog = {
  clients: accounting('users/clients', {
    plural: 'clients',
    singular: 'client',
    keys: ['id', 'userid'],
    includes: ['contacts'],
    archives: true,
    fates: clients.fates,
  }),
  invoices: accounting('invoices/invoices', {
    plural: 'invoices',
    singular: 'invoice',
    keys: ['id', 'invoiceid'],
    includes: ['lines'],
    fates: invoices.fates,
  }),
  payments: accounting('payments/payments', {
    plural: 'payments',
    singular: 'payment',
    keys: ['id', 'logid'],
    fates: payments.fates,
  }),
  taxes: accounting('taxes/taxes', {
    plural: 'taxes',
    singular: 'tax',
    keys: ['taxid', 'id'],
    changes: 'full',
    fates: taxes.fates,
  }),
  expenses: accounting('expenses/expenses', {
    plural: 'expenses',
    singular: 'expense',
    keys: ['id', 'expenseid'],
    fates: expenses.fates,
  }),
  expense_categories: accounting('expenses/categories', {
    plural: 'categories',
    singular: 'category',
    keys: ['id', 'categoryid'],
    changes: 'full',
    fates: expenseCategories.fates,
  }),
  systems: accounting('systems/systems', {
    plural: 'systems',
    singular: 'system',
    keys: ['id', 'systemid'],
    changes: 'single',
    optional: true,
    fates: systems.fates,
  }),
  users_me: {
    path: '/auth/api/v1/users/me',
    plural: 'users',
    singular: 'user',
    changes: 'single',
    keys: ['id'],
    includes: [],
    archives: false,
    optional: false,
    fates: usersMe.fates,
  },
} as const satisfies Record<string, Resource>;

export type ResourceName = keyof typeof catalog;

export function isResource(name: string): name is ResourceName {
  return Object.hasOwn(catalog, name);
}

/** The row's primary key as decimal text; `undefined` when no key of the row can be one. */
export function rowId(resource: Resource, row: Record<string, unknown>): string | undefined {
  for (const key of resource.keys) {
    const value = row[key];
    if (typeof value === 'number' && Number.isInteger(value)) return String(value);
    if (typeof value === 'string' && /^[A-Za-z0-9_-]+$/.test(value)) return value;
  }
  return undefined;
}
