import type { Json, Row } from '../json.ts';
import { textOf } from '../json.ts';
import type { Books } from '../resources/resource.ts';
import { idOf } from '../row-index.ts';
import { Unprocessable } from './family.ts';

type Page = { rows: readonly Row[]; meta: Row };

const whole = (query: URLSearchParams, key: string): number | undefined => {
  const value = query.get(key);
  if (value === null) return undefined;
  if (/^\d+$/.test(value)) return Number(value);
  throw new Unprocessable({ [key]: 'Input should be a valid integer' });
};

/**
 * §3.2: page 0 is page 1, per_page is capped at 100 without a word. `total` is more than the rows where some may not be
 * read and are counted all the same.
 */
export const pageOf = (
  rows: readonly Row[],
  query: URLSearchParams,
  perPageDefault: number,
  total = rows.length,
): Page => {
  const per_page = Math.min(whole(query, 'per_page') || perPageDefault, 100);
  const page = whole(query, 'page') || 1;
  return {
    rows: rows.slice((page - 1) * per_page, page * per_page),
    meta: { page, pages: Math.ceil(total / per_page), per_page, total },
  };
};

/** How many rows a list says it has (§3.2): those that this person may not read too, or not. */
export const totalOf = (shown: readonly Row[], all: () => readonly Row[], { plays }: Books): number =>
  (plays('total-counts-hidden', 'counted') ? all() : shown).length;

/** §3.4: `key` or `-key`; newest id first without one; an unknown one gives ascending ids. */
export const sorted = (
  rows: readonly Row[],
  sort: string | null,
  keys: readonly string[],
): readonly Row[] => {
  if (sort === null) return [...rows].sort((a, b) => idOf(b) - idOf(a));
  const key = sort.replace(/^-/, '');
  const way = sort.startsWith('-') ? -1 : 1;
  const known = keys.includes(key);
  const compare = (a: Row, b: Row) => (known ? way * textOf(a, key).localeCompare(textOf(b, key)) : 0);
  return [...rows].sort((a, b) => compare(a, b) || idOf(a) - idOf(b));
};

export type BareFilter = (value: string, key: string) => (row: Row) => boolean;

export const bareNumber: BareFilter = (value, key) => {
  if (/^\d+$/.test(value)) return (row) => row[key] === Number(value);
  throw new Unprocessable({ [key]: 'Input should be a valid integer' });
};

/** Whatever the case: the Python client sends `False` (§7 no. 32). */
export const bareBoolean: BareFilter = (value, key) => {
  const wanted = { true: true, false: false }[value.toLowerCase()];
  if (wanted === undefined) throw new Unprocessable({ [key]: 'Input should be a valid boolean' });
  return (row) => row[key] === wanted;
};

/** §3.3: a date and time; the rows' own stamps are UTC without a Z (§3.7). */
export const updatedSince: BareFilter = (value, key) => {
  const at = /^\d{4}-\d\d-\d\d/.test(value)
    ? Date.parse(/(Z|[+-]\d\d:?\d\d)$/.test(value) || value.length === 10 ? value : `${value}Z`)
    : Number.NaN;
  if (Number.isNaN(at)) {
    throw new Unprocessable({ [key]: 'Input should be a valid datetime or date, input is too short' });
  }
  return (row) => Date.parse(`${textOf(row, 'updated_at')}Z`) >= at;
};

/** The rows that meet every filter that is known; unknown keys, `search[...]` among them, are ignored. */
export const matching = (
  rows: readonly Row[],
  query: URLSearchParams,
  filters: Readonly<Record<string, BareFilter>>,
): readonly Row[] => {
  const tests = Object.entries(filters).flatMap(([key, make]) => {
    const value = query.get(key);
    return value === null ? [] : [make(value, key)];
  });
  return rows.filter((row) => tests.every((test) => test(row)));
};

/** `{ <plural>: [...] }` of the rows. */
export const bareList = (many: string, rows: readonly Row[], meta?: Json): Row => ({
  [many]: rows,
  ...(meta === undefined ? {} : { meta }),
});
