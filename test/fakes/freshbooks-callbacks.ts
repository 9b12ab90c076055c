import type { FreshBooksCallbacks } from '../../src/app/hooks/freshbooks-callbacks.ts';
import { turn } from './memory-table.ts';

type Kept = { id: string; event: string; uri: string; verified: boolean; verifier: string };

/** What FreshBooks posts by itself when a callback is made or asked for again. */
type Handshake = { uri: string; id: string; verifier: string };

/** FreshBooks' callbacks in memory. `unknown` are events it refuses, `handshakes` what it posted. */
export function memoryCallbacks() {
  const kept = new Map<string, Kept>();
  const unknown = new Set<string>();
  const handshakes: Handshake[] = [];
  let made = 80_000;
  const shown = ({ verifier: _verifier, ...rest }: Kept) => rest;
  const callbacks: FreshBooksCallbacks = {
    list: async () => {
      await turn();
      return [...kept.values()].map(shown);
    },
    create: async (_who, { event, uri }) => {
      await turn();
      if (unknown.has(event)) return undefined;
      made += 1;
      const one = { id: String(made), event, uri, verified: false, verifier: `verifier-${made}` };
      kept.set(one.id, one);
      handshakes.push({ uri, id: one.id, verifier: one.verifier });
      return shown(one);
    },
    confirm: async (_who, id, verifier) => {
      await turn();
      const one = kept.get(id);
      if (one?.verifier !== verifier) return false;
      kept.set(id, { ...one, verified: true });
      return true;
    },
    resend: async (_who, id) => {
      await turn();
      const one = kept.get(id);
      if (one !== undefined) handshakes.push({ uri: one.uri, id, verifier: one.verifier });
    },
    remove: async (_who, id) => {
      await turn();
      kept.delete(id);
    },
  };
  return { callbacks, kept, unknown, handshakes };
}
