import type { OneTimeLinks } from '../../src/app/ports.ts';
import type { OneTimeLink } from '../../src/domain/one-time-link.ts';
import { MemoryTable } from './memory-table.ts';

/** One-time links in memory. They do not vanish by themselves. */
export function memoryOneTimeLinks(): OneTimeLinks {
  const table = new MemoryTable<OneTimeLink>('one-time link');
  return {
    insert: (link) => table.insert(link.digest, link),
    find: (digest) => table.find(digest),
    change: (digest, decide) => table.change(digest, decide),
  };
}
