import { accounting, type Resource, resource, undated } from './resource.ts';
import { journalAccounts, ledgerAccounts } from './types/accounts.ts';
import { billPayments } from './types/bill-payments.ts';
import { billVendors } from './types/bill-vendors.ts';
import { bills } from './types/bills.ts';
import { clientSecrets, clients } from './types/clients.ts';
import { creditNotes } from './types/credit-notes.ts';
import { estimates } from './types/estimates.ts';
import { expenseCategories } from './types/expense-categories.ts';
import { expenseSummaries } from './types/expense-summaries.ts';
import { expenses } from './types/expenses.ts';
import { invoiceProfiles } from './types/invoice-profiles.ts';
import { invoices } from './types/invoices.ts';
import { items } from './types/items.ts';
import { journalDetails } from './types/journal-details.ts';
import { gateways, paymentOptions } from './types/online-payments.ts';
import { otherIncome } from './types/other-income.ts';
import { payments } from './types/payments.ts';
import { businessPeople, staff, staffSecrets, teamMemberRates, teamMembers } from './types/people.ts';
import { projects } from './types/projects.ts';
import { retainers } from './types/retainers.ts';
import { serviceRates, services } from './types/services.ts';
import { systems } from './types/systems.ts';
import { tasks } from './types/tasks.ts';
import { taxes } from './types/taxes.ts';
import { usersMe } from './types/users-me.ts';

