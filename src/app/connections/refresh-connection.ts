import type { Connection, ConnectionRef } from '../../domain/connection.ts';
import type { DataType } from '../../domain/data-types.ts';
import { type PullOperation, requestRefresh } from '../../domain/pull-operation.ts';
import type { Clock, Connections, NewId, Waker } from '../ports.ts';
import { noSuchConnection } from './find-connection.ts';

/**
 * Asks for data types of a linked connection to be read again; answers their pull operations in the same order. What
 * is waiting already is not asked for twice. `request` says whether that is all of it. Problem `conflict` while the
 * connection is not linked.
 */
export function makeRefreshConnection(deps: {
  connections: Pick<Connections, 'change'>;
  wake: Waker;
  clock: Clock;
  newId: NewId;
}) {
  return async (
    ref: ConnectionRef,
    types: readonly DataType[],
    request = requestRefresh,
  ): Promise<PullOperation[]> => {
    const operations = await deps.connections.change(
      ref,
      (connection): { next: Connection; result: PullOperation[] } => {
        const asked = request(connection, types, deps.clock(), deps.newId);
        return { next: asked.connection, result: asked.operations };
      },
    );
    if (!operations) throw noSuchConnection(ref);
    // After the wants are saved: a lost message is made up for by the schedule, which finds them waiting.
    await deps.wake({ kind: 'sync', ref });
    return operations;
  };
}
