import * as z from 'zod';
import { instantAt } from '../domain/instant.ts';
import { dateMillis } from '../domain/query/dates.ts';
import type { Fields } from '../domain/query/fields.ts';
import { parseOrderBy, parseQuery } from '../domain/query.ts';
import type { Links } from './wire/links.ts';

/** Rows on a page when nobody says how many, and the most that may be asked for. */
const defaultPageSize = 100;
const maxPageSize = 5000;

/** A whole number in a query string, in bounds. */
export function wholeNumber(from: number, to: number, otherwise: number) {
  return bounded(from, to, { default: otherwise, example: otherwise }).default(otherwise);
}

/** One that has to be said. */
export function neededWholeNumber(from: number, to: number, description: string) {
  return bounded(from, to, { description, example: from });
}

function bounded(from: number, to: number, described: Readonly<Record<string, unknown>>) {
  // Not `z.string()`: one that is missing would be asked for as text.
  return z
    .unknown()
    .refine((text) => isWholeNumber(text) && Number(text) >= from && Number(text) <= to, {
      error: `must be a whole number from ${from} to ${to}.`,
    })
    .meta({ type: 'integer', minimum: from, maximum: to, ...described })
    .transform(Number);
}

function isWholeNumber(text: unknown): text is string {
  return typeof text === 'string' && /^\d{1,12}$/.test(text);
}

function optionalText(description: string) {
  return z
    .string()
    .meta({ description })
    .optional()
    .transform((text) => (text?.trim() ? text : undefined));
}

/** Query parameters of every list. */
export const PageQuery = z.object({
  page: wholeNumber(1, 999_999_999, 1),
  pageSize: wholeNumber(1, maxPageSize, defaultPageSize),
  query: optionalText('Which records, in the query language: `status=Submitted&&totalAmount>100`.'),
  orderBy: optionalText('One property to order by, with `-` before it for descending order.'),
});

/** Which state of the books a list shows. */
export const StateQuery = {
  /** From a link of an earlier page: all pages show one state of the books, however many syncs come between. */
  snapshot: z
    .string()
    .max(500)
    .meta({ description: 'The state of the books that a page before this one showed; from its links.' })
    .optional(),
  /** The state that was current at this instant; without a zone it is UTC. */
  asOf: z
    .string()
    .refine((text) => dateMillis(text) !== undefined, {
      error: 'is not a date (YYYY-MM-DD or an ISO time).',
    })
    .meta({
      description: 'Shows the state of the books that was served at this instant; without a zone it is UTC.',
      example: '2026-03-01T09:30:00Z',
    })
    .transform((text) => instantAt(dateMillis(text) ?? 0))
    .optional(),
};

/** What a list was asked for. */
export type PageWish = {
  page: number;
  pageSize: number;
  query?: string | undefined;
  orderBy?: string | undefined;
};

/** Parameters that the links of a page repeat. */
type LinkParameters = Readonly<Record<string, string | undefined>>;

/**
 * The list envelope. `stay` are parameters that only the other pages get: what keeps them on the state of the books
 * that this page shows.
 */
export function pageOf<T>(
  path: string,
  wish: PageWish,
  found: { results: readonly T[]; totalResults: number },
  parameters: { asked?: LinkParameters; stay?: LinkParameters } = {},
) {
  const link = (page: number, stay: LinkParameters = {}) => ({
    href: `${path}?${searchOf({
      page: String(page),
      pageSize: String(wish.pageSize),
      query: wish.query,
      orderBy: wish.orderBy,
      ...parameters.asked,
      ...stay,
    })}`,
  });
  const lastPage = Math.max(1, Math.ceil(found.totalResults / wish.pageSize));
  const links: Links = { self: { href: path }, current: link(wish.page) };
  if (wish.page < lastPage) links.next = link(wish.page + 1, parameters.stay);
  if (wish.page > 1) links.previous = link(Math.min(wish.page - 1, lastPage), parameters.stay);
  return {
    results: found.results,
    pageNumber: wish.page,
    pageSize: wish.pageSize,
    totalResults: found.totalResults,
    _links: links,
  };
}

function searchOf(parameters: LinkParameters): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) if (value !== undefined) search.set(name, value);
  return search.toString();
}

/** One page of records that are all in memory: filtered, ordered, cut. */
export function pageInMemory<T>(
  records: readonly T[],
  wish: PageWish,
  fields: Fields,
): { results: T[]; totalResults: number } {
  const matching = wish.query === undefined ? records : records.filter(parseQuery(wish.query, fields));
  const ordered =
    wish.orderBy === undefined ? matching : matching.toSorted(parseOrderBy(wish.orderBy, fields));
  const start = (wish.page - 1) * wish.pageSize;
  return { results: ordered.slice(start, start + wish.pageSize), totalResults: ordered.length };
}
