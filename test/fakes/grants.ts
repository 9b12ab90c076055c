import type { Grants, LinkAttempts } from '../../src/app/ports.ts';
import type { Grant, LinkAttempt } from '../../src/domain/grant.ts';
import { MemoryTable } from './memory-table.ts';

/** Grants in memory. */
export function memoryGrants(): Grants {
  const table = new MemoryTable<Grant>('grant');
  return {
    find: (id) => table.find(id),
    change: (id, decide) => table.changeOrMake(id, decide),
    remove: async (id, epoch) => {
      await table.remove(id, (grant) => epoch === undefined || grant.epoch === epoch);
    },
  };
}

/** Link attempts in memory. They do not vanish by themselves: a table sweeps late as well. */
export function memoryLinkAttempts(): LinkAttempts {
  const table = new MemoryTable<LinkAttempt>('link attempt');
  return {
    insert: (attempt) => table.insert(attempt.id, attempt),
    find: (id) => table.find(id),
    change: (id, decide) => table.change(id, decide),
    remove: async (id) => {
      await table.remove(id);
    },
  };
}
