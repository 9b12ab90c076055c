import { equalsNumber, equalsText, updatedBetween } from '../accounting/filters.ts';
import { easternStamp } from '../eastern-time.ts';
import { isRow, type Row, textOf } from '../json.ts';
import { exactMoney } from '../money.ts';
import type { Books, Resource } from './resource.ts';

const blank = {
  description: '',
  inventory: null,
  qty: '0',
  sku: null,
  tax1: 0,
  tax2: 0,
  vis_state: 0,
} as const satisfies Row;

/** Money as it was sent, in the books' currency when none was named. */
export const sentMoney = (sent: unknown, books: Books): Row =>
  isRow(sent)
    ? exactMoney(textOf(sent, 'amount') || '0', textOf(sent, 'code') || books.currency)
    : exactMoney('0', books.currency);

const touch = (row: Row, books: Books): Row => ({ ...row, updated: easternStamp(books.at) });

/** A new item (§3A.9). */
export const newItem = (fields: Row, books: Books): Row => {
  const id = books.nextId('items');
  const unit_cost = sentMoney(fields['unit_cost'], books);
  return touch(
    { ...blank, ...fields, unit_cost, accounting_systemid: books.accountId, id, itemid: id },
    books,
  );
};

/** §3A.9: without access status 200 and errno 12001. */
export const items: Resource = {
  name: 'items',
  path: 'items/items',
  one: 'item',
  many: 'items',
  missing: { object: 'item', field: 'itemid', message: 'Item not found.' },
  scope: 'billable_items',
  verbs: ['list', 'get', 'create', 'update'],
  denied: { errno: 12001, message: 'You do not have access to items.' },
  sorts: {},
  filters: {
    itemid: equalsNumber('itemid'),
    sku: equalsText('sku'),
    vis_state: equalsNumber('vis_state'),
    ...updatedBetween((plays) => plays('updated-filter.others', 'honoured')),
  },
  includes: {},
  fields: {
    description: 'text',
    inventory: 'decimal',
    name: 'text',
    qty: 'decimal',
    sku: 'text',
    tax1: 'int',
    tax2: 'int',
    unit_cost: 'money',
  },
  required: ['name'],
  create: newItem,
  update: (row, fields, books) => {
    const cost =
      fields['unit_cost'] === undefined ? {} : { unit_cost: sentMoney(fields['unit_cost'], books) };
    return touch({ ...row, ...fields, ...cost }, books);
  },
  touch,
};
