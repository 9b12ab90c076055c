import { type Json, type Row, without } from '../json.ts';
import type { Books, Resource } from '../resources/resource.ts';

// Rows are never changed in place, so the text of a row lives as long as the row: a page of a hundred invoices is
// then mostly joining strings.
const texts = new WeakMap<Row, Map<string, string>>();

const stored = (resource: Resource): readonly string[] =>
  Object.keys(resource.includes).filter((name) => resource.includes[name] === 'stored');

/** The row as it is sent: without the fields that nobody asked for, with the ones that are worked out. */
const shown = (resource: Resource, row: Row, includes: readonly string[], books: Books): Row => {
  const kept = without(row, ...stored(resource).filter((name) => !includes.includes(name)));
  const extra: Record<string, Json> = {};
  for (const name of includes) {
    const include = resource.includes[name];
    if (typeof include === 'function') extra[name] = include(row, books);
  }
  return { ...kept, ...extra };
};

/** The JSON text of `shown`, remembered where it depends on the row alone. */
export const shownText = (
  resource: Resource,
  row: Row,
  includes: readonly string[],
  books: Books,
): string => {
  if (includes.some((name) => resource.includes[name] !== 'stored')) {
    return JSON.stringify(shown(resource, row, includes, books));
  }
  const known = texts.get(row) ?? new Map<string, string>();
  const key = includes.join();
  const text = known.get(key) ?? JSON.stringify(shown(resource, row, includes, books));
  known.set(key, text);
  texts.set(row, known);
  return text;
};
