import type { Row } from './json.ts';

/** A small keyed table: tokens, codes, switches, faults, counters. */
export type Documents = {
  get(key: string): Row | undefined;
  entries(): readonly (readonly [key: string, row: Row])[];
  put(key: string, row: Row): void;
  remove(key: string): void;
};

type Disk = { write(key: string, back: () => void): void };

/** A table that starts with what was on the disk and writes every change through to it. */
export const makeDocuments = (disk: Disk, map: Map<string, Row>): Documents => {
  const set = (key: string, row: Row | undefined): void => {
    if (row) map.set(key, row);
    else map.delete(key);
  };
  return {
    get: (key) => map.get(key),
    entries: () => [...map],
    put: (key, row) => {
      const before = map.get(key);
      disk.write(key, () => set(key, before));
      set(key, row);
    },
    remove: (key) => {
      const before = map.get(key);
      if (!before) return;
      disk.write(key, () => set(key, before));
      set(key, undefined);
    },
  };
};
