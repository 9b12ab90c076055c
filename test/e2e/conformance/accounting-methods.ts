import { expect } from '@jest/globals';
import type { Clients, Method } from './clients.ts';
import { listedMethods } from './listed-methods.ts';
import { reportMethods } from './report-methods.ts';
import { amountOf, type SourceRow, sourceRows } from './source-rows.ts';

const idOf = (row: SourceRow) => String(row['id']);
const amount = (row: SourceRow) => amountOf(row['amount']);

const sales: readonly Method[] = [
  ...listedMethods({
    name: 'customers',
    list: async ({ accounting }, wish) => (await accounting.customers.list(wish)).customers,
    get: async ({ accounting }, { companyId }, customerId) =>
      (await accounting.customers.get({ companyId, customerId })).customer,
    source: { path: 'users/clients', key: 'clients', id: idOf, value: (row) => row['email'] },
    value: ({ emailAddress }) => emailAddress ?? '',
    only: true,
  }),
  ...listedMethods({
    name: 'invoices',
    list: async ({ accounting }, wish) => (await accounting.invoices.list(wish)).invoices,
    get: async ({ accounting }, { companyId }, invoiceId) =>
      (await accounting.invoices.get({ companyId, invoiceId })).invoice,
    source: { path: 'invoices/invoices', key: 'invoices', id: idOf, value: amount },
    value: ({ totalAmount }) => Number(totalAmount),
    only: true,
  }),
  ...listedMethods({
    name: 'payments',
    list: async ({ accounting }, wish) => (await accounting.payments.list(wish)).payments,
    get: async ({ accounting }, { companyId }, paymentId) =>
      (await accounting.payments.get({ companyId, paymentId })).payment,
    source: { path: 'payments/payments', key: 'payments', id: idOf, value: amount },
    value: ({ totalAmount }) => Number(totalAmount),
    only: true,
  }),
  ...listedMethods({
    name: 'creditNotes',
    list: async ({ accounting }, wish) => (await accounting.creditNotes.list(wish)).creditNotes,
    get: async ({ accounting }, { companyId }, creditNoteId) =>
      (await accounting.creditNotes.get({ companyId, creditNoteId })).creditNote,
    source: {
      path: 'credit_notes/credit_notes',
      key: 'credit_notes',
      id: (row) => String(row['creditid']),
      value: amount,
    },
    value: ({ totalAmount }) => Number(totalAmount),
    only: true,
  }),
];

const purchases: readonly Method[] = [
  ...listedMethods({
    name: 'bills',
    list: async ({ accounting }, wish) => (await accounting.bills.list(wish)).bills,
    get: async ({ accounting }, { companyId }, billId) =>
      (await accounting.bills.get({ companyId, billId })).bill,
    source: {
      path: 'bills/bills',
      key: 'bills',
      id: idOf,
      value: (row) => amountOf(row['total_amount']),
    },
    value: ({ totalAmount }) => Number(totalAmount),
    only: true,
  }),
  ...listedMethods({
    name: 'billPayments',
    list: async ({ accounting }, wish) => (await accounting.billPayments.list(wish)).billPayments,
    get: async ({ accounting }, { companyId }, billPaymentId) =>
      (await accounting.billPayments.get({ companyId, billPaymentId })).billPayment,
    source: { path: 'bill_payments/bill_payments', key: 'bill_payments', id: idOf, value: amount },
    value: ({ totalAmount }) => Number(totalAmount),
    only: true,
  }),
  ...listedMethods({
    name: 'directCosts',
    list: async ({ accounting }, wish) => (await accounting.directCosts.list(wish)).directCosts,
    get: async ({ accounting }, { companyId, connectionId }, directCostId) =>
      (await accounting.directCosts.get({ companyId, connectionId, directCostId })).directCost,
    source: { path: 'expenses/expenses', key: 'expenses', id: idOf, value: amount },
    value: ({ totalAmount }) => Number(totalAmount),
    only: true,
  }),
  ...listedMethods({
    name: 'suppliers',
    list: async ({ accounting }, wish) => (await accounting.suppliers.list(wish)).suppliers,
    get: async ({ accounting }, { companyId }, supplierId) =>
      (await accounting.suppliers.get({ companyId, supplierId })).supplier,
    source: {
      path: 'bill_vendors/bill_vendors',
      key: 'bill_vendors',
      id: (row) => String(row['vendorid']),
      value: (row) => row['vendor_name'],
    },
    value: ({ supplierName }) => supplierName,
    only: false,
  }),
];

