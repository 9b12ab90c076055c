import type { Connection } from '../../domain/connection.ts';
import type { Instant } from '../../domain/instant.ts';
import { revived } from '../../domain/revival.ts';
import type { Clock, Connections, NewId, SyncSettingsStore, Waker } from '../ports.ts';

export type HolderDeps = {
  connections: Pick<Connections, 'change' | 'onGrant'>;
  syncSettings: Pick<SyncSettingsStore, 'find'>;
  waker: Waker;
  clock: Clock;
  newId: NewId;
};

/**
 * Changes the connections that stand on a grant, and has those read that are linked again by it. `decide` is given a
 * connection as it is, and linked again where it had lost access; `undefined` leaves it alone.
 */
export async function changeHolders(
  { connections, syncSettings, waker, clock, newId }: HolderDeps,
  grantId: string,
  decide: (connection: Connection, again: Connection | undefined, now: Instant) => Connection | undefined,
): Promise<void> {
  const settings = await syncSettings.find();
  for (const ref of await connections.onGrant(grantId)) {
    const isRevived = await connections.change(ref, (connection) => {
      const now = clock();
      const again = revived(connection, { grantId, settings, now, newId });
      const next = decide(connection, again, now);
      return next === undefined ? { result: false } : { next, result: again !== undefined };
    });
    if (isRevived) await waker({ kind: 'sync', ref });
  }
}
