import { equalsNumber } from '../accounting/filters.ts';
import { easternStamp } from '../eastern-time.ts';
import { type Row, textOf } from '../json.ts';
import type { Books, Order, Resource } from './resource.ts';

/** A category row (§3A.7): `parent` is null at the top level; system categories cannot be edited. */
export const newCategory = (
  fields: { name: string; parent: number | null; cogs?: boolean; own?: boolean },
  books: Books,
): Row => {
  const id = books.nextId('expense_categories');
  const stamp = easternStamp(books.at);
  return {
    category: fields.name,
    categoryid: id,
    created_at: stamp,
    id,
    is_cogs: fields.cogs === true,
    is_editable: fields.own === true,
    parentid: fields.parent,
    transaction_posted: false,
    updated_at: stamp,
    vis_state: 0,
  };
};

/** §3.8: posting an expense marks its category and bumps its updated_at. */
export const postTo = (id: number, books: Books): void => {
  const rows = books.rows('expense_categories');
  const category = rows.get(id);
  if (category) rows.put({ ...category, transaction_posted: true, updated_at: easternStamp(books.at) });
};

// §3.4: by name.
const byName: Order = (a, b) =>
  textOf(a, 'category').localeCompare(textOf(b, 'category'), 'en') || Number(a['id']) - Number(b['id']);

/** §3A.7: read only. */
export const expenseCategories: Resource = {
  name: 'expense_categories',
  path: 'expenses/categories',
  one: 'category',
  many: 'categories',
  missing: { object: 'category', field: 'categoryid', message: 'Category not found.' },
  scope: 'expenses',
  verbs: ['list', 'get'],
  order: byName,
  sorts: {},
  filters: { vis_state: equalsNumber('vis_state') },
  includes: {},
  fields: {},
  required: [],
};
