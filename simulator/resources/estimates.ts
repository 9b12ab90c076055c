import { Big } from 'big.js';
import { dayBetween, equalsNumber, updatedBetween } from '../accounting/filters.ts';
import { easternStamp } from '../eastern-time.ts';
import { type Row, rowsOf, textOf, without } from '../json.ts';
import { addressedTo, customerOf } from './customer.ts';
import { invoiceMoney } from './invoice-arithmetic.ts';
import { readLines, replaceLines } from './invoice-lines.ts';
import { nextNumber } from './next-number.ts';
import type { Books, Resource } from './resource.ts';

const blank = {
  accepted: false,
  address: '',
  description: '',
  discount_value: '0',
  ext_archive: 0,
  invoiced: false,
  language: 'en',
  modern_projectid: null,
  notes: '',
  ownerid: 1,
  po_number: null,
  reply_status: null,
  require_client_signature: false,
  rich_proposal: false,
  sentid: 1,
  status: 1,
  template: 'clean-grouped',
  terms: null,
  vat_name: null,
  vat_number: '',
  vis_state: 0,
} as const satisfies Row;

const shownAs: Readonly<Record<number, string>> = {
  1: 'draft',
  2: 'sent',
  3: 'viewed',
  4: 'replied',
  5: 'accepted',
  6: 'invoiced',
};

const zero = { amount: '0', code: '' };

/** Sets what follows from lines and status. */
const settle = (row: Row): Row => {
  const { amount = zero, discount_total = zero } = invoiceMoney(row, new Big(0));
  const shown = shownAs[Number(row['status'])] ?? 'draft';
  return {
    ...row,
    amount,
    discount_total,
    description: textOf(rowsOf(row, 'lines')[0] ?? {}, 'description'),
    display_status: shown,
    ui_status: shown,
  };
};

const withLines = (row: Row, fields: Row, books: Books): Row => {
  if (fields['lines'] === undefined) return row;
  const id = Number(row['id']);
  const owner = { invoiceId: id, code: textOf(row, 'currency_code'), stamp: easternStamp(books.at) };
  const lines = replaceLines(readLines(fields['lines']), owner);
  return { ...row, lines: lines.map((line) => ({ ...without(line, 'invoiceid'), estimateid: id })) };
};

const touch = (row: Row, books: Books): Row => ({ ...row, updated: easternStamp(books.at) });

/** A new estimate (§3A.4), a draft unless `status` says otherwise. Throws errno 1012 for an unknown customer. */
export const newEstimate = (fields: Row, books: Books): Row => {
  const customer = customerOf(fields, 'customerid', books);
  const id = books.nextId('estimates');
  const row: Row = {
    ...blank,
    ...addressedTo(customer),
    currency_code: textOf(customer, 'currency_code') || books.currency,
    estimate_number: nextNumber('estimates', 'estimate_number', books),
    ...without(fields, 'lines'),
    accounting_systemid: books.accountId,
    created_at: easternStamp(books.at),
    estimateid: id,
    id,
  };
  return touch(settle({ lines: [], ...withLines(row, fields, books) }), books);
};

const accept = (row: Row, _body: Row, books: Books): Row =>
  touch(settle({ ...row, accepted: true, status: 5 }), books);
const send = (row: Row, _body: Row, books: Books): Row =>
  touch(settle({ ...row, status: Math.max(2, Number(row['status'])) }), books);

/** §3A.4 */
export const estimates: Resource = {
  name: 'estimates',
  path: 'estimates/estimates',
  one: 'estimate',
  many: 'estimates',
  missing: { object: 'estimate', field: 'estimateid', message: 'Estimate not found.' },
  scope: 'estimates',
  verbs: ['list', 'get', 'create', 'update', 'delete'],
  deletes: 'hides',
  sorts: {},
  filters: {
    customerid: equalsNumber('customerid'),
    vis_state: equalsNumber('vis_state'),
    ...dayBetween('date', 'create_date'),
    ...updatedBetween((plays) => plays('updated-filter.others', 'honoured')),
  },
  includes: { lines: 'stored' },
  fields: {
    create_date: 'date',
    currency_code: 'text',
    customerid: 'int',
    discount_value: 'percent',
    lines: 'any',
    notes: 'text',
    po_number: 'text',
    terms: 'text',
  },
  required: ['customerid', 'create_date'],
  ofClient: (row, clientId) => row['customerid'] === clientId && row['status'] !== 1,
  create: newEstimate,
  update: (row, fields, books) =>
    touch(settle(withLines({ ...row, ...without(fields, 'lines') }, fields, books)), books),
  actions: { action_accept: accept, action_email: send },
  touch,
  // §3A.4: the reply to a delete shows the old `updated`, and so does the row.
  bumpsOnHide: () => 'never',
};
