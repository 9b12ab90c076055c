import type { Connection } from '../../domain/connection.ts';
import { Problem } from '../../domain/problem.ts';
import type { TendHooksDeps } from './tend-hooks.ts';

/** Takes a connection's callbacks away from FreshBooks, while its grant still opens the door. */
export type RemoveHooks = (connection: Connection) => Promise<void>;

/**
 * Removes every callback of a connection that is left: known ones and those a dead worker left. Throws Problem
 * `unavailable` when nobody answered, to be tried again; where FreshBooks no longer lets us in, what stays there posts
 * to an address that nobody listens to.
 */
export function makeRemoveHooks(
  deps: Pick<TendHooksDeps, 'callbacks' | 'grantToken' | 'addresses' | 'log'>,
): RemoveHooks {
  return async (connection) => {
    const { business, grantId, hooks, companyId, id } = connection;
    if (hooks === undefined || business === undefined || grantId === undefined) return;
    const who = { business, access: deps.grantToken(grantId) };
    const mine = deps.addresses.beginOf({ companyId, connectionId: id });
    try {
      const ours = (await deps.callbacks.list(who)).filter(({ uri }) => uri.startsWith(mine));
      for (const callback of ours) await deps.callbacks.remove(who, callback.id);
      deps.log.info('hooks.removed', { connection: id, callbacks: ours.length });
    } catch (error) {
      if (!(error instanceof Problem) || error.retry === 'later') throw error;
      deps.log.warn('hooks.left-behind', { connection: id, kind: error.kind });
    }
  };
}
