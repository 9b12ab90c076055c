import type { Row } from '../json.ts';
import type { Books, Resource } from '../resources/resource.ts';
import { idOf } from '../row-index.ts';
import { newestFirst, oldestFirst, readFilters, readIncludes, readOrder, readPaging } from './list-query.ts';
import { shownText } from './present.ts';

/** Which rows of a resource this caller may read. */
export type Sight = { mayRead(row: Row): boolean };

// §3.8: lists hold active and archived rows; search[vis_state] picks one state.
const inDefaultList = (query: URLSearchParams, resource: Resource, books: Books) => {
  if (query.has('search[vis_state]') && Object.hasOwn(resource.filters, 'vis_state')) return () => true;
  const archived = books.plays('default-list', 'active-and-archived');
  return (row: Row) => row['vis_state'] !== 1 && (archived || row['vis_state'] !== 2);
};

/** Every row of a resource by ascending id, deleted ones too. */
export const rowsIn = (resource: Resource, books: Books): readonly Row[] =>
  resource.derive?.(books) ?? books.rows(resource.name).ascending();

const matching = (query: URLSearchParams, resource: Resource, books: Books): readonly Row[] => {
  const tests = [inDefaultList(query, resource, books), ...readFilters(query, resource, books.plays)];
  const order = readOrder(query, resource);
  const found = rowsIn(resource, books).filter((row) => tests.every((test) => test(row)));
  if (order === oldestFirst) return found;
  return order === newestFirst ? found.reverse() : found.sort(order);
};

/** The text of a list reply (§3.1, §3.2). Throws a Refusal for a malformed query. */
export const listReply = (query: URLSearchParams, resource: Resource, books: Books, sight: Sight): string => {
  const { page, perPage } = readPaging(query);
  const includes = readIncludes(query, resource, books);
  const all = matching(query, resource, books);
  const seen = all.filter((row) => sight.mayRead(row));
  const total = books.plays('total-counts-hidden', 'counted') ? all.length : seen.length;
  const rows = seen.slice((page - 1) * perPage, page * perPage);
  const texts = rows.map((row) => shownText(resource, row, includes, books));
  const counters = `"page":${page},"pages":${Math.ceil(total / perPage)},"per_page":${perPage},"total":${total}`;
  return `{"response":{"result":{"${resource.many}":[${texts.join()}],${counters}}}}`;
};

export const hiddenKey = (accountId: string, resource: string, row: Row): string =>
  `${accountId}/${resource}/${idOf(row)}`;
