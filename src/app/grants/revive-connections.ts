import { factsOf } from '../../domain/grant.ts';
import { revived } from '../../domain/revival.ts';
import type { Clock, Connections, Grants, NewId, SyncSettingsStore, Waker } from '../ports.ts';

/** Links those again that had lost access with a grant that lives after all. */
export type ReviveConnections = (grantId: string) => Promise<void>;

type Deps = {
  connections: Pick<Connections, 'change' | 'onGrant'>;
  grants: Pick<Grants, 'find'>;
  syncSettings: Pick<SyncSettingsStore, 'find'>;
  waker: Waker;
  clock: Clock;
  newId: NewId;
};

export function makeReviveConnections(deps: Deps): ReviveConnections {
  const { connections, grants, syncSettings, waker, clock, newId } = deps;
  return async (grantId) => {
    const grant = await grants.find(grantId);
    if (grant?.status !== 'live') return;
    const settings = await syncSettings.find();
    for (const ref of await connections.onGrant(grantId)) {
      const isRevived = await connections.change(ref, (connection) => {
        const next = revived(connection, { grantId, settings, now: clock(), newId });
        return next === undefined
          ? { result: false }
          : { next: { ...next, access: factsOf(grant) }, result: true };
      });
      if (isRevived) await waker({ kind: 'sync', ref });
    }
  };
}
