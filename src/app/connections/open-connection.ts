import type { Connection } from '../../domain/connection.ts';
import { newConnection } from '../../domain/new-connection.ts';
import { withOwnSettings } from '../../domain/own-settings.ts';
import { connectionsOf, currentOf } from '../companies/find-company.ts';
import type { Clock, Companies, Connections, NewId, NewToken } from '../ports.ts';

type Deps = {
  companies: Pick<Companies, 'find'>;
  connections: Pick<Connections, 'insert' | 'ofCompany' | 'remove' | 'change'>;
  clock: Clock;
  newId: NewId;
  newToken: NewToken;
};

/**
 * The company's FreshBooks connection, in whatever state, or a new one that waits for its customer. A company has one
 * at a time: of two that were made at the same moment the older one stays.
 */
export function makeOpenConnection(deps: Deps) {
  return async (companyId: string): Promise<Connection> => {
    const held = currentOf(await connectionsOf(deps.connections, companyId));
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
    return withCompanySettings(deps, first);
  };
}

/**
 * The company is read after the connection was inserted: whoever saves settings meanwhile either is seen here, or
 * finds the connection among the company's.
 */
async function withCompanySettings(deps: Deps, made: Connection): Promise<Connection> {
  const own = (await deps.companies.find(made.companyId))?.syncSettings;
  if (own === undefined) return made;
  const ref = { companyId: made.companyId, connectionId: made.id };
  const changed = await deps.connections.change(
    ref,
    (connection): { next?: Connection; result: Connection } => {
      const next = withOwnSettings(connection, own, deps.clock());
      return next === undefined ? { result: connection } : { next, result: next };
    },
  );
  return changed ?? made;
}
