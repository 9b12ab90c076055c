import type { Fates } from './types/mapping.ts';

/**
 * Fields of a raw row that no table knows: FreshBooks grew since this was written. They are kept raw and named, never
 * fatal.
 */
export function unlistedFields(row: Record<string, unknown>, fates: Fates): string[] {
  const found = new Set<string>();
  walk(row, '', tableOf(fates), found);
  return [...found];
}

type Table = { known: ReadonlySet<string>; opened: ReadonlySet<string> };
const tables = new WeakMap<Fates, Table>();

function tableOf(fates: Fates): Table {
  const cached = tables.get(fates);
  if (cached !== undefined) return cached;
  const known = new Set([...fates.mapped, ...Object.keys(fates.ignored)]);
  const opened = new Set(
    [...known].flatMap((path) => (path.includes('.') ? [path.slice(0, path.lastIndexOf('.'))] : [])),
  );
  const table = { known, opened };
  tables.set(fates, table);
  return table;
}

function walk(row: Record<string, unknown>, prefix: string, table: Table, found: Set<string>): void {
  for (const key in row) {
    const path = prefix + key;
    if (table.opened.has(path)) walkInto(row[key], `${path}.`, table, found);
    else if (!table.known.has(path)) found.add(path);
  }
}

function walkInto(value: unknown, prefix: string, table: Table, found: Set<string>): void {
  const items: unknown[] = Array.isArray(value) ? value : [value];
  for (const item of items) if (isObject(item)) walk(item, prefix, table, found);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
