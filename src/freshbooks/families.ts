import * as z from 'zod';
import type { Business } from '../domain/connection.ts';
import { Problem } from '../domain/problem.ts';

/**
 * What the resources of one URL family share (freshbooks-api §3.1–3.3): where they are, how a list is asked for and
 * what its envelope is. Rows of the accounting family carry US/Eastern stamps and say of themselves whether they are
 * deleted; deleted ones are only listed when asked for.
 */
export type Page = {
  rows: Record<string, unknown>[];
  /** As the latest reply says: 0 when there is nothing. */
  pages: number;
  total: number;
  /** Rows a page as FreshBooks counted them, whatever was asked for. */
  perPage: number | undefined;
};

/** Always sent: without it FreshBooks gives 15 rows a page, and more than 100 it caps silently. */
const perPage = 100;

const Count = z.union([z.number().int().nonnegative(), z.string().regex(/^\d+$/).transform(Number)]);
const Row = z.record(z.string(), z.unknown());
const ResultOf = z.object({ response: z.object({ result: Row }) });
const Paging = z.object({
  page: Count,
  pages: Count,
  total: Count,
  per_page: Count.optional().catch(undefined),
});

export function accountingPath(business: Business, resourcePath: string): string {
  return `/accounting/account/${encodeURIComponent(business.accountId)}/${resourcePath}`;
}

/** The query of one page. `filters` are `[key, value]` in FreshBooks' own spelling, such as `search[vis_state]`. */
export function pageQuery(page: number, filters: readonly (readonly [string, string])[]): string {
  const query = new URLSearchParams([
    ['page', String(page)],
    ['per_page', String(perPage)],
  ]);
  for (const [key, value] of filters) query.append(key, value);
  return query.toString();
}

/**
 * The rows and counters of a list reply. An answer without its list, or one that is about another page than was asked
 * for, is a Problem: read as an empty list it would look like books without a row.
 */
export function listIn(body: unknown, plural: string, subject: string, page: number): Page {
  const result = ResultOf.safeParse(body).data?.response.result;
  const paging = Paging.safeParse(result).data;
  const rows = z.array(Row).safeParse(result?.[plural]).data;
  if (paging === undefined || rows === undefined) throw unlike(subject, 'a list with its counters');
  if (rows.length > 0 && paging.page !== page) throw unlike(subject, `page ${page}`);
  return { rows, pages: paging.pages, total: paging.total, perPage: paging.per_page };
}

/** The row of a single reply. */
export function singleIn(body: unknown, singular: string, subject: string): Record<string, unknown> {
  const row = Row.safeParse(ResultOf.safeParse(body).data?.response.result[singular]).data;
  if (row === undefined) throw unlike(subject, 'a single row');
  return row;
}

function unlike(subject: string, what: string): Problem {
  return new Problem('unavailable', `${subject}: FreshBooks answered with something else than ${what}.`);
}
