import { notSupported } from '../app/reading/held-dataset.ts';
import type { ApiDeps } from './api-deps.ts';
import { apiOperation, CompanyPath, ConnectionPath } from './api-operation.ts';
import type { Operation } from './operation.ts';

/** Paths that clients of this API know and FreshBooks' books cannot answer: below a company, by data type. */
const ofCompany = {
  accounts: 'chartOfAccounts',
  billCreditNotes: 'billCreditNotes',
  billPayments: 'billPayments',
  bills: 'bills',
  creditNotes: 'creditNotes',
  items: 'items',
  journalEntries: 'journalEntries',
  journals: 'journals',
  paymentMethods: 'paymentMethods',
  purchaseOrders: 'purchaseOrders',
  salesOrders: 'salesOrders',
  suppliers: 'suppliers',
} as const;

/** The same, below a connection. */
const ofConnection = {
  accountTransactions: 'accountTransactions',
  bankAccounts: 'bankAccounts',
  directIncomes: 'directIncomes',
  itemReceipts: 'itemReceipts',
  transfers: 'transfers',
} as const;

/** Reports have no records of their own. */
const reports = {
  'data/financials/balanceSheet': 'balanceSheet',
  'data/financials/profitAndLoss': 'profitAndLoss',
  'data/financials/cashFlowStatement': 'cashFlowStatement',
} as const;

function row(prefix: string, path: string, dataType: string): Operation<ApiDeps> {
  return apiOperation({
    method: 'GET',
    path: `${prefix}/${path}`,
    name: `unsupported_${path.replaceAll(/\W+/g, '_')}`,
    summary: `Answers that ${dataType} are not to be had.`,
    role: 'read',
    params: prefix === company ? CompanyPath : ConnectionPath,
    success: 200,
    run: async ({ deps, params }) => {
      await deps.findCompany(params.companyId);
      throw notSupported(dataType);
    },
  });
}

const company = '/companies/{companyId}';
const connection = '/companies/{companyId}/connections/{connectionId}';

export const unsupportedOperations: readonly Operation<ApiDeps>[] = [
  ...Object.entries(ofCompany).flatMap(([segment, dataType]) => [
    row(company, `data/${segment}`, dataType),
    row(company, `data/${segment}/{recordId}`, dataType),
  ]),
  ...Object.entries(ofConnection).flatMap(([segment, dataType]) => [
    row(connection, `data/${segment}`, dataType),
    row(connection, `data/${segment}/{recordId}`, dataType),
  ]),
  ...Object.entries(reports).map(([path, dataType]) => row(company, path, dataType)),
];
