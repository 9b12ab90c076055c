import { type Json, numberOf, type Row } from './json.ts';

/** A row's key: every resource has `id`, which mirrors whatever else the resource calls it. */
export const idOf = (row: Row): number => numberOf(row, 'id');

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
