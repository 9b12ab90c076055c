import { notSupported } from '../app/reading/held-dataset.ts';
import type { ApiDeps } from './api-deps.ts';
import { apiOperation, CompanyPath, ConnectionPath, Id } from './api-operation.ts';
import type { Operation } from './operation.ts';

/** Paths that clients of this API know and FreshBooks' books cannot answer: below a company, by data type. */
const ofCompany = {
  billCreditNotes: 'billCreditNotes',
  journals: 'journals',
  paymentMethods: 'paymentMethods',
  purchaseOrders: 'purchaseOrders',
  salesOrders: 'salesOrders',
} as const;

/** The same, below a connection. */
const ofConnection = {
  accountTransactions: 'accountTransactions',
  bankAccounts: 'bankAccounts',
  itemReceipts: 'itemReceipts',
  transfers: 'transfers',
} as const;

const scopes = {
  company: { prefix: '/companies/{companyId}', params: CompanyPath },
  connection: { prefix: '/companies/{companyId}/connections/{connectionId}', params: ConnectionPath },
} as const;

function row(scope: keyof typeof scopes, path: string, dataType: string): Operation<ApiDeps> {
  const { prefix, params } = scopes[scope];
  return apiOperation({
    method: 'GET',
    path: `${prefix}/${path}`,
    name: `unsupported_${path.replaceAll(/\W+/g, '_')}`,
    summary: `Answers that ${dataType} are not to be had.`,
    role: 'read',
    params: params.extend(idsIn(path)),
    success: 200,
    run: async ({ deps, params: { companyId } }) => {
      await deps.findCompany(companyId);
      throw notSupported(dataType);
    },
  });
}

/** The ids below a company or a connection that a path names; nobody here looks at them. */
function idsIn(path: string): Record<never, typeof Id> {
  return Object.fromEntries([...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => [name, Id]));
}

/** The papers that lie beside a record: none are read, of whatever data type. */
const attachments = ['', '/{attachmentId}', '/{attachmentId}/download'].map((rest) =>
  row('connection', `data/{dataType}/{recordId}/attachments${rest}`, 'attachments'),
);

function listAndSingle(scope: keyof typeof scopes, segments: Readonly<Record<string, string>>) {
  return Object.entries(segments).flatMap(([segment, dataType]) => [
    row(scope, `data/${segment}`, dataType),
    row(scope, `data/${segment}/{recordId}`, dataType),
  ]);
}

export const unsupportedOperations: readonly Operation<ApiDeps>[] = [
  ...listAndSingle('company', ofCompany),
  ...listAndSingle('connection', ofConnection),
  row('company', 'data/purchaseOrders/{recordId}/pdf', 'purchaseOrders'),
  row('connection', 'data/bankAccounts/{recordId}/bankTransactions', 'bankTransactions'),
  ...attachments,
];
