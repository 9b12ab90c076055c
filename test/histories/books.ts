import { isRow, type Json, type Row } from '../../simulator/json.ts';
import { type Kind, rowsUnder, tiny } from './kinds.ts';

// What is read of FreshBooks' books, and what people write in to change it.

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

const chart = ['journal_entry_accounts', 'ledger_accounts'] as const;
const journal = ['journal_entry_details', ...chart] as const;
const posted = ['invoices', 'payments', 'expenses', 'bills', 'bill_payments', 'other_income'] as const;

/** Each unified type. */
export const served: Readonly<Record<string, Served>> = {
  company: { reads: ['users_me', 'systems'], written: ['clients'] },
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
    written: ['items', 'tasks', 'taxes', 'services', 'service_rates'],
  },
  journalEntries: {
    reads: ['journal_entry_details'],
    written: [...posted, 'credit_notes'],
  },
  chartOfAccounts: { reads: chart, written: ['invoices', 'bills', 'other_income', 'taxes'] },
  directIncomes: {
    resource: 'other_income',
    amount: 'amount',
    reads: ['other_income', 'taxes'],
    written: ['other_income', 'taxes'],
  },
  profitAndLoss: { reads: ['profitloss_entity', ...journal], written: posted },
  balanceSheet: { reads: ['balance_sheet', ...journal], written: posted },
  cashFlowStatement: { reads: journal, written: posted },
};
export const typeNames: readonly string[] = Object.keys(served);

/** Each resource that no unified type is made of, and what people write in to change it. */
export const rawOnly: Readonly<Record<string, readonly Kind[]>> = {
  invoice_profiles: ['invoice_profiles', 'clients'],
  estimates: ['estimates', 'clients'],
  expense_summaries: ['expenses'],
  projects: ['projects'],
  retainers: ['retainers', 'clients'],
  staff: ['staff'],
  team_members: ['staff'],
  team_member_rates: ['staff'],
  business: ['staff'],
  payment_options: [],
  gateways: [],
  accounts_aging: ['invoices', 'payments'],
  payments_collected: ['payments'],
  trial_balance: ['expenses', 'payments'],
  taxsummary: ['invoices'],
};
export const rawNames: readonly string[] = Object.keys(rawOnly);

const report = `/accounting/account/${tiny.accountId}/reports/accounting`;
const yearsBefore =
  (years: number) =>
  (today: string): string =>
    String(Number(today.slice(0, 4)) - years);
const monthBefore = (today: string): string =>
  new Date(Date.UTC(Number(today.slice(0, 4)), Number(today.slice(5, 7)) - 2)).toISOString().slice(0, 10);

/**
 * Reports: where each is asked for, and from which day on what is as of a day is kept right; `others` where that is
 * another day for what was asked in a currency.
 */
type Report = { path: string; since: (today: string) => string; others?: (today: string) => string };
export const reports: Readonly<Record<string, Report>> = {
  profitloss_entity: { path: `${report}/profitloss_entity`, since: yearsBefore(2) },
  balance_sheet: { path: `${report}/balance_sheet`, since: yearsBefore(2), others: yearsBefore(0) },
  accounts_aging: { path: `${report}/accounts_aging`, since: (today) => today },
  payments_collected: { path: `${report}/payments_collected`, since: monthBefore },
  trial_balance: { path: `${report}/trial_balance`, since: yearsBefore(0) },
  taxsummary: { path: `${report}/taxsummary`, since: yearsBefore(0) },
};

type Shown = { path: string; rows: (reply: Json) => Row[] };
const under =
  (key: string) =>
  (reply: Json): Row[] =>
    rowsUnder(reply, key);

/** Of these FreshBooks keeps no rows that could be looked at: what it answers its owner is what there is. */
export const shown: Readonly<Record<string, Shown>> = {
  team_members: {
    path: `/auth/api/v1/businesses/${tiny.businessId}/team_members?per_page=100`,
    rows: under('response'),
  },
  team_member_rates: {
    path: `/comments/business/${tiny.businessId}/team_member_rates`,
    rows: under('team_member_rates'),
  },
  expense_summaries: {
    path: `/accounting/account/${tiny.accountId}/expenses/summaries`,
    rows: (reply) => under('summaries')(resultIn(reply)),
  },
  business: { path: `/auth/api/v1/users/business/${tiny.businessId}`, rows: under('response') },
  users_me: { path: '/auth/api/v1/users/me', rows: membership },
  payment_options: {
    path: `/payments/account/${tiny.accountId}/payment_options?entity_type=invoice`,
    rows: under('payment_options'),
  },
  gateways: { path: `/payments/account/${tiny.accountId}/gateway`, rows: connections },
  ledger_accounts: {
    path: `/accounting/businesses/${tiny.businessUuid}/ledger_accounts/accounts`,
    rows: under('data'),
  },
};

function resultIn(reply: Json): Json {
  const [response = {}] = rowsUnder(reply, 'response');
  return response['result'] ?? null;
}

/** Of a person only the business and the role in it are anybody's matter. */
function membership(reply: Json): Row[] {
  const [person = {}] = rowsUnder(reply, 'response');
  return rowsUnder(person, 'business_memberships').flatMap(({ role, business }) =>
    isRow(business) && String(business['id']) === tiny.businessId
      ? [{ id: tiny.businessId, role: role ?? null, business }]
      : [],
  );
}

/** Connections come in one object, by the gateway's name. */
function connections(reply: Json): Row[] {
  return rowsUnder(reply, 'gateway_connections').flatMap((named) =>
    Object.entries(named).flatMap(([gateway, row]) => (isRow(row) ? [{ gateway, ...row }] : [])),
  );
}
