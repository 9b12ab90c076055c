import { z } from 'zod';
import type { Objects, RunFiles } from '../app/ports.ts';
import { RunRecord } from '../domain/connection.ts';
import { historyName, journalName } from './object-names.ts';

const encode = (value: unknown): Uint8Array => Buffer.from(JSON.stringify(value), 'utf8');

/** What runs keep beside the books: journals of workers that handed on, and the history that left the item. */
export function makeRunFiles({ objects }: { objects: Objects }): RunFiles {
  const read = async (name: string): Promise<unknown> => {
    const bytes = await objects.get(name);
    return bytes === undefined ? undefined : JSON.parse(Buffer.from(bytes).toString('utf8'));
  };
  return {
    saveJournal: async (ref, run, journal) => {
      const name = journalName(ref, run);
      await objects.put(name, encode(journal), 'application/json');
      return name;
    },
    journal: read,
    saveHistory: async (ref, epoch, runs) => {
      const name = historyName(ref, epoch);
      await objects.put(name, encode(runs), 'application/json');
      return name;
    },
    history: async (names) => {
      const pages = await Promise.all(names.map(read));
      return pages.flatMap((page) => (page === undefined ? [] : z.array(RunRecord).parse(page)));
    },
    forgetJournal: (name) => objects.remove([name]),
  };
}
