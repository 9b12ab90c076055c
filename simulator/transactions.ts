import type { DatabaseSync } from 'node:sqlite';

/** One change in memory: how to take it back, and, where there is a disk, how to write what the key then holds. */
type Change = { key: string; back: () => void; flush?: () => void };

/** All or nothing, in memory as on the disk. Everything inside is synchronous, so transactions never interleave. */
export type Transactions = {
  run<T>(work: () => T): T;
  /** Notes a change before it is made. Throws outside a transaction. */
  write(change: Change): void;
};

type Open = { backs: (() => void)[]; flushes: Map<string, () => void> };

export const makeTransactions = (db: DatabaseSync | undefined): Transactions => {
  let open: Open | undefined;

  const write = ({ key, back, flush }: Change): void => {
    if (!open) throw new Error('the store is written inside a transaction only');
    open.backs.push(back);
    // A key that changes many times is written once, as it stands at the end.
    if (flush) open.flushes.set(key, flush);
  };

  const commit = ({ flushes }: Open): void => {
    if (!db || flushes.size === 0) return;
    db.exec('begin immediate');
    for (const flush of flushes.values()) flush();
    db.exec('commit');
  };

  const run = <T>(work: () => T): T => {
    if (open) return work();
    const mine: Open = { backs: [], flushes: new Map() };
    open = mine;
    try {
      const result = work();
      commit(mine);
      return result;
    } catch (error) {
      for (const back of mine.backs.reverse()) back();
      if (db?.isTransaction) db.exec('rollback');
      throw error;
    } finally {
      open = undefined;
    }
  };

  return { run, write };
};
