import * as z from 'zod';
import { notSupported } from '../app/reading/held-dataset.ts';
import { Problem } from '../domain/problem.ts';
import { apiOperation, CompanyPath, ConnectionPath, Id } from './api-operation.ts';
import { PageQuery, pageOf } from './paging.ts';
import { pathOf } from './path-of.ts';
import { listOf } from './wire/links.ts';

// Nothing is written to FreshBooks: clients that ask what can be written, or what was, are told so in the shapes they know.

const Record = ConnectionPath.extend({ dataType: Id, recordId: Id });

/** What clients write by, and what each path names. */
const writes = [
  { method: 'POST', path: '{dataType}', name: 'Create', params: ConnectionPath.extend({ dataType: Id }) },
  { method: 'PUT', path: '{dataType}/{recordId}', name: 'Update', params: Record },
  { method: 'DELETE', path: '{dataType}/{recordId}', name: 'Delete', params: Record },
  { method: 'POST', path: '{dataType}/{recordId}/attachment', name: 'Attach', params: Record },
  { method: 'POST', path: '{dataType}/{recordId}/attachments', name: 'AttachMany', params: Record },
  {
    method: 'POST',
    path: '{dataType}/{recordId}/bankTransactions',
    name: 'BankTransactions',
    params: Record,
  },
] as const;

const refusedWrites = writes.map(({ method, path, name, params }) =>
  apiOperation({
    method,
    path: `/companies/{companyId}/connections/{connectionId}/push/${path}`,
    name: `unsupportedPush${name}`,
    summary: 'Answers that nothing can be written.',
    role: 'operate',
    params,
    success: 200,
    run: async ({ deps, params: { companyId, connectionId, dataType } }) => {
      await deps.findConnection({ companyId, connectionId });
      throw cannotBeWritten(dataType);
    },
  }),
);

function cannotBeWritten(dataType: string): Problem {
  return notSupported(dataType, 'Nothing can be written to FreshBooks here.');
}

export const pushOperations = [
  ...refusedWrites,
  apiOperation({
    method: 'GET',
    path: '/companies/{companyId}/connections/{connectionId}/options/{dataType}',
    name: 'unsupportedPushOptions',
    summary: 'Answers that nothing can be written.',
    role: 'read',
    params: ConnectionPath.extend({ dataType: Id }),
    success: 200,
    run: async ({ deps, params: { dataType, ...ref } }) => {
      await deps.findConnection(ref);
      throw cannotBeWritten(dataType);
    },
  }),
  apiOperation({
    method: 'GET',
    path: '/companies/{companyId}/push',
    name: 'listPushOperations',
    summary: 'Lists what was written to FreshBooks: nothing.',
    role: 'read',
    params: CompanyPath,
    query: PageQuery,
    success: 200,
    reply: listOf(z.strictObject({})),
    run: async ({ deps, params, query }) => {
      await deps.findCompany(params.companyId);
      return pageOf(pathOf`/companies/${params.companyId}/push`, query, { results: [], totalResults: 0 });
    },
  }),
  apiOperation({
    method: 'GET',
    path: '/companies/{companyId}/push/{pushOperationKey}',
    name: 'unsupportedPushOperation',
    summary: 'Answers that nothing was written.',
    role: 'read',
    params: CompanyPath.extend({ pushOperationKey: Id }),
    success: 200,
    run: async ({ deps, params }) => {
      await deps.findCompany(params.companyId);
      throw new Problem(
        'not-found',
        `There is no push operation with the key ${params.pushOperationKey}. Nothing can be written to FreshBooks here.`,
      );
    },
  }),
];
