import { type Json, numberOf, type Row } from './json.ts';

/** A row's key: `id`, or what §3A.12 (incomes), §3A.15 (vendors) and §3A.10 (rates) have in its place. */
export const idOf = (row: Row): number =>
  numberOf(row, 'id') ||
  numberOf(row, 'incomeid') ||
  numberOf(row, 'vendorid') ||
  numberOf(row, 'service_id');

/** Which rows hold a value in a field. */
export type RowIndex = { add(row: Row): void; remove(row: Row): void; ids(value: Json): readonly number[] };

export const makeRowIndex = (field: string, rows: Iterable<Row>): RowIndex => {
  const byValue = new Map<Json, Set<number>>();
  const slot = (row: Row): Set<number> => {
    const value = row[field] ?? null;
    const ids = byValue.get(value) ?? new Set();
    byValue.set(value, ids);
    return ids;
  };
  const index: RowIndex = {
    add: (row) => void slot(row).add(idOf(row)),
    remove: (row) => void slot(row).delete(idOf(row)),
    ids: (value) => [...(byValue.get(value) ?? [])].sort((a, b) => a - b),
  };
  for (const row of rows) index.add(row);
  return index;
};
