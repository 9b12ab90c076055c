import { factsOf } from '../../domain/grant.ts';
import { revived } from '../../domain/revival.ts';
import type { Clock, Connections, Grants, NewId, SyncSettingsStore, Waker } from '../ports.ts';

export type ShareConsent = (grantId: string, scopes: readonly string[]) => Promise<void>;

type Deps = {
  connections: Pick<Connections, 'change' | 'onGrant'>;
  grants: Pick<Grants, 'find'>;
  syncSettings: Pick<SyncSettingsStore, 'find'>;
  waker: Waker;
  clock: Clock;
  newId: NewId;
};

/**
 * A consent renewed for one connection is renewed for all that stand on it: those that had lost access have it again,
 * and all were authorised with the scopes asked for now.
 */
export function makeShareConsent(deps: Deps): ShareConsent {
  const { connections, grants, syncSettings, waker, clock, newId } = deps;
  return async (grantId, scopes) => {
    const settings = await syncSettings.find();
    const grant = await grants.find(grantId);
    const access = grant && { access: factsOf(grant) };
    for (const ref of await connections.onGrant(grantId)) {
      const isRevived = await connections.change(ref, (connection) => {
        if (connection.grantId !== grantId || connection.erasing !== undefined) return { result: false };
        const now = clock();
        const again = revived(connection, { grantId, settings, now, newId });
        const next = { ...(again ?? connection), ...access, scopes: [...scopes], authorised: now };
        return { next, result: again !== undefined };
      });
      if (isRevived) await waker({ kind: 'sync', ref });
    }
  };
}
