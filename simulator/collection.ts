import type { Json, Row } from './json.ts';
import { idOf, makeRowIndex, type RowIndex } from './row-index.ts';

/** The rows of one resource of one account, by id, with indexes made on first use. */
export type Collection = {
  get(id: number): Row | undefined;
  ascending(): readonly Row[];
  /** The rows that hold this value in this field, by ascending id. */
  where(field: string, value: Json): readonly Row[];
  put(row: Row): void;
  remove(id: number): void;
  /** Takes in a row that is on the disk already. */
  load(row: Row): void;
};

/** Told of every change before it is made, with what takes it back. */
type Disk = { write(id: number, back: () => void): void };

export const makeCollection = (disk: Disk): Collection => {
  const rows = new Map<number, Row>();
  const indexes = new Map<string, RowIndex>();
  let ordered: readonly Row[] | undefined;

  const set = (id: number, row: Row | undefined): void => {
    const before = rows.get(id);
    for (const index of indexes.values()) {
      if (before) index.remove(before);
      if (row) index.add(row);
    }
    if (row) rows.set(id, row);
    else rows.delete(id);
    ordered = undefined;
  };

  const change = (id: number, row: Row | undefined): void => {
    const before = rows.get(id);
    if (!before && !row) return;
    disk.write(id, () => set(id, before));
    set(id, row);
  };

  const indexOf = (field: string): RowIndex => {
    const index = indexes.get(field) ?? makeRowIndex(field, rows.values());
    indexes.set(field, index);
    return index;
  };

  return {
    get: (id) => rows.get(id),
    ascending: () => {
      ordered ??= [...rows.values()].sort((a, b) => idOf(a) - idOf(b));
      return ordered;
    },
    where: (field, value) =>
      indexOf(field)
        .ids(value)
        .map((id) => rows.get(id))
        .filter((row) => row !== undefined),
    put: (row) => change(idOf(row), row),
    remove: (id) => change(id, undefined),
    load: (row) => set(idOf(row), row),
  };
};
