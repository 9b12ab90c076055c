import { Big } from 'big.js';
import { equalsNumber, updatedBetween } from '../accounting/filters.ts';
import { Refusal } from '../accounting/refusal.ts';
import { easternDay, easternStamp } from '../eastern-time.ts';
import { type Row, textOf, without } from '../json.ts';
import { customerOf, fromCustomer } from './customer.ts';
import { invoiceMoney } from './invoice-arithmetic.ts';
import { readLines, replaceLines } from './invoice-lines.ts';
import type { Books, Resource } from './resource.ts';

const blank = {
  address: '',
  auto_bill: false,
  bill_gateway: null,
  description: '',
  disable: false,
  discount_value: '0',
  due_offset_days: 0,
  ext_archive: null,
  frequency: 'm',
  include_unbilled_time: false,
  language: 'en',
  notes: '',
  numberRecurring: 0,
  occurrences_to_date: 0,
  ownerid: 1,
  payment_details: '',
  po_number: null,
  require_auto_bill: false,
  retainer_id: null,
  send_email: true,
  send_gmail: false,
  terms: null,
  total_accrued_revenue: null,
  vat_name: null,
  vat_number: '',
  vis_state: 0,
} as const satisfies Row;

const zero = { amount: '0', code: '' };

const settle = (row: Row, fields: Row, books: Books): Row => {
  const id = Number(row['id']);
  const owner = { invoiceId: id, code: textOf(row, 'currency_code'), stamp: easternStamp(books.at) };
  const lines =
    fields['lines'] === undefined
      ? (row['lines'] ?? [])
      : replaceLines(readLines(fields['lines']), owner).map((line) => ({
          ...without(line, 'invoiceid'),
          profileid: id,
        }));
  const { amount = zero, discount_total = zero } = invoiceMoney({ ...row, lines }, new Big(0));
  return { ...row, amount, discount_total, lines };
};

const touch = (row: Row, books: Books): Row => ({ ...row, updated: easternStamp(books.at) });

// §3A.3: the next issue must not be in the past.
const refusePast = (fields: Row, books: Books): void => {
  const value = textOf(fields, 'create_date');
  if (value === '' || value >= easternDay(books.at)) return;
  const message = 'The date of a recurring profile must be today or later.';
  throw new Refusal(422, { errno: 16003, field: 'create_date', object: 'invoice_profile', value, message });
};

/** A new recurring template (§3A.3), whatever its date. Throws errno 1012 for an unknown customer. */
export const newInvoiceProfile = (fields: Row, books: Books): Row => {
  const customer = customerOf(fields, 'customerid', books);
  const id = books.nextId('invoice_profiles');
  const row: Row = {
    ...blank,
    ...fromCustomer(customer),
    currency_code: textOf(customer, 'currency_code') || books.currency,
    ...without(fields, 'lines'),
    accounting_systemid: books.accountId,
    customerid: Number(customer['id']),
    id,
    profileid: id,
  };
  return touch(settle(row, fields, books), books);
};

/** §3A.3 */
export const invoiceProfiles: Resource = {
  name: 'invoice_profiles',
  path: 'invoice_profiles/invoice_profiles',
  one: 'invoice_profile',
  many: 'invoice_profiles',
  missing: { object: 'invoice_profile', field: 'profileid', message: 'Invoice profile not found.' },
  scope: 'invoices',
  verbs: ['list', 'get', 'create', 'update'],
  sorts: {},
  filters: {
    vis_state: equalsNumber('vis_state'),
    ...updatedBetween((plays) => plays('updated-filter.others', 'honoured')),
  },
  includes: { lines: 'stored' },
  fields: {
    create_date: 'date',
    currency_code: 'text',
    customerid: 'int',
    disable: 'bool',
    discount_value: 'percent',
    due_offset_days: 'int',
    frequency: 'text',
    lines: 'any',
    notes: 'text',
    numberRecurring: 'int',
    terms: 'text',
  },
  required: ['customerid', 'create_date', 'frequency'],
  create: (fields, books) => {
    refusePast(fields, books);
    return newInvoiceProfile(fields, books);
  },
  update: (row, fields, books) => {
    refusePast(fields, books);
    return touch(settle({ ...row, ...without(fields, 'lines') }, fields, books), books);
  },
  touch,
};
