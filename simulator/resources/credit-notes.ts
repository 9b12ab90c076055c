import { Big } from 'big.js';
import { dayBetween, equalsNumber } from '../accounting/filters.ts';
import { easternDay } from '../eastern-time.ts';
import { amountOf, isRow, type Row, rowsOf, textOf, without } from '../json.ts';
import { money } from '../money.ts';
import { customerOf, fromCustomer } from './customer.ts';
import { invoiceMoney } from './invoice-arithmetic.ts';
import { readLines, replaceLines } from './invoice-lines.ts';
import { nextNumber } from './next-number.ts';
import type { Books, Resource } from './resource.ts';

const blank = {
  credit_type: 'goodwill',
  description: '',
  display_status: 'created',
  dispute_status: null,
  ext_archive: 0,
  language: 'en',
  last_order_status: null,
  notes: '',
  payment_type: null,
  sentid: 1,
  status: 'created',
  template: 'clean-grouped',
  terms: null,
  vat_name: null,
  vat_number: '',
  vis_state: 0,
} as const satisfies Row;

const lineFields = [
  'amount',
  'compounded_tax',
  'description',
  'name',
  'qty',
  'taskno',
  'taxAmount1',
  'taxAmount2',
  'unit_cost',
];

// §3A.5: a line has fewer fields than an invoice's, and null for a tax without a name.
const lineOf = (line: Row, creditid: number): Row => ({
  ...Object.fromEntries(lineFields.map((field) => [field, line[field] ?? null])),
  creditid,
  taxName1: line['taxName1'] || null,
  taxName2: line['taxName2'] || null,
});

const usedOf = (row: Row, books: Books): Big =>
  books
    .rows('payments')
    .where('creditid', row['id'] ?? null)
    .filter((payment) => payment['vis_state'] === 0)
    .reduce((sum, payment) => sum.plus(amountOf(payment, 'amount')), new Big(0));

/** Sets what follows from the lines and from the payments that were made with it. */
export const settleCredit = (row: Row, books: Books): Row => {
  const used = usedOf(row, books);
  const code = textOf(row, 'currency_code');
  const { amount = money(new Big(0), code) } = invoiceMoney({ ...row, discount_value: '0' }, used);
  const whole = used.gt(0) && used.gte(amountOf({ amount }, 'amount'));
  return {
    ...row,
    amount,
    paid: money(used, code),
    payment_status: whole ? 'paid' : used.gt(0) ? 'partial' : 'unpaid',
    description: textOf(rowsOf(row, 'lines')[0] ?? {}, 'name'),
  };
};

const withLines = (row: Row, fields: Row, books: Books): Row => {
  if (fields['lines'] === undefined) return settleCredit(row, books);
  const id = Number(row['id']);
  const owner = { invoiceId: id, code: textOf(row, 'currency_code'), stamp: '' };
  const lines = replaceLines(readLines(fields['lines']), owner).map((line) => lineOf(line, id));
  return settleCredit({ ...row, lines }, books);
};

/** A new credit note (§3A.5); `id` where the payment that made it has named one. Throws errno 1012. */
export const newCreditNote = (fields: Row, books: Books, id = books.nextId('credit_notes')): Row => {
  const customer = customerOf(fields, 'clientid', books);
  const row: Row = {
    ...blank,
    ...fromCustomer(customer),
    credit_number: nextNumber('credit_notes', 'credit_number', books),
    currency_code: textOf(customer, 'currency_code') || books.currency,
    current_organization: textOf(customer, 'organization'),
    lines: [],
    ...without(fields, 'lines'),
    accounting_systemid: books.accountId,
    clientid: Number(customer['id']),
    creditid: id,
    id,
  };
  return withLines(row, fields, books);
};

/** What a payment is too much becomes a credit of the client (§3A.8 overpaymentid), once. */
export const creditOverpayment = (payment: Row, over: Big, books: Books): void => {
  const id = Number(payment['overpaymentid']);
  if (!id || books.rows('credit_notes').get(id)) return;
  const { amount } = payment;
  const fields: Row = {
    clientid: payment['clientid'] ?? null,
    create_date: textOf(payment, 'date') || easternDay(books.at),
    credit_type: 'overpayment',
    currency_code: isRow(amount) ? textOf(amount, 'code') : books.currency,
    lines: [{ name: 'Overpayment', qty: '1', unit_cost: { amount: over.toFixed() } }],
  };
  books.rows('credit_notes').put(newCreditNote(fields, books, id));
};

/** §3A.5: no stamp in the record. */
export const creditNotes: Resource = {
  name: 'credit_notes',
  path: 'credit_notes/credit_notes',
  one: 'credit_note',
  many: 'credit_notes',
  missing: { object: 'credit_note', field: 'creditid', message: 'Credit note not found.' },
  scope: 'credit_notes',
  verbs: ['list', 'get', 'create', 'update'],
  sorts: {},
  filters: {
    clientid: equalsNumber('clientid'),
    vis_state: equalsNumber('vis_state'),
    ...dayBetween('date', 'create_date'),
  },
  includes: { lines: 'stored' },
  fields: {
    clientid: 'int',
    create_date: 'date',
    credit_number: 'text',
    credit_type: 'text',
    currency_code: 'text',
    lines: 'any',
    notes: 'text',
    terms: 'text',
  },
  required: ['clientid', 'create_date'],
  ofClient: (row, clientId) => row['clientid'] === clientId,
  create: (fields, books) => newCreditNote(fields, books),
  update: (row, fields, books) => withLines({ ...row, ...without(fields, 'lines') }, fields, books),
};
