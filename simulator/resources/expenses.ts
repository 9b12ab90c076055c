import { dayBetween, equalsNumber, equalsText, updatedBetween } from '../accounting/filters.ts';
import { Refusal } from '../accounting/refusal.ts';
import { easternStamp, easternVersion } from '../eastern-time.ts';
import { amountOf, isRow, type Row, textOf, without } from '../json.ts';
import { exactMoney } from '../money.ts';
import { bumpsBySwitch } from './bumps-by-switch.ts';
import { postTo } from './expense-categories.ts';
import type { Books, Order, Resource } from './resource.ts';

const blank = {
  account_name: '',
  accountid: null,
  background_jobid: null,
  bank_name: '',
  bill_matches: [],
  billable: false,
  clientid: 0,
  compounded_tax: false,
  converse_projectid: null,
  ext_accountid: null,
  ext_invoiceid: 0,
  ext_systemid: 0,
  from_bulk_import: false,
  has_receipt: false,
  include_receipt: false,
  invoiceid: null,
  is_cogs: false,
  isduplicate: false,
  markup_percent: '0',
  modern_projectid: null,
  notes: '',
  potential_bill_payment: false,
  profileid: null,
  projectid: 0,
  status: 0,
  taxAmount1: null,
  taxAmount2: null,
  taxName1: null,
  taxName2: null,
  taxPercent1: null,
  taxPercent2: null,
  transactionid: null,
  vendor: null,
  vis_state: 0,
} as const satisfies Row;

const categoryOf = (fields: Row, books: Books): Row => {
  const category = books.rows('expense_categories').get(Number(fields['categoryid']));
  if (category) return category;
  const value = textOf(fields, 'categoryid');
  throw new Refusal(404, {
    errno: 1012,
    field: 'categoryid',
    object: 'category',
    value,
    message: 'Category not found.',
  });
};

// Amounts keep the decimals they were sent with: live expenses carry three (§3.6).
const amountsIn = (fields: Row, code: string): Row => {
  const exact = (field: string): Row => {
    const sent = fields[field];
    return isRow(sent) ? { [field]: exactMoney(textOf(sent, 'amount'), textOf(sent, 'code') || code) } : {};
  };
  return { ...exact('amount'), ...exact('taxAmount1'), ...exact('taxAmount2') };
};

const touch = (row: Row, books: Books): Row => ({
  ...row,
  updated: easternStamp(books.at),
  version: easternVersion(books.at, books.micros()),
});

/** A new expense (§3A.6). Throws errno 1012 for an unknown category. */
export const newExpense = (fields: Row, books: Books): Row => {
  const category = categoryOf(fields, books);
  const id = books.nextId('expenses');
  const row = {
    ...blank,
    is_cogs: category['is_cogs'] === true,
    ...without(fields, 'attachment'),
    ...amountsIn(fields, books.currency),
    accounting_systemid: books.accountId,
    expenseid: id,
    id,
  };
  return touch(row, books);
};

const sameness = (row: Row): string =>
  [amountOf(row, 'amount'), row['categoryid'], row['vendor'], row['notes']].join('|');

// §4.4: equal expenses are both accepted, and both turn `isduplicate`; that is worked out, so no stamp moves.
const markDuplicates = (after: Row, books: Books): void => {
  const rows = books.rows('expenses');
  const twins = rows
    .where('date', after['date'] ?? null)
    .filter((row) => row['vis_state'] !== 1 && sameness(row) === sameness(after));
  if (twins.length < 2) return;
  for (const twin of twins) if (twin['isduplicate'] !== true) rows.put({ ...twin, isduplicate: true });
};

const ripple = (before: Row | undefined, after: Row | undefined, books: Books): void => {
  if (!after) return;
  if (!before) markDuplicates(after, books);
  if (before?.['categoryid'] !== after['categoryid']) postTo(Number(after['categoryid']), books);
};

// §3.4: by date, newest first.
const byDate: Order = (a, b) =>
  textOf(b, 'date').localeCompare(textOf(a, 'date')) || Number(b['id']) - Number(a['id']);

const included = (row: Row, books: Books): Row | null => {
  const category = books.rows('expense_categories').get(Number(row['categoryid']));
  return category ? without(category, 'transaction_posted') : null;
};

/** §3A.6 */
export const expenses: Resource = {
  name: 'expenses',
  path: 'expenses/expenses',
  one: 'expense',
  many: 'expenses',
  missing: { object: 'expense', field: 'expenseid', message: 'Expense not found.' },
  scope: 'expenses',
  verbs: ['list', 'get', 'create', 'update'],
  order: byDate,
  sorts: {},
  filters: {
    clientid: equalsNumber('clientid'),
    projectid: equalsNumber('projectid'),
    categoryid: equalsNumber('categoryid'),
    vendor: equalsText('vendor'),
    vis_state: equalsNumber('vis_state'),
    ...dayBetween('date', 'date'),
    ...updatedBetween((plays) => plays('updated-filter.expenses', 'honoured')),
  },
  includes: {
    attachment: () => null,
    category: included,
    expense_profile: () => null,
    project: () => null,
  },
  fields: {
    account_name: 'text',
    amount: 'money',
    bank_name: 'text',
    billable: 'bool',
    categoryid: 'int',
    clientid: 'int',
    compounded_tax: 'bool',
    date: 'date',
    ext_invoiceid: 'int',
    ext_systemid: 'int',
    has_receipt: 'bool',
    include_receipt: 'bool',
    invoiceid: 'int',
    markup_percent: 'decimal',
    notes: 'text',
    profileid: 'int',
    projectid: 'int',
    staffid: 'int',
    taxAmount1: 'money',
    taxAmount2: 'money',
    taxName1: 'text',
    taxName2: 'text',
    taxPercent1: 'decimal',
    taxPercent2: 'decimal',
    transactionid: 'int',
    vendor: 'text',
  },
  required: ['amount', 'categoryid', 'staffid', 'date'],
  create: newExpense,
  update: (row, fields, books) => {
    if (fields['categoryid'] !== undefined) categoryOf(fields, books);
    return touch({ ...row, ...fields, ...amountsIn(fields, books.currency) }, books);
  },
  touch,
  bumpsOnHide: bumpsBySwitch('expenses'),
  ripple,
};
