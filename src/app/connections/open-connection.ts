import type { Connection } from '../../domain/connection.ts';
import { newConnection } from '../../domain/new-connection.ts';
import { connectionsOf } from '../companies/find-company.ts';
import type { Clock, Connections, NewId, NewToken } from '../ports.ts';

/**
 * The company's FreshBooks connection, in whatever state, or a new one that waits for its customer. A company has one
 * at a time: of two that were made at the same moment the older one stays.
 */
export function makeOpenConnection(deps: {
  connections: Pick<Connections, 'insert' | 'ofCompany' | 'remove'>;
  clock: Clock;
  newId: NewId;
  newToken: NewToken;
}) {
  return async (companyId: string): Promise<Connection> => {
    const [held] = await connectionsOf(deps.connections, companyId);
    if (held) return held;
    const made = newConnection({
      id: deps.newId(),
      companyId,
      linkToken: deps.newToken(),
      now: deps.clock(),
    });
    await deps.connections.insert(made);
    const [first = made] = await connectionsOf(deps.connections, companyId);
    if (first.id !== made.id) await deps.connections.remove({ companyId, connectionId: made.id });
    return first;
  };
}
