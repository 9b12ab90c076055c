import { Big } from 'big.js';
import {
  amountBetween,
  dayBetween,
  equalsNumber,
  equalsText,
  like,
  numberIn,
  onlyIf,
  updatedBetween,
  yes,
} from '../accounting/filters.ts';
import { addDays, easternDay, easternStamp, easternVersion } from '../eastern-time.ts';
import { amountOf, type Row, rowsOf, textOf, without } from '../json.ts';
import { bumpsBySwitch } from './bumps-by-switch.ts';
import { touchClient } from './clients.ts';
import { addressedTo, customerOf } from './customer.ts';
import { invoiceMoney } from './invoice-arithmetic.ts';
import { blankInvoice, invoiceFields, presentation } from './invoice-fields.ts';
import { type LineOwner, mergeLines, readLines, replaceLines } from './invoice-lines.ts';
import { invoiceStatuses } from './invoice-status.ts';
import { nextNumber } from './next-number.ts';
import type { Books, Resource } from './resource.ts';

const ownerOf = (row: Row, books: Books): LineOwner => ({
  invoiceId: Number(row['id']),
  code: textOf(row, 'currency_code'),
  stamp: easternStamp(books.at),
});

/** Sets what follows from lines, dates and payments (active ones count, §3A.2). */
export const settleInvoice = (row: Row, payments: readonly Row[], books: Books): Row => {
  const active = payments.filter((payment) => payment['vis_state'] === 0);
  const paid = active.reduce((sum, payment) => sum.plus(amountOf(payment, 'amount')), new Big(0));
  const last = active
    .map((payment) => textOf(payment, 'date'))
    .sort()
    .at(-1);
  const dueDate = addDays(textOf(row, 'create_date'), Number(row['due_offset_days'] ?? 0));
  const counted = {
    ...row,
    ...invoiceMoney(row, paid),
    due_date: dueDate,
    description: textOf(rowsOf(row, 'lines')[0] ?? {}, 'description'),
  };
  return { ...counted, ...invoiceStatuses(counted, easternDay(books.at), last) };
};

export const touchInvoice = (row: Row, books: Books): Row => ({
  ...row,
  updated: easternStamp(books.at),
  version: easternVersion(books.at, books.micros()),
});

/** A new invoice row with its lines, unpaid. Throws errno 1012 for an unknown customer. */
export const newInvoice = (fields: Row, books: Books): Row => {
  const customer = customerOf(fields, 'customerid', books);
  const id = books.nextId('invoices');
  const number = textOf(fields, 'invoice_number') || nextNumber('invoices', 'invoice_number', books);
  const row: Row = {
    ...blankInvoice,
    ...addressedTo(customer),
    currency_code: textOf(customer, 'currency_code') || books.currency,
    sender_address: { city: '', code: '', country: books.country, province: '', street: '', street2: '' },
    ...without(fields, 'lines'),
    accountid: books.accountId,
    accounting_systemid: books.accountId,
    created_at: easternStamp(books.at),
    id,
    invoice_number: number,
    invoiceid: id,
    uuid: books.newUuid(),
  };
  const lines = replaceLines(readLines(fields['lines']), ownerOf(row, books));
  return touchInvoice(settleInvoice({ ...row, lines }, [], books), books);
};

const paymentsOf = (row: Row, books: Books): readonly Row[] =>
  books.rows('payments').where('invoiceid', row['id'] ?? null);

/** Works an invoice out again after one of its payments changed (§3.8). */
export const resettle = (invoiceId: number, touches: boolean, books: Books): void => {
  const row = books.rows('invoices').get(invoiceId);
  if (!row) return;
  const settled = settleInvoice(row, paymentsOf(row, books), books);
  books.rows('invoices').put(touches ? touchInvoice(settled, books) : settled);
};

const updateInvoice = (row: Row, fields: Row, books: Books): Row => {
  const moved =
    fields['customerid'] === undefined ? {} : addressedTo(customerOf(fields, 'customerid', books));
  const merged: Row = { ...row, ...moved, ...without(fields, 'lines') };
  const kept = rowsOf(row, 'lines');
  const join = books.plays('invoice-lines-on-put', 'merged')
    ? mergeLines
    : (_: readonly Row[], sent: readonly Row[], owner: LineOwner) => replaceLines(sent, owner);
  const lines =
    fields['lines'] === undefined ? kept : join(kept, readLines(fields['lines']), ownerOf(merged, books));
  return touchInvoice(settleInvoice({ ...merged, lines }, paymentsOf(row, books), books), books);
};

const markAsSent = (row: Row, _body: Row, books: Books): Row => {
  const sent = { ...row, status: Math.max(2, Number(row['status'])) };
  return touchInvoice(settleInvoice(sent, paymentsOf(row, books), books), books);
};

// §3.8: creating an invoice bumps its client.
const ripple = (before: Row | undefined, after: Row | undefined, books: Books): void => {
  if (before || !after) return;
  const client = books.rows('clients').get(Number(after['customerid']));
  if (client) books.rows('clients').put(touchClient(client, books));
};

const open = (row: Row): boolean => new Big(amountOf(row, 'outstanding')).gt(0);

/** §3A.2 */
export const invoices: Resource = {
  name: 'invoices',
  path: 'invoices/invoices',
  one: 'invoice',
  many: 'invoices',
  missing: { object: 'invoice', field: 'invoiceid', message: 'Invoice not found.' },
  scope: 'invoices',
  verbs: ['list', 'get', 'create', 'update', 'delete'],
  deletes: 'hides',
  sorts: { invoice_date: 'create_date' },
  filters: {
    ...dayBetween('date', 'create_date'),
    ...updatedBetween((plays) => plays('updated-filter.invoices', 'honoured')),
    ...onlyIf((plays) => plays('invoice-filters.unverified', 'honoured'), {
      ...amountBetween('amount', 'amount'),
      invoiceids: numberIn('id'),
      number_like: like('invoice_number'),
    }),
    v3_status: equalsText('v3_status'),
    customerid: equalsNumber('customerid'),
    paid: yes((row) => row['payment_status'] === 'paid'),
    outstanding: yes(open),
    vis_state: equalsNumber('vis_state'),
  },
  includes: {
    lines: 'stored',
    presentation,
    allowed_gateways: () => [],
    owner: (row) => ({ id: row['ownerid'] ?? 1, userid: row['ownerid'] ?? 1 }),
  },
  fields: invoiceFields,
  required: ['customerid', 'create_date'],
  ofClient: (row, clientId) => row['customerid'] === clientId && row['status'] !== 1,
  create: newInvoice,
  update: updateInvoice,
  actions: { action_mark_as_sent: markAsSent, action_email: markAsSent },
  touch: touchInvoice,
  bumpsOnHide: bumpsBySwitch('invoices'),
  ripple,
};
