import { nounOf } from '../../domain/hook-moves.ts';

/** A callback as FreshBooks lists it. */
export type Listed = { id: string; event: string; uri: string; verified: boolean };

/** What is to be done at FreshBooks so that each wanted noun is listened to once, at our address. */
export type HookPlan = {
  /** Listened to already, verified or not. */
  keep: readonly Listed[];
  /** Of ours and of no more use: another address of this connection, a second one, a noun no longer wanted. */
  remove: readonly Listed[];
  /** Nouns that nobody listens to. */
  create: readonly string[];
};

/**
 * Compares FreshBooks' list with what is wanted. `address` is where this connection listens, `mine` the beginning that
 * only this connection's addresses have: what others registered is not touched. Callbacks of ours that we do not know
 * (a worker died after creating one) are taken over.
 */
export function planHooks(
  listed: readonly Listed[],
  want: { nouns: readonly string[]; address: string; mine: string },
): HookPlan {
  const ours = listed.filter(({ uri }) => uri === want.address || uri.startsWith(want.mine));
  const here = ours.filter(({ uri, event }) => uri === want.address && want.nouns.includes(nounOf(event)));
  const keep = new Map<string, Listed>();
  for (const callback of verifiedFirst(here))
    if (!keep.has(callback.event)) keep.set(callback.event, callback);
  const heard = new Set([...keep.keys()].map(nounOf));
  return {
    keep: [...keep.values()],
    remove: ours.filter((callback) => keep.get(callback.event) !== callback),
    create: want.nouns.filter((noun) => !heard.has(noun)),
  };
}

function verifiedFirst(callbacks: readonly Listed[]): Listed[] {
  return callbacks.toSorted((a, b) => Number(b.verified) - Number(a.verified));
}
