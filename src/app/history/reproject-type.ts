import type { Connection, ConnectionRef } from '../../domain/connection.ts';
import { type DataType, isDataType } from '../../domain/data-types.ts';
import { type PullOperation, requestReproject } from '../../domain/pull-operation.ts';
import { noSuchConnection } from '../connections/find-connection.ts';
import type { Clock, Connections, NewId, Waker } from '../ports.ts';
import { heldSnapshot, notSupported } from '../reading/held-dataset.ts';

/**
 * Asks for a data type of a connection to be made again of the rows that are held, without a call to FreshBooks;
 * answers the pull operation that does it. Throws Problem `not-ready` when nothing has been read yet.
 */
export function makeReprojectType(deps: {
  findConnection: (ref: ConnectionRef) => Promise<Connection>;
  connections: Pick<Connections, 'change'>;
  wake: Waker;
  clock: Clock;
  newId: NewId;
}) {
  return async (ref: ConnectionRef, dataType: string): Promise<PullOperation> => {
    if (!isDataType(dataType)) throw notSupported(dataType);
    const connection = await deps.findConnection(ref);
    mustBeRead(connection, dataType);
    const operation = await deps.connections.change(ref, (held) => {
      const asked = requestReproject(held, dataType, deps.clock(), deps.newId);
      return { next: asked.connection, result: asked.operations[0] };
    });
    if (!operation) throw noSuchConnection(ref);
    // After the want is saved: a lost message is made up for by the schedule, which finds it waiting.
    await deps.wake({ kind: 'sync', ref: { companyId: ref.companyId, connectionId: ref.connectionId } });
    return operation;
  };
}

/** What was read and could not be mapped has no snapshot, and making it again is just what it needs. */
function mustBeRead(connection: Connection, dataType: DataType): void {
  if (connection.datasets[dataType]?.status !== 'MapError') heldSnapshot(connection, dataType);
}
