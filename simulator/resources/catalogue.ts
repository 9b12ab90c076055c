import { billPayments } from './bill-payments.ts';
import { billVendors } from './bill-vendors.ts';
import { bills } from './bills.ts';
import { clients } from './clients.ts';
import { creditNotes } from './credit-notes.ts';
import { estimates } from './estimates.ts';
import { expenseCategories } from './expense-categories.ts';
import { expenses } from './expenses.ts';
import { invoiceProfiles } from './invoice-profiles.ts';
import { invoices } from './invoices.ts';
import { items } from './items.ts';
import { journalEntryAccounts, journalEntryDetails } from './journal.ts';
import { otherIncome } from './other-income.ts';
import { payments } from './payments.ts';
import type { Resource } from './resource.ts';
import { staff } from './staff.ts';
import { systems } from './systems.ts';
import { tasks } from './tasks.ts';
import { taxes } from './taxes.ts';

/** Every accounting resource that is served; a new one is a file and a row here. */
export const catalogue: readonly Resource[] = [
  clients,
  invoices,
  payments,
  taxes,
  expenses,
  expenseCategories,
  systems,
  creditNotes,
  items,
  bills,
  billPayments,
  billVendors,
  otherIncome,
  estimates,
  invoiceProfiles,
  tasks,
  staff,
  journalEntryDetails,
  journalEntryAccounts,
];
