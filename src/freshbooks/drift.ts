import type { Drift } from '../domain/drift.ts';
import type { Fates } from './types/mapping.ts';

/**
 * What no table knows of a raw row: its fields (`colour`) and the values of fields that have a closed set
 * (`vis_state=7`). FreshBooks grew since this was written: both are kept raw and named, never fatal.
 */
export function unlisted(row: Record<string, unknown>, fates: Fates): string[] {
  const found = new Set<string>();
  walk(row, '', tableOf(fates), found);
  for (const field in fates.vocabulary) {
    const value = row[field];
    if (isStrange(value, fates.vocabulary[field] ?? [])) found.add(`${field}=${shown(value)}`);
  }
  return [...found];
}

function isStrange(value: unknown, known: readonly (string | number)[]): boolean {
  if (value === undefined || value === null || value === '') return false;
  return !known.some((one) => one === value || String(one) === value);
}

/** Only what looks like a word of a vocabulary is shown: anything else could be a customer's. */
function shown(value: unknown): string {
  const text = typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  return /^[\w.-]{1,30}$/.test(text) ? text : '?';
}

/** Counts what is new over many rows. */
export function makeDriftCount(): {
  see: (resource: string, found: readonly string[]) => void;
  all: () => Drift[];
} {
  const counts = new Map<string, Drift>();
  return {
    see(resource, found) {
      for (const field of found) {
        const key = `${resource} ${field}`;
        counts.set(key, { resource, field, rows: (counts.get(key)?.rows ?? 0) + 1 });
      }
    },
    all: () => [...counts.values()],
  };
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
