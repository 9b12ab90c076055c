import type { Row } from '../../simulator/json.ts';

// What there is to write in FreshBooks' books and what is read of it: facts of its documentation, none of the sync's.

/** What people write: where, what a row is called there, and how one is deleted. */
export const kinds = {
  clients: { path: 'users/clients', one: 'client', deletedBy: 'state' },
  invoices: { path: 'invoices/invoices', one: 'invoice', deletedBy: 'state' },
  payments: { path: 'payments/payments', one: 'payment', deletedBy: 'state' },
  expenses: { path: 'expenses/expenses', one: 'expense', deletedBy: 'state' },
  taxes: { path: 'taxes/taxes', one: 'tax', deletedBy: 'removal' },
  credit_notes: { path: 'credit_notes/credit_notes', one: 'credit_note', deletedBy: 'state' },
  bills: { path: 'bills/bills', one: 'bill', deletedBy: 'state' },
  bill_payments: { path: 'bill_payments/bill_payments', one: 'bill_payment', deletedBy: 'state' },
  bill_vendors: { path: 'bill_vendors/bill_vendors', one: 'bill_vendor', deletedBy: 'state' },
  items: { path: 'items/items', one: 'item', deletedBy: 'state' },
  tasks: { path: 'projects/tasks', one: 'task', deletedBy: 'state' },
  other_income: { path: 'other_incomes/other_incomes', one: 'other_income', deletedBy: 'removal' },
} as const;
export type Kind = keyof typeof kinds;
export const kindNames: readonly Kind[] = Object.keys(kinds).filter((name): name is Kind => name in kinds);

type Served = {
  /** What its records are made of one by one; none where they are made of many. */
  resource?: string;
  /** The field of the row that the record's total is. */
  amount?: string;
  /** Resources that are held for it. */
  reads: readonly string[];
  /** What people write in to change it. */
  written: readonly Kind[];
};

/** Each unified type. */
export const served: Readonly<Record<string, Served>> = {
  company: { reads: [], written: ['clients'] },
  customers: { resource: 'clients', reads: ['clients'], written: ['clients'] },
  invoices: {
    resource: 'invoices',
    amount: 'amount',
    reads: ['invoices', 'payments', 'taxes'],
    written: ['invoices', 'payments', 'clients', 'taxes'],
  },
  payments: {
    resource: 'payments',
    amount: 'amount',
    reads: ['payments'],
    written: ['payments', 'invoices'],
  },
  taxRates: {
    resource: 'taxes',
    reads: ['taxes', 'invoices', 'expenses', 'credit_notes', 'bills', 'items', 'tasks', 'other_income'],
    written: ['taxes', 'invoices', 'expenses', 'items'],
  },
  directCosts: {
    resource: 'expenses',
    amount: 'amount',
    reads: ['expenses', 'expense_categories', 'taxes', 'bill_vendors'],
    written: ['expenses', 'taxes', 'bill_vendors'],
  },
  trackingCategories: {
    resource: 'expense_categories',
    reads: ['expense_categories'],
    written: ['expenses'],
  },
  creditNotes: {
    resource: 'credit_notes',
    amount: 'amount',
    reads: ['credit_notes', 'payments', 'taxes'],
    written: ['credit_notes', 'payments', 'clients'],
  },
  bills: {
    resource: 'bills',
    amount: 'total_amount',
    reads: ['bills', 'bill_payments', 'bill_vendors', 'taxes'],
    written: ['bills', 'bill_payments', 'bill_vendors'],
  },
  billPayments: {
    resource: 'bill_payments',
    amount: 'amount',
    reads: ['bill_payments', 'bills', 'bill_vendors'],
    written: ['bill_payments', 'bills'],
  },
  suppliers: {
    reads: ['bill_vendors', 'expenses', 'bills'],
    written: ['bill_vendors', 'bills', 'expenses'],
  },
  items: {
    reads: ['items', 'services', 'service_rates', 'tasks', 'taxes'],
    written: ['items', 'tasks', 'taxes'],
  },
  journalEntries: {
    reads: ['journal_entry_details'],
    written: ['invoices', 'payments', 'expenses', 'bills', 'bill_payments', 'other_income', 'credit_notes'],
  },
  chartOfAccounts: { reads: ['journal_entry_accounts'], written: ['invoices', 'bills', 'other_income'] },
  directIncomes: {
    resource: 'other_income',
    amount: 'amount',
    reads: ['other_income', 'taxes'],
    written: ['other_income', 'taxes'],
  },
};
export const typeNames: readonly string[] = Object.keys(served);

/** A row's key, as its resource names it. */
export function keyOf(row: Row): string {
  return String(row['id'] ?? row['incomeid'] ?? row['vendorid'] ?? row['service_id']);
}

export function isDeletedRow(row: Row): boolean {
  return row['vis_state'] === 1;
}
