import type { ConnectionRef } from '../../domain/connection.ts';
import { condemn, leaseIsLive } from '../../domain/connection-moves.ts';
import { secondsBetween } from '../../domain/instant.ts';
import { longestRunSeconds } from '../../domain/retention.ts';
import type { Books, Clock, Connections, Waker } from '../ports.ts';

/**
 * Erases a connection that was deleted: fences its worker off, waits until that one has surely ended, releases the
 * grant, removes every object and then the item. One more message sweeps the objects of a worker that was frozen
 * beyond its lease. Each step may be repeated.
 */
export function makeEraseBooks(deps: {
  connections: Pick<Connections, 'change' | 'remove'>;
  books: Pick<Books, 'erase'>;
  releaseAccess: (ref: ConnectionRef, grantId: string) => Promise<void>;
  waker: Waker;
  clock: Clock;
}): (ref: ConnectionRef, grantId?: string) => Promise<void> {
  return async (ref, grantId) => {
    const now = deps.clock();
    const condemned = await deps.connections.change(ref, (connection) => {
      const result = condemn(connection, now);
      return result === connection ? { result } : { next: result, result };
    });
    const wake = { kind: 'erase' as const, ref, ...(grantId === undefined ? {} : { grantId }) };
    if (condemned?.lease !== undefined && leaseIsLive(condemned, now)) {
      const delaySeconds = Math.ceil(secondsBetween(now, condemned.lease.until)) + 1;
      return deps.waker(wake, { delaySeconds });
    }
    const standing = condemned === undefined ? undefined : (condemned.grantId ?? grantId);
    if (standing !== undefined) await deps.releaseAccess(ref, standing);
    await deps.books.erase(ref);
    if (condemned === undefined) return;
    await deps.connections.remove(ref);
    await deps.waker({ kind: 'erase', ref }, { delaySeconds: longestRunSeconds });
  };
}
