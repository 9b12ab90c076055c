import type { Objects } from '../../src/app/ports.ts';
import { turn } from './memory-table.ts';

/** Objects in memory; `names` and `size` are for looking at afterwards. */
export type MemoryObjects = Objects & { names(): string[]; size(name: string): number };

/** Objects in memory. Another body under a name that is taken is a fault of ours, so it throws. */
export function memoryObjects(): MemoryObjects {
  const held = new Map<string, Uint8Array>();
  return {
    put: async (name, bytes) => {
      await turn();
      const there = held.get(name);
      if (there !== undefined && !Buffer.from(there).equals(bytes)) {
        throw new Error(`${name} is immutable and was written again with other bytes`);
      }
      held.set(name, Uint8Array.from(bytes));
    },
    get: async (name) => {
      await turn();
      const bytes = held.get(name);
      return bytes === undefined ? undefined : Uint8Array.from(bytes);
    },
    list: async function* (prefix) {
      for (const name of [...held.keys()].sort()) {
        await turn();
        if (name.startsWith(prefix)) yield name;
      }
    },
    remove: async (names) => {
      await turn();
      for (const name of names) held.delete(name);
    },
    names: () => [...held.keys()].sort(),
    size: (name) => held.get(name)?.byteLength ?? 0,
  };
}