const lists: readonly Method[] = [
  ...listedMethods({
    name: 'accounts',
    list: async ({ accounting }, wish) => (await accounting.accounts.list(wish)).accounts,
    get: async ({ accounting }, { companyId }, accountId) =>
      (await accounting.accounts.get({ companyId, accountId })).account,
    source: {
      path: 'journal_entry_accounts/journal_entry_accounts',
      key: 'journal_entry_accounts',
      id: (row) => String(row['accountid']),
      value: (row) => row['account_name'],
    },
    value: ({ name }) => name,
    only: false,
  }),
  ...listedMethods({
    name: 'items',
    list: async ({ accounting }, wish) => (await accounting.items.list(wish)).items,
    get: async ({ accounting }, { companyId }, itemId) =>
      (await accounting.items.get({ companyId, itemId })).item,
    source: { path: 'items/items', key: 'items', id: idOf, value: (row) => amountOf(row['unit_cost']) },
    value: ({ invoiceItem }) => Number(invoiceItem?.unitPrice),
    only: false,
  }),
  ...listedMethods({
    name: 'taxRates',
    list: async ({ accounting }, wish) => (await accounting.taxRates.list(wish)).taxRates,
    get: async ({ accounting }, { companyId }, taxRateId) =>
      (await accounting.taxRates.get({ companyId, taxRateId })).taxRate,
    source: { path: 'taxes/taxes', key: 'taxes', id: idOf, value: (row) => Number(row['amount']) },
    value: ({ effectiveTaxRate }) => Number(effectiveTaxRate),
    only: false,
  }),
  ...listedMethods({
    name: 'trackingCategories',
    list: async ({ accounting }, wish) => (await accounting.trackingCategories.list(wish)).trackingCategories,
    get: async ({ accounting }, { companyId }, trackingCategoryId) =>
      (await accounting.trackingCategories.get({ companyId, trackingCategoryId })).trackingCategoryTree,
    source: {
      path: 'expenses/categories',
      key: 'categories',
      id: idOf,
      value: (row) => row['category'],
    },
    value: ({ name }) => name,
    only: false,
  }),
];

async function entriesOf({ accounting, company }: Clients) {
  const { journalEntries } = await accounting.journalEntries.list({
    companyId: company.id,
    page: 1,
    pageSize: 5000,
  });
  return journalEntries?.results ?? [];
}

const ledger: readonly Method[] = [
  {
    method: 'journalEntries.list',
    asserts: "every entry balances, and together they have every line of FreshBooks' ledger",
    run: async (clients) => {
      const rows = await sourceRows(
        clients.ready,
        'journal_entries/journal_entry_details',
        'journal_entry_details',
      );
      const entries = await entriesOf(clients);
      const lines = entries.flatMap(({ journalLines = [] }) => journalLines ?? []);
      const unbalanced = entries.filter(({ journalLines }) => {
        const sum = (journalLines ?? []).reduce(
          (cents, { netAmount }) => cents + Number(netAmount) * 1000,
          0,
        );
        return Math.round(sum) !== 0;
      });

      expect(rows.length).toBeGreaterThan(0);
      expect(lines).toHaveLength(rows.length);
      expect(unbalanced.map(({ id }) => id)).toEqual([]);
    },
  },
  {
    method: 'journalEntries.get',
    asserts: 'the same entry as in the list, with the record that it is of',
    run: async (clients) => {
      const [first] = await entriesOf(clients);
      const { journalEntry } = await clients.accounting.journalEntries.get({
        companyId: clients.company.id,
        journalEntryId: first?.id ?? '',
      });

      expect(journalEntry?.recordRef?.id).toEqual(expect.any(String));
      expect(JSON.stringify(journalEntry)).toBe(JSON.stringify(first));
    },
  },
  {
    method: 'companyInfo.get',
    asserts: "the name and the currency of FreshBooks' business",
    run: async ({ accounting, company, ready }) => {
      const { companyDataset } = await accounting.companyInfo.get({ companyId: company.id });

      expect(companyDataset).toMatchObject({
        companyName: company.name,
        accountingPlatformRef: ready.simulator.accountId,
        baseCurrency: 'CAD',
      });
    },
  },
  {
    method: 'companyInfo.refresh',
    asserts: 'an operation for the data type company',
    run: async ({ accounting, company }) => {
      const { dataset, statusCode } = await accounting.companyInfo.refresh({ companyId: company.id });

      expect(statusCode).toBe(200);
      expect(dataset).toMatchObject({
        dataType: 'company',
        companyId: company.id,
        connectionId: company.connectionId,
      });
    },
  },
];

/** Every method of `@codat/accounting` that is a must, with what is asserted of it. */
export const accountingMethods: readonly Method[] = [
  ...sales,
  ...purchases,
  ...lists,
  ...ledger,
  ...reportMethods,
];
