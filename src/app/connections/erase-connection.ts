import type { Connection, ConnectionRef } from '../../domain/connection.ts';
import { condemn } from '../../domain/connection-moves.ts';
import type { Clock, Connections, Waker } from '../ports.ts';

/**
 * Begins the end of a connection: it is condemned first, so that nobody is shown it and no worker publishes to it,
 * then the worker is woken to release its grant and erase what is held. Asking again wakes again, which makes up for
 * a wake that was lost. False when there is no such connection.
 */
export function makeEraseConnection(deps: {
  connections: Pick<Connections, 'change'>;
  wake: Waker;
  clock: Clock;
}) {
  return async (ref: ConnectionRef): Promise<boolean> => {
    const condemned = await deps.connections.change(
      ref,
      (connection): { next: Connection; result: Connection } => {
        const next = condemn(connection, deps.clock());
        return { next, result: next };
      },
    );
    if (!condemned) return false;
    const { grantId } = condemned;
    await deps.wake({ kind: 'erase', ref, ...(grantId === undefined ? {} : { grantId }) });
    return true;
  };
}
