import * as z from 'zod';
import { pullStatuses } from '../domain/dataset.ts';
import { DateTime } from '../domain/unified/scalars.ts';
import { apiOperation, ConnectionPath, Id } from './api-operation.ts';
import { compact } from './compact.ts';
import { linkForHealth } from './fresh-links.ts';
import { inLanguage } from './in-language.ts';
import { languageOf } from './link/language.ts';
import { PageQuery, pageOf, StateQuery, wholeNumber } from './paging.ts';
import { pathOf } from './path-of.ts';
import { HealthReply, healthReply } from './wire/health-reply.ts';
import { listOf } from './wire/links.ts';

/** A row as FreshBooks gave it; a deleted one has the values it had when it was last seen. */
const RawRowReply = z.strictObject({
  id: z.string(),
  isDeleted: z.boolean(),
  row: z.record(z.string(), z.unknown()),
});

/** With how the latest read of the resource ended: why the list is empty or not current, where it is. */
const RawRowsReply = listOf(RawRowReply).extend({
  status: z.enum(pullStatuses),
  message: z.string().optional(),
  health: HealthReply,
  lastSuccessfulSync: DateTime.optional(),
});

/** Said rather than ignored: who filters and is given everything does not notice. */
const notHere = z
  .string()
  .optional()
  .refine((text) => text === undefined, { error: 'cannot be used on what FreshBooks gave. Leave it out.' })
  .meta({ not: {} });

/** Query parameters of lists that come in one order and whole. */
const RowsQuery = PageQuery.extend({
  query: notHere,
  orderBy: notHere,
  ...StateQuery,
});

/** One change: when we saw it, how, and the row from then on. */
const RowChangeReply = z.strictObject({
  at: DateTime,
  how: z.enum(['created', 'updated', 'deleted', 'restored']),
  row: z.record(z.string(), z.unknown()),
});

/** A page opens an object for each change it shows. */
const HistoryQuery = RowsQuery.omit({ asOf: true }).extend({ pageSize: wholeNumber(1, 100, 20) });

const resourcePath = ({ companyId, connectionId, resource }: RowsPath) =>
  pathOf`/companies/${companyId}/connections/${connectionId}/freshbooks/${resource}`;

const RowsPath = ConnectionPath.extend({ resource: Id });
type RowsPath = z.infer<typeof RowsPath>;

export const rawOperations = [
  apiOperation({
    method: 'GET',
    path: '/companies/{companyId}/connections/{connectionId}/freshbooks/{resource}',
    name: 'listRawRows',
    summary: 'Lists the rows of a resource as FreshBooks gave them, deleted ones too.',
    role: 'read',
    params: RowsPath,
    query: RowsQuery,
    refusals: [409],
    success: 200,
    reply: RawRowsReply,
    run: async ({ deps, params, query, request }) => {
      const page = await deps.readRaw(params, params.resource, query);
      const { status, lastSuccessfulSync, health, linkToken } = page;
      const language = languageOf(request);
      const message = page.message && inLanguage(page.message, language);
      const linkUrl = await linkForHealth(deps, { ...params, linkToken }, [health]);
      const places = { language, linkUrl, publicUrl: deps.publicUrl };
      const list = pageOf(resourcePath(params), query, page, {
        asked: { asOf: query.asOf, snapshot: query.snapshot },
        stay: { snapshot: page.snapshot },
      });
      const stands = compact({ status, message, lastSuccessfulSync });
      return { ...list, ...stands, health: healthReply(health, places) };
    },
  }),
  apiOperation({
    method: 'GET',
    path: '/companies/{companyId}/connections/{connectionId}/freshbooks/{resource}/{rowId}/history',
    name: 'listRowChanges',
    summary: 'Lists what happened to one row of a resource, newest first.',
    role: 'read',
    params: RowsPath.extend({ rowId: Id }),
    query: HistoryQuery,
    refusals: [409],
    success: 200,
    reply: listOf(RowChangeReply),
    run: async ({ deps, params, query }) => {
      const page = await deps.rowHistory(params, params.resource, params.rowId, query);
      return pageOf(`${resourcePath(params)}${pathOf`/${params.rowId}/history`}`, query, page, {
        asked: { snapshot: query.snapshot },
        stay: { snapshot: page.snapshot },
      });
    },
  }),
];
