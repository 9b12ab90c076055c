import type { DatabaseSync } from 'node:sqlite';

/** All or nothing, in memory as on the disk. Everything inside is synchronous, so transactions never interleave. */
export type Transactions = {
  run<T>(work: () => T): T;
  /** Called before each write with what takes it back in memory. Throws outside a transaction. */
  write(back: () => void): void;
};

export const makeTransactions = (db: DatabaseSync): Transactions => {
  let undo: (() => void)[] | undefined;

  const write = (back: () => void): void => {
    if (!undo) throw new Error('the store is written inside a transaction only');
    // Reading costs nothing: the database hears of a transaction at its first write.
    if (undo.length === 0) db.exec('begin immediate');
    undo.push(back);
  };

  const run = <T>(work: () => T): T => {
    if (undo) return work();
    const backs: (() => void)[] = [];
    undo = backs;
    try {
      const result = work();
      if (backs.length > 0) db.exec('commit');
      return result;
    } catch (error) {
      for (const back of backs.reverse()) back();
      if (backs.length > 0 && db.isTransaction) db.exec('rollback');
      throw error;
    } finally {
      undo = undefined;
    }
  };

  return { run, write };
};
