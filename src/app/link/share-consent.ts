import { link } from '../../domain/connection-moves.ts';
import { factsOf } from '../../domain/grant.ts';
import { typesOnFirstLink } from '../../domain/schedule.ts';
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
      const revived = await connections.change(ref, (connection) => {
        if (connection.grantId !== grantId || connection.erasing !== undefined) return { result: false };
        const lost = connection.state === 'Deauthorized';
        const { business } = connection;
        const now = clock();
        const fetchTypes = typesOnFirstLink(settings, connection.syncSettings);
        const wishes = { grantId, now, newId, fetchTypes };
        const next = lost && business !== undefined ? link(connection, { ...wishes, business }) : connection;
        return { next: { ...next, ...access, scopes: [...scopes], authorised: now }, result: lost };
      });
      if (revived) await waker({ kind: 'sync', ref });
    }
  };
}
