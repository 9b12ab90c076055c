import type { Connections, Log } from '../ports.ts';
import type { ReleaseGrant } from './release-grant.ts';

/** Gives a consent back when no connection stands on it. */
export type ReleaseUnused = (grantId: string) => Promise<void>;

type Deps = { connections: Pick<Connections, 'find' | 'onGrant'>; releaseGrant: ReleaseGrant; log: Log };

/**
 * Best effort: where FreshBooks cannot be told, the grant stays closed to all use, and the person can take it back
 * there. The index may lag behind, so each connection that it names is read itself.
 */
export function makeReleaseUnused({ connections, releaseGrant, log }: Deps): ReleaseUnused {
  return async (grantId) => {
    for (const ref of await connections.onGrant(grantId)) {
      const found = await connections.find(ref);
      if (found?.grantId === grantId && found.state !== 'Unlinked' && found.erasing === undefined) return;
    }
    try {
      await releaseGrant(grantId);
    } catch {
      log.warn('grant.release-failed', { grant: grantId });
    }
  };
}
