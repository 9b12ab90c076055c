import { CodatAccounting } from '@codat/accounting';
import { CodatPlatform } from '@codat/platform';
import { authorization, type Company } from './api-totals.ts';
import type { ReadyFile } from './running-stack.ts';

/** What the official clients read of one company, pointed here by their base URL and key alone. */
export async function readWithOfficialClients(ready: ReadyFile, { id: companyId, connectionId }: Company) {
  const { authorization: authHeader } = authorization(ready);
  const platform = new CodatPlatform({
    authHeader,
    serverURL: ready.apiUrl,
    retryConfig: { strategy: 'none' },
  });
  const accounting = new CodatAccounting({
    security: { authHeader },
    serverURL: ready.apiUrl,
    retryConfig: { strategy: 'none', retryConnectionErrors: false },
  });
  const page = { companyId, page: 1, pageSize: 5 };
  const [company, connections, statuses, history, integrations, integration, profile] = await Promise.all([
    platform.companies.get({ companyId }),
    platform.connections.list({ companyId }),
    platform.refreshData.get({ companyId }),
    platform.refreshData.listPullOperations({ companyId }),
    platform.integrations.list({}),
    platform.integrations.get({ platformKey: 'vxvy' }),
    platform.settings.getProfile(),
  ]);
  const [customers, invoices, payments, taxRates, categories, directCosts, info] = await Promise.all([
    accounting.customers.list({ ...page, query: 'metadata.isDeleted!=true' }),
    accounting.invoices.list({ ...page, query: 'metadata.isDeleted!=true', orderBy: '-issueDate' }),
    accounting.payments.list({ ...page, query: 'metadata.isDeleted!=true' }),
    accounting.taxRates.list(page),
    accounting.trackingCategories.list(page),
    accounting.directCosts.list({ ...page, connectionId }),
    accounting.companyInfo.get({ companyId }),
  ]);
  const [accounts, bills, billPayments, creditNotes, suppliers, items, journalEntries, directIncomes] =
    await Promise.all([
      accounting.accounts.list(page),
      accounting.bills.list(page),
      accounting.billPayments.list(page),
      accounting.creditNotes.list(page),
      accounting.suppliers.list(page),
      accounting.items.list(page),
      accounting.journalEntries.list(page),
      accounting.directIncomes.list({ ...page, connectionId }),
    ]);
  const [first] = invoices.invoices?.results ?? [];
  const one = await accounting.invoices.get({ companyId, invoiceId: first?.id ?? '' });
  return {
    platform: { company, connections, statuses, history, integrations, integration, profile },
    totals: {
      customers: customers.customers?.totalResults,
      invoices: invoices.invoices?.totalResults,
      payments: payments.payments?.totalResults,
      taxRates: taxRates.taxRates?.totalResults,
      trackingCategories: categories.trackingCategories?.totalResults,
      directCosts: directCosts.directCosts?.totalResults,
      chartOfAccounts: accounts.accounts?.totalResults,
      bills: bills.bills?.totalResults,
      billPayments: billPayments.billPayments?.totalResults,
      creditNotes: creditNotes.creditNotes?.totalResults,
      suppliers: suppliers.suppliers?.totalResults,
      items: items.items?.totalResults,
      journalEntries: journalEntries.journalEntries?.totalResults,
      directIncomes: directIncomes.directIncomes?.totalResults,
    },
    info: info.companyDataset,
    invoice: { listed: first, single: one.invoice },
  };
}
