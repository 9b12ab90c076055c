import { isReplaced } from '../../domain/business-change.ts';
import type { Connection } from '../../domain/connection.ts';
import type { Connections } from '../ports.ts';

/** The connection that stands in the place of this one now: itself, unless it was replaced by one that still exists. */
export async function followReplaced(
  connections: Pick<Connections, 'find'>,
  connection: Connection,
): Promise<Connection> {
  const { companyId, replacedBy } = connection;
  if (replacedBy === undefined || !isReplaced(connection)) return connection;
  const next = await connections.find({ companyId, connectionId: replacedBy });
  return next === undefined || next.erasing !== undefined ? connection : followReplaced(connections, next);
}
