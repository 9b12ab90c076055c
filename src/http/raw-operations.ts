import * as z from 'zod';
import { apiOperation, ConnectionPath, Id } from './api-operation.ts';
import { PageQuery, pageOf, StateQuery } from './paging.ts';
import { pathOf } from './path-of.ts';
import { listOf } from './wire/links.ts';

/** A row as FreshBooks gave it; a deleted one has the values it had when it was last seen. */
const RawRowReply = z.strictObject({
  id: z.string(),
  isDeleted: z.boolean(),
  row: z.record(z.string(), z.unknown()),
});

/** Said rather than ignored: who filters and is given everything does not notice. */
const notHere = z
  .string()
  .optional()
  .refine((text) => text === undefined, { error: 'cannot be used on what FreshBooks gave. Leave it out.' });

/** Query parameters of lists that come in one order and whole. */
const RowsQuery = PageQuery.extend({
  query: notHere,
  orderBy: notHere,
  ...StateQuery,
});

export const rawOperations = [
  apiOperation({
    method: 'GET',
    path: '/companies/{companyId}/connections/{connectionId}/freshbooks/{resource}',
    name: 'listRawRows',
    summary: 'Lists the rows of a resource as FreshBooks gave them, deleted ones too.',
    role: 'read',
    params: ConnectionPath.extend({ resource: Id }),
    query: RowsQuery,
    success: 200,
    reply: listOf(RawRowReply),
    run: async ({ deps, params: { resource, ...ref }, query }) => {
      const page = await deps.readRaw(ref, resource, query);
      const path = pathOf`/companies/${ref.companyId}/connections/${ref.connectionId}/freshbooks/${resource}`;
      return pageOf(path, query, page, {
        asked: { asOf: query.asOf, snapshot: query.snapshot },
        stay: { snapshot: page.snapshot },
      });
    },
  }),
];
