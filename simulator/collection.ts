import { type Json, numberOf, type Row } from './json.ts';

/** The rows of one resource of one account, by id, with indexes made on first use. */
export type Collection = {
  get(id: number): Row | undefined;
  ascending(): readonly Row[];
  where(field: string, value: Json): readonly Row[];
  put(row: Row): void;
  remove(id: number): void;
  load(row: Row): void;
};

type Disk = { write(id: number, back: () => void): void };
type Index = Map<Json, Set<number>>;

/** Whichever name the resource gives its key: `id`, or `systemid`, `taxid` … which mirror it. */
export const idOf = (row: Row): number => numberOf(row, 'id');

export const makeCollection = (disk: Disk): Collection => {
  const rows = new Map<number, Row>();
  const indexes = new Map<string, Index>();
  let ordered: readonly Row[] | undefined;

  const file = (row: Row, add: boolean): void => {
    for (const [field, index] of indexes) {
      const value = row[field] ?? null;
      const ids = index.get(value) ?? new Set();
      if (add) ids.add(idOf(row));
      else ids.delete(idOf(row));
      index.set(value, ids);
    }
  };

  const set = (id: number, row: Row | undefined): void => {
    const before = rows.get(id);
    if (before) file(before, false);
    if (row) {
      rows.set(id, row);
      file(row, true);
    } else rows.delete(id);
    ordered = undefined;
  };

  const indexOf = (field: string): Index => {
    const known = indexes.get(field);
    if (known) return known;
    const made: Index = new Map();
    indexes.set(field, made);
    for (const row of rows.values())
      made.set(row[field] ?? null, (made.get(row[field] ?? null) ?? new Set()).add(idOf(row)));
    return made;
  };

  return {
    get: (id) => rows.get(id),
    ascending: () => {
      ordered ??= [...rows.values()].sort((a, b) => idOf(a) - idOf(b));
      return ordered;
    },
    where: (field, value) =>
      [...(indexOf(field).get(value) ?? [])]
        .sort((a, b) => a - b)
        .map((id) => rows.get(id))
        .filter((row) => row !== undefined),
    put: (row) => {
      const id = idOf(row);
      const before = rows.get(id);
      disk.write(id, () => set(id, before));
      set(id, row);
    },
    remove: (id) => {
      const before = rows.get(id);
      if (!before) return;
      disk.write(id, () => set(id, before));
      set(id, undefined);
    },
    load: (row) => set(idOf(row), row),
  };
};
