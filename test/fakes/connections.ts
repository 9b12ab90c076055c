import type { Connections } from '../../src/app/ports.ts';
import type { Connection, ConnectionRef } from '../../src/domain/connection.ts';
import { pendingSince } from '../../src/domain/pending-since.ts';
import { MemoryTable } from './memory-table.ts';

const keyOf = (ref: ConnectionRef): string => JSON.stringify([ref.companyId, ref.connectionId]);
const refOf = (connection: Connection): ConnectionRef => ({
  companyId: connection.companyId,
  connectionId: connection.id,
});

/** Connections in memory; the indexes are those of the table, without their delay. */
export function memoryConnections(): Connections {
  const table = new MemoryTable<Connection>('connection');
  const refsWhere = async (holds: (connection: Connection) => boolean): Promise<ConnectionRef[]> =>
    (await table.all()).filter((one) => one.removed === undefined && holds(one)).map(refOf);
  return {
    insert: (connection) => table.insert(keyOf(refOf(connection)), connection),
    find: (ref) => table.find(keyOf(ref)),
    change: (ref, decide) => table.change(keyOf(ref), decide),
    remove: async (ref) => {
      await table.remove(keyOf(ref));
    },
    ofCompany: async (companyId) =>
      (await table.all()).filter((connection) => connection.companyId === companyId),
    byLinkToken: async (token) => (await refsWhere((connection) => connection.linkToken === token))[0],
    inSlot: (slot) =>
      refsWhere((connection) => connection.state !== 'PendingAuth' && connection.slot === slot),
    pending: async (before) => {
      const since = (connection: Connection): string => pendingSince(connection) ?? '';
      const waiting = (await table.all()).filter(
        (one) => one.removed === undefined && since(one) !== '' && since(one) < before,
      );
      return waiting.sort((a, b) => (since(a) < since(b) ? -1 : 1)).map(refOf);
    },
    onGrant: (grantId) => refsWhere((connection) => connection.grantId === grantId),
  };
}
