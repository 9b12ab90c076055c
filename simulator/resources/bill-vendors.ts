import { Big } from 'big.js';
import { easternDay, utcStamp } from '../eastern-time.ts';
import { amountOf, type Row, textOf } from '../json.ts';
import { money } from '../money.ts';
import type { Books, Resource } from './resource.ts';

const blank = {
  account_number: '',
  city: '',
  country: '',
  is_1099: false,
  language: 'en',
  note: null,
  outstanding_balance: [],
  overdue_balance: [],
  phone: '',
  postal_code: null,
  primary_contact_email: '',
  primary_contact_first_name: '',
  primary_contact_last_name: '',
  province: '',
  street: '',
  street2: null,
  tax_defaults: [],
  vis_state: 0,
  website: '',
} as const satisfies Row;

const touch = (row: Row, books: Books): Row => ({ ...row, updated_at: utcStamp(books.at) });

/** A new vendor (§3A.15); it has no `id`, and its stamps are UTC (§3.7). */
export const newBillVendor = (fields: Row, books: Books): Row => {
  const vendorid = books.nextId('bill_vendors');
  const created_at = utcStamp(books.at);
  return touch({ ...blank, currency_code: books.currency, ...fields, created_at, vendorid }, books);
};

const balances = (bills: readonly Row[]): readonly Row[] => {
  const sums = new Map<string, Big>();
  for (const bill of bills) {
    const code = textOf(bill, 'currency_code');
    sums.set(code, (sums.get(code) ?? new Big(0)).plus(amountOf(bill, 'outstanding')));
  }
  return [...sums].filter(([, sum]) => !sum.eq(0)).map(([code, sum]) => ({ amount: money(sum, code) }));
};

/** Works out again what is owed to a vendor; that moves no stamp. */
export const resettleVendor = (vendorid: number, books: Books): void => {
  const row = books.rows('bill_vendors').get(vendorid);
  if (!row) return;
  const bills = books
    .rows('bills')
    .where('vendorid', vendorid)
    .filter((bill) => bill['vis_state'] !== 1);
  const today = easternDay(books.at);
  books.rows('bill_vendors').put({
    ...row,
    outstanding_balance: balances(bills),
    overdue_balance: balances(bills.filter((bill) => textOf(bill, 'due_date') < today)),
  });
};

const texts = [
  'account_number',
  'city',
  'country',
  'currency_code',
  'language',
  'note',
  'phone',
  'postal_code',
  'primary_contact_email',
  'primary_contact_first_name',
  'primary_contact_last_name',
  'province',
  'street',
  'street2',
  'vendor_name',
  'website',
];

/** §3A.15: no filter works; without access status 200 and errno 31001. */
export const billVendors: Resource = {
  name: 'bill_vendors',
  path: 'bill_vendors/bill_vendors',
  one: 'bill_vendor',
  many: 'bill_vendors',
  missing: { object: 'bill_vendor', field: 'vendorid', message: 'Bill vendor not found.' },
  scope: 'bill_vendors',
  verbs: ['list', 'get', 'create', 'update'],
  denied: { errno: 31001, message: 'You do not have access to bill vendors.' },
  needs: 'payables',
  sorts: {},
  filters: {},
  includes: {},
  fields: { ...Object.fromEntries(texts.map((field) => [field, 'text'] as const)), is_1099: 'bool' },
  required: ['vendor_name'],
  create: newBillVendor,
  update: (row, fields, books) => touch({ ...row, ...fields }, books),
  touch,
};
