import { updatedBetween } from '../accounting/filters.ts';
import { oldestFirst } from '../accounting/list-query.ts';
import { Refusal } from '../accounting/refusal.ts';
import { easternStamp } from '../eastern-time.ts';
import { type Row, textOf } from '../json.ts';
import type { Books, Resource } from './resource.ts';

const refuseDuplicate = (fields: Row, self: number | undefined, books: Books): void => {
  const twin = books
    .rows('taxes')
    .where('name', fields['name'] ?? null)
    .find((row) => row['id'] !== self);
  if (!twin || fields['name'] === undefined) return;
  const message = 'Tax name must be unique.';
  throw new Refusal(422, {
    errno: 1026,
    field: 'name',
    object: 'tax',
    value: textOf(fields, 'name'),
    message,
  });
};

/** §3A.11: the amount is a percent, as text. Throws errno 1026 for a name that is taken. */
export const newTax = (fields: Row, books: Books): Row => {
  refuseDuplicate(fields, undefined, books);
  const id = books.nextId('taxes');
  return {
    accounting_systemid: books.accountId,
    amount: '0',
    compound: false,
    number: null,
    ...fields,
    id,
    taxid: id,
    updated: easternStamp(books.at),
  };
};

/** §3A.11: deleted for good; no vis_state. */
export const taxes: Resource = {
  name: 'taxes',
  path: 'taxes/taxes',
  one: 'tax',
  many: 'taxes',
  missing: { object: 'tax', field: 'taxid', message: 'Tax not found.' },
  scope: 'taxes',
  verbs: ['list', 'get', 'create', 'update', 'delete'],
  deletes: 'removes',
  order: oldestFirst,
  sorts: {},
  filters: updatedBetween((plays) => plays('updated-filter.taxes', 'honoured')),
  includes: {},
  fields: { amount: 'decimal', compound: 'bool', name: 'text', number: 'text' },
  required: ['name'],
  create: newTax,
  update: (row, fields, books) => {
    refuseDuplicate(fields, Number(row['id']), books);
    return { ...row, ...fields, updated: easternStamp(books.at) };
  },
};
