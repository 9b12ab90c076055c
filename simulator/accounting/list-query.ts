import { type Row, textOf } from '../json.ts';
import type { Books, Order, Resource } from '../resources/resource.ts';
import { idOf } from '../row-index.ts';
import type { Plays } from '../switches.ts';
import type { Test } from './filters.ts';
import { Refusal } from './refusal.ts';

export type Paging = { page: number; perPage: number };

const perPageDefault = 15;
const perPageCap = 100;

const positive = (query: URLSearchParams, key: string, errno: number): number | undefined => {
  const value = query.get(key);
  if (value === null) return undefined;
  if (/^\d+$/.test(value)) return Number(value);
  throw new Refusal(422, { errno, field: key, object: null, value, message: `Invalid value for '${key}'.` });
};

/** §3.2: default 15, silently capped at 100, page 0 is page 1, anything else is errno 1013 or 1014. */
export const readPaging = (query: URLSearchParams): Paging => {
  const perPage = positive(query, 'per_page', 1013) ?? perPageDefault;
  if (perPage === 0) {
    throw new Refusal(422, {
      errno: 1013,
      field: 'per_page',
      object: null,
      value: '0',
      message: "Invalid value for 'per_page'.",
    });
  }
  return { page: positive(query, 'page', 1014) || 1, perPage: Math.min(perPage, perPageCap) };
};

type Searched = { key: string; list: boolean; values: string[] };

const searchOf = (query: URLSearchParams): readonly Searched[] => {
  const found = new Map<string, Searched>();
  for (const [name, value] of query) {
    const match = /^search\[([^\]]+)\](\[\])?$/.exec(name);
    const key = match?.[1];
    if (!key) continue;
    const known = found.get(key) ?? { key, list: false, values: [] };
    found.set(key, { key, list: known.list || match?.[2] !== undefined, values: [...known.values, value] });
  }
  return [...found.values()];
};

/** §3.3: the tests of the known filters; unknown keys are ignored without a word, malformed values are refused. */
export const readFilters = (query: URLSearchParams, resource: Resource, plays: Plays): readonly Test[] =>
  searchOf(query).flatMap(({ key, list, values }) => {
    const filter = Object.hasOwn(resource.filters, key) ? resource.filters[key] : undefined;
    if (!filter || (filter.known && !filter.known(plays))) return [];
    if (list !== (filter.takes === 'list')) {
      const errno = list ? 1037 : 1034;
      const wanted = list ? 'a single value' : 'a list';
      throw new Refusal(422, {
        errno,
        field: key,
        object: null,
        value: values[0] ?? '',
        message: `Filter '${key}' takes ${wanted}.`,
      });
    }
    return [filter.make(values, key, plays)];
  });

export const newestFirst: Order = (a, b) => idOf(b) - idOf(a);
export const oldestFirst: Order = (a, b) => idOf(a) - idOf(b);

const compare = (a: Row, b: Row, field: string): number => {
  const [p, q] = [a[field], b[field]];
  if (typeof p === 'number' && typeof q === 'number') return p - q;
  const [x, y] = [textOf(a, field).toLowerCase(), textOf(b, field).toLowerCase()];
  return x < y ? -1 : x > y ? 1 : 0;
};

/** §3.4: the resource's own order; `<key>_asc|_desc` of a known key; anything else gives ascending ids. */
export const readOrder = (query: URLSearchParams, resource: Resource): Order => {
  const sort = query.get('sort');
  if (sort === null) return resource.order ?? newestFirst;
  const [, key = '', direction] = /^(.*)_(asc|desc)$/.exec(sort) ?? [];
  const field = Object.hasOwn(resource.sorts, key) ? resource.sorts[key] : undefined;
  if (!field) return oldestFirst;
  const way = direction === 'desc' ? -1 : 1;
  return (a, b) => way * (compare(a, b, field) || idOf(a) - idOf(b));
};

/** §3.5: `include[]=lines`; unknown ones are ignored. */
export const readIncludes = (query: URLSearchParams, resource: Resource, books: Books): readonly string[] =>
  [...new Set([...query.getAll('include[]'), ...(resource.unasked?.(books) ?? [])])]
    .filter((name) => Object.hasOwn(resource.includes, name))
    .sort();
