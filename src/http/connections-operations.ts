import * as z from 'zod';
import type { Connection } from '../domain/connection.ts';
import { fieldsOf } from '../domain/unified/fields-of.ts';
import type { ApiDeps } from './api-deps.ts';
import { apiOperation, CompanyPath, ConnectionPath } from './api-operation.ts';
import { withFreshLink } from './fresh-links.ts';
import { type Language, languageOf } from './link/language.ts';
import { PageQuery, pageInMemory, pageOf } from './paging.ts';
import { pathOf } from './path-of.ts';
import { ConnectionReply, ConnectionsReply, connectionReply } from './wire/connection-reply.ts';
import { healthOf } from './wire/health-reply.ts';

const connectionFields = fieldsOf(ConnectionReply);

/** A connection with a link that works. */
function shown(deps: ApiDeps, connection: Connection): Promise<ConnectionReply> {
  return withFreshLink(deps, connection.companyId, connectionReply(connection, deps.publicUrl));
}

/** The same with how it stands. */
async function withHealth(
  deps: ApiDeps,
  connection: Connection,
  language: Language,
): Promise<ConnectionReply> {
  const reply = await shown(deps, connection);
  return { ...reply, health: await healthOf(deps, connection, { language, linkUrl: reply.linkUrl }) };
}

export const connectionsOperations = [
  apiOperation({
    method: 'GET',
    path: '/companies/{companyId}/connections',
    name: 'listConnections',
    summary: "Lists a company's connections.",
    role: 'read',
    withCompanyToken: true,
    params: CompanyPath,
    query: PageQuery,
    success: 200,
    reply: ConnectionsReply,
    run: async ({ deps, params, query }) => {
      const { connections } = await deps.findCompany(params.companyId);
      const all = connections.map((connection) => connectionReply(connection, deps.publicUrl));
      const path = pathOf`/companies/${params.companyId}/connections`;
      const { results, totalResults } = pageInMemory(all, query, connectionFields);
      const linked = await Promise.all(results.map((one) => withFreshLink(deps, params.companyId, one)));
      return pageOf(path, query, { results: linked, totalResults });
    },
  }),
  apiOperation({
    method: 'POST',
    path: '/companies/{companyId}/connections',
    name: 'createConnection',
    summary: 'Creates the FreshBooks connection of a company; its customer authorises it at "linkUrl".',
    role: 'operate',
    withCompanyToken: true,
    params: CompanyPath,
    body: z.strictObject({ platformKey: z.string() }),
    refusals: [409],
    success: 200,
    reply: ConnectionReply,
    run: async ({ deps, params, body }) =>
      shown(deps, await deps.createConnection(params.companyId, body.platformKey)),
  }),
  apiOperation({
    method: 'GET',
    path: '/companies/{companyId}/connections/{connectionId}',
    name: 'getConnection',
    summary: 'Shows one connection.',
    role: 'read',
    withCompanyToken: true,
    params: ConnectionPath,
    success: 200,
    reply: ConnectionReply,
    run: async ({ deps, params, request }) =>
      withHealth(deps, await deps.findConnection(params), languageOf(request)),
  }),
  apiOperation({
    method: 'PATCH',
    path: '/companies/{companyId}/connections/{connectionId}',
    name: 'unlinkConnection',
    summary: 'Unlinks a connection: no more syncs, what was read stays readable.',
    role: 'operate',
    withCompanyToken: true,
    params: ConnectionPath,
    body: z.strictObject({ status: z.enum(['Unlinked']) }),
    refusals: [409],
    success: 200,
    reply: ConnectionReply,
    run: async ({ deps, params }) => {
      await deps.findConnection(params);
      return connectionReply(await deps.unlinkConnection(params), deps.publicUrl);
    },
  }),
  apiOperation({
    method: 'PUT',
    path: '/companies/{companyId}/connections/{connectionId}/businessChange',
    name: 'allowBusinessChange',
    summary: 'Lets the customer of a connection link another business by the same link, or no longer.',
    role: 'operate',
    params: ConnectionPath,
    body: z.strictObject({ allowed: z.boolean() }),
    refusals: [409],
    success: 200,
    reply: ConnectionReply,
    run: async ({ deps, params, body }) => {
      await deps.findConnection(params);
      return connectionReply(await deps.allowBusinessChange(params, body.allowed), deps.publicUrl);
    },
  }),
  apiOperation({
    method: 'DELETE',
    path: '/companies/{companyId}/connections/{connectionId}',
    name: 'deleteConnection',
    summary: 'Deletes a connection and all that was read through it.',
    role: 'operate',
    params: ConnectionPath,
    // Clients of this API check for 200 here, not 204.
    success: 200,
    reply: z.strictObject({}),
    run: async ({ deps, params }) => {
      await deps.findConnection(params);
      await deps.eraseConnection(params);
      return {};
    },
  }),
];
