import { Big } from 'big.js';
import { equalsNumber, equalsText, numberIn, textIn } from '../accounting/filters.ts';
import { Refusal } from '../accounting/refusal.ts';
import { addDays, easternDay, utcStamp } from '../eastern-time.ts';
import { amountOf, type Row, rowsOf, textOf, without } from '../json.ts';
import { money } from '../money.ts';
import { billLines, lineTax } from './bill-lines.ts';
import { resettleVendor } from './bill-vendors.ts';
import type { Books, Resource } from './resource.ts';

const blank = {
  attachment: null,
  bill_number: '',
  due_offset_days: 30,
  language: 'en',
  lines: [],
  vis_state: 0,
} as const satisfies Row;

const zero = new Big(0);

const vendorOf = (fields: Row, books: Books): Row => {
  const vendor = books.rows('bill_vendors').get(Number(fields['vendorid']));
  if (vendor) return vendor;
  const value = textOf(fields, 'vendorid');
  const message = 'Bill vendor not found.';
  throw new Refusal(404, { errno: 1012, field: 'vendorid', object: 'bill_vendor', value, message });
};

const paymentsOf = (row: Row, books: Books): readonly Row[] =>
  books.rows('bill_payments').where('billid', row['id'] ?? null);

const statusOf = (paid: Big, total: Big, dueDate: string, today: string): string => {
  if (paid.gt(0) && paid.gte(total)) return 'paid';
  if (dueDate < today) return 'overdue';
  return paid.gt(0) ? 'partial' : 'unpaid';
};

/** Sets what follows from lines, dates and payments. */
const settleBill = (row: Row, books: Books): Row => {
  const code = textOf(row, 'currency_code');
  const lines = rowsOf(row, 'lines');
  const net = lines.reduce((sum, line) => sum.plus(amountOf(line, 'amount')), zero);
  const tax = lines.reduce((sum, line) => sum.plus(lineTax(line)), zero);
  const total = net.plus(tax);
  const paid = paymentsOf(row, books)
    .filter((payment) => payment['vis_state'] === 0)
    .reduce((sum, payment) => sum.plus(amountOf(payment, 'amount')), zero);
  const dueDate = addDays(textOf(row, 'issue_date'), Number(row['due_offset_days'] ?? 0));
  const [first = {}] = lines;
  return {
    ...row,
    amount: money(net, code),
    due_date: dueDate,
    outstanding: money(total.minus(paid), code),
    overall_category: textOf(first, 'category'),
    overall_description: textOf(first, 'description'),
    paid: money(paid, code),
    status: statusOf(paid, total, dueDate, easternDay(books.at)),
    tax_amount: money(tax, code),
    total_amount: money(total, code),
  };
};

const touch = (row: Row, books: Books): Row => ({ ...row, updated_at: utcStamp(books.at) });

const withLines = (row: Row, fields: Row, books: Books): Row =>
  fields['lines'] === undefined
    ? row
    : { ...row, lines: billLines(fields['lines'], textOf(row, 'currency_code'), books) };

/** A new bill (§3A.13); its stamps are UTC (§3.7). Throws errno 1012 for an unknown vendor or category. */
export const newBill = (fields: Row, books: Books): Row => {
  const vendor = vendorOf(fields, books);
  const id = books.nextId('bills');
  const currency_code = textOf(vendor, 'currency_code') || books.currency;
  const written = {
    ...blank,
    currency_code,
    ...without(fields, 'lines'),
    created_at: utcStamp(books.at),
    id,
  };
  return touch(settleBill(withLines(written, fields, books), books), books);
};

/** Works a bill and what its vendor is owed out again after a payment changed. */
export const resettleBill = (billid: number, books: Books): void => {
  const row = books.rows('bills').get(billid);
  if (!row) return;
  books.rows('bills').put(touch(settleBill(row, books), books));
  resettleVendor(Number(row['vendorid']), books);
};

/** §3A.13: no filter by date; without the plan or the access status 200 and errno 41001. */
export const bills: Resource = {
  name: 'bills',
  path: 'bills/bills',
  one: 'bill',
  many: 'bills',
  missing: { object: 'bill', field: 'billid', message: 'Bill not found.' },
  scope: 'bills',
  verbs: ['list', 'get', 'create', 'update'],
  denied: { errno: 41001, message: 'You do not have access to bills.' },
  needs: 'payables',
  sorts: {},
  filters: {
    vendorid: equalsNumber('vendorid'),
    statuses: textIn('status'),
    currency_code: equalsText('currency_code'),
    ids: numberIn('id'),
    vis_state: equalsNumber('vis_state'),
  },
  includes: {
    lines: 'stored',
    bill_payments: paymentsOf,
    vendor: (row, books) => books.rows('bill_vendors').get(Number(row['vendorid'])) ?? null,
  },
  unasked: ({ plays }) => (plays('bill-lines', 'always') ? ['lines', 'bill_payments'] : []),
  fields: {
    bill_number: 'text',
    currency_code: 'text',
    due_date: 'read-only',
    due_offset_days: 'int',
    issue_date: 'date',
    language: 'text',
    lines: 'any',
    vendorid: 'int',
  },
  required: ['vendorid', 'issue_date'],
  create: newBill,
  update: (row, fields, books) => {
    const merged = { ...row, ...without(fields, 'lines') };
    vendorOf(merged, books);
    return touch(settleBill(withLines(merged, fields, books), books), books);
  },
  touch,
  ripple: (before, after, books) => {
    for (const row of [before, after]) if (row) resettleVendor(Number(row['vendorid']), books);
  },
};
