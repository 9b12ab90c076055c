import type { reports } from './reports.ts';
import type { ReportName } from './reports-read.ts';

/** What FreshBooks has beside the catalogue: `why` it is not read, and where it is, as far as that is known. */
type NotRead = { path?: string; scope?: string; why: string };

const unasked = 'Its scope is not among those that are asked for.';
const unseen = 'What a row of it has was never seen or documented.';

/** Lists, rows and actions that are not read. Those that recordings are of are called as these are. */
export const notRead: Readonly<Record<string, NotRead>> = {
  invitation_rates: {
    path: '/comments/business/{businessId}/invitation_rates',
    scope: 'teams',
    why: `Rates of people who have not joined yet. ${unseen}`,
  },
  expense_profiles: {
    path: '/accounting/account/{accountId}/expense_profiles/expense_profiles',
    scope: 'expenses',
    why: `Templates of expenses; the expenses that come of them are read. ${unseen}`,
  },
  expense_vendors: {
    path: '/accounting/account/{accountId}/expenses/vendors',
    scope: 'expenses',
    why: 'The names that are on the expenses themselves, without an id.',
  },
  journal_entries: {
    path: '/accounting/account/{accountId}/journal_entries/journal_entries',
    scope: 'journal_entries',
    why: 'Where entries are written. They are read line by line: `journal_entry_details`.',
  },
  invoice_share_link: {
    path: '/accounting/account/{accountId}/invoices/invoices/{id}/share_link',
    scope: 'invoices',
    why: 'Whoever has the link sees the invoice, so that it is a credential and none of ours to keep.',
  },
  uploads: { why: 'Pictures and receipts. There is no list of them: each is had with a token of its own.' },
  time_entries: {
    path: '/timetracking/business/{businessId}/time_entries',
    scope: 'time_entries',
    why: unasked,
  },
  timers: { path: '/timetracking/business/{businessId}/timers', scope: 'time_entries', why: unasked },
  notifications: { scope: 'notifications', why: 'FreshBooks has no public address for them.' },
  callbacks: {
    path: '/events/account/{accountId}/events/callbacks',
    why: 'What this installation registers itself, to be told of changes.',
  },
  oauth_token: { path: '/auth/oauth/token', why: 'The consent itself: no data of the books.' },
  report_account_statement: {
    path: '/accounting/account/{accountId}/reports/accounting/account_statement',
    scope: 'reports',
    why: 'Of one client at a time, with parameters that are not documented. Its figures follow from invoices, payments and credit notes.',
  },
  report_bank_reconciliation_summary: {
    path: '/accounting/account/{accountId}/reports/accounting/bank_reconciliation_summary',
    scope: 'reports',
    why: 'Of one bank account at a time, with parameters that are not documented.',
  },
  report_cash_flow: {
    scope: 'reports',
    why: 'Its address is not documented. `cashFlowStatement` is added up from the journal.',
  },
  report_general_ledger: {
    scope: 'reports',
    why: 'Its address is not documented. The journal is read line by line.',
  },
  report_manual_journal_entries: {
    scope: 'reports',
    why: 'Its address is not documented. The journal is read line by line.',
  },
  report_time_entry_details: { scope: 'time_entries', why: unasked },
};

/** Reports whose address and body are known, and that no run reads. */
export const reportsNotRead: Readonly<Record<Exclude<keyof typeof reports, ReportName>, string>> = {
  invoice_details: 'the invoices one by one, which `invoices` has',
  expense_details: 'the expenses one by one, which `expenses` has',
  revenue_by_client:
    'asked for by invoiced or by collected sales; both follow from `invoices` and `payments`',
  item_sales: 'follows from the lines of `invoices`',
  profit_and_loss: 'the same figures as `profitloss_entity`, and for some businesses under another name',
  chart_of_accounts: 'the accounts that `ledger_accounts` has, with what moved, which the journal has',
};
