import type { Connection, ConnectionRef } from '../../domain/connection.ts';
import { unlink } from '../../domain/connection-moves.ts';
import type { Clock, Connections, Waker } from '../ports.ts';
import { noSuchConnection } from './find-connection.ts';

/**
 * Ends a link: no more syncs; what was read stays readable. The worker is woken to release the grant. Asking again
 * changes nothing and wakes again, which makes up for a wake that was lost.
 */
export function makeUnlinkConnection(deps: {
  connections: Pick<Connections, 'change'>;
  wake: Waker;
  clock: Clock;
}) {
  return async (ref: ConnectionRef): Promise<Connection> => {
    const unlinked = await deps.connections.change(
      ref,
      (connection): { next?: Connection; result: Connection } => {
        if (connection.state === 'Unlinked') return { result: connection };
        const next = unlink(connection, deps.clock());
        return { next, result: next };
      },
    );
    if (!unlinked || unlinked.erasing !== undefined) throw noSuchConnection(ref);
    const { grantId } = unlinked;
    if (grantId !== undefined) await deps.wake({ kind: 'release', ref, grantId });
    return unlinked;
  };
}