/** Every resource that is read: one row here is all there is to add one. */
export const catalog = {
  clients: accounting('users/clients', {
    plural: 'clients',
    singular: 'client',
    scope: 'clients',
    keys: ['id', 'userid'],
    includes: ['contacts'],
    archives: true,
    secrets: clientSecrets,
    ...clients,
  }),
  invoices: accounting('invoices/invoices', {
    plural: 'invoices',
    singular: 'invoice',
    scope: 'invoices',
    keys: ['id', 'invoiceid'],
    includes: ['lines'],
    movedBy: { resource: 'payments', owner: 'invoiceid' },
    ...invoices,
  }),
  invoice_profiles: accounting('invoice_profiles/invoice_profiles', {
    plural: 'invoice_profiles',
    singular: 'invoice_profile',
    scope: 'invoices',
    keys: ['id', 'profileid'],
    includes: ['lines'],
    ...invoiceProfiles,
  }),
  payments: accounting('payments/payments', {
    plural: 'payments',
    singular: 'payment',
    scope: 'payments',
    keys: ['id', 'logid'],
    ...payments,
  }),
  payment_options: resource({
    family: 'payments',
    path: 'payment_options?entity_type=invoice',
    plural: 'payment_options',
    singular: 'payment_options',
    scope: 'online_payments',
    keys: ['entity_id', 'entity_type'],
    changes: 'single',
    ...paymentOptions,
  }),
  gateways: resource({
    family: 'payments',
    path: 'gateway',
    plural: 'gateway_connections',
    singular: 'gateway_connection',
    scope: 'online_payments',
    keys: ['id', 'gateway'],
    ...gateways,
  }),
  credit_notes: undated('credit_notes/credit_notes', {
    plural: 'credit_notes',
    singular: 'credit_note',
    scope: 'credit_notes',
    keys: ['id', 'creditid'],
    includes: ['lines'],
    ...creditNotes,
  }),
  estimates: accounting('estimates/estimates', {
    plural: 'estimates',
    singular: 'estimate',
    scope: 'estimates',
    keys: ['id', 'estimateid'],
    includes: ['lines'],
    ...estimates,
  }),
  expenses: accounting('expenses/expenses', {
    plural: 'expenses',
    singular: 'expense',
    scope: 'expenses',
    keys: ['id', 'expenseid'],
    ...expenses,
  }),
  expense_categories: accounting('expenses/categories', {
    plural: 'categories',
    singular: 'category',
    scope: 'expenses',
    keys: ['id', 'categoryid'],
    changes: 'full',
    ...expenseCategories,
  }),
  expense_summaries: accounting('expenses/summaries', {
    plural: 'summaries',
    singular: 'summary',
    scope: 'expenses',
    changes: 'full',
    unpaged: true,
    ...expenseSummaries,
  }),
  bills: undated('bills/bills', {
    plural: 'bills',
    singular: 'bill',
    scope: 'bills',
    feature: 'accounts_payable.access',
    includes: ['lines'],
    ...bills,
  }),
  bill_payments: undated('bill_payments/bill_payments', {
    plural: 'bill_payments',
    singular: 'bill_payment',
    scope: 'bill_payments',
    feature: 'accounts_payable.access',
    ...billPayments,
  }),
  bill_vendors: undated('bill_vendors/bill_vendors', {
    plural: 'bill_vendors',
    singular: 'bill_vendor',
    scope: 'bill_vendors',
    feature: 'accounts_payable.access',
    keys: ['vendorid', 'id'],
    optional: true,
    ...billVendors,
  }),
  items: undated('items/items', {
    plural: 'items',
    singular: 'item',
    scope: 'billable_items',
    keys: ['id', 'itemid'],
    ...items,
  }),
  services: resource({
    family: 'comments',
    path: 'services',
    plural: 'services',
    singular: 'service',
    scope: 'billable_items',
    ...services,
  }),
  service_rates: resource({
    family: 'comments',
    path: 'service_rates',
    plural: 'service_rates',
    singular: 'service_rate',
    scope: 'billable_items',
    keys: ['service_id', 'id'],
    optional: true,
    ...serviceRates,
  }),
  tasks: undated('projects/tasks', {
    plural: 'tasks',
    singular: 'task',
    scope: 'billable_items',
    keys: ['id', 'taskid'],
    ...tasks,
  }),
  taxes: accounting('taxes/taxes', {
    plural: 'taxes',
    singular: 'tax',
    scope: 'taxes',
    keys: ['taxid', 'id'],
    changes: 'full',
    ...taxes,
  }),
  other_income: accounting('other_incomes/other_incomes', {
    plural: 'other_income',
    singular: 'other_income',
    scope: 'other_income',
    keys: ['incomeid', 'id'],
    changes: 'full',
    ...otherIncome,
  }),
  journal_entry_details: accounting('journal_entries/journal_entry_details', {
    plural: 'journal_entry_details',
    singular: 'journal_entry_detail',
    scope: 'journal_entries',
    feature: 'advanced_accounting.access',
    keys: ['id', 'detailid'],
    changes: 'full',
    ...journalDetails,
  }),
  journal_entry_accounts: accounting('journal_entry_accounts/journal_entry_accounts', {
    plural: 'journal_entry_accounts',
    singular: 'journal_entry_account',
    scope: 'journal_entries',
    feature: 'advanced_accounting.access',
    keys: ['id', 'accountid'],
    changes: 'full',
    ...journalAccounts,
  }),
  ledger_accounts: resource({
    family: 'ledger',
    path: 'ledger_accounts/accounts',
    plural: 'data',
    singular: 'data',
    scope: 'journal_entries',
    feature: 'advanced_accounting.access',
    keys: ['uuid'],
    optional: true,
    ...ledgerAccounts,
  }),
  projects: resource({
    family: 'projects',
    path: 'projects',
    plural: 'projects',
    singular: 'project',
    scope: 'projects',
    goneWhen: 'inactive',
    ...projects,
  }),
  retainers: resource({
    family: 'comments',
    path: 'retainers',
    plural: 'retainers',
    singular: 'retainer',
    scope: 'retainers',
    feature: 'retainers_feature.access',
    goneWhen: 'inactive',
    ...retainers,
  }),
  team_members: resource({
    family: 'auth',
    path: 'businesses/{businessId}/team_members',
    plural: 'response',
    singular: 'response',
    scope: 'teams',
    keys: ['uuid'],
    ...teamMembers,
  }),
  team_member_rates: resource({
    family: 'comments',
    path: 'team_member_rates',
    plural: 'team_member_rates',
    singular: 'team_member_rate',
    scope: 'teams',
    keys: ['identity_id'],
    optional: true,
    ...teamMemberRates,
  }),
  staff: accounting('users/staffs', {
    plural: 'staffs',
    alsoPlural: 'staff',
    singular: 'staff',
    scope: 'teams',
    keys: ['id', 'userid'],
    changes: 'full',
    secrets: staffSecrets,
    ...staff,
  }),
  business: resource({
    family: 'auth',
    path: 'users/business/{businessId}',
    plural: 'response',
    singular: 'response',
    scope: 'business',
    changes: 'single',
    optional: true,
    ...businessPeople,
  }),
  systems: accounting('systems/systems/{systemId}', {
    plural: 'systems',
    singular: 'system',
    scope: 'business',
    keys: ['id', 'systemid'],
    changes: 'single',
    optional: true,
    ...systems,
  }),
  users_me: resource({
    family: 'auth',
    path: 'users/me',
    plural: 'users',
    singular: 'user',
    scope: 'profile',
    changes: 'single',
    ...usersMe,
  }),
} as const satisfies Record<string, Resource>;

export type ResourceName = keyof typeof catalog;

export function isResource(name: string): name is ResourceName {
  return Object.hasOwn(catalog, name);
}
