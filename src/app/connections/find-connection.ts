import type { Connection, ConnectionRef } from '../../domain/connection.ts';
import { Problem } from '../../domain/problem.ts';
import { findCompany } from '../companies/find-company.ts';
import type { Companies, Connections } from '../ports.ts';

/** The connection, or Problem `not-found`: also for one of another company and for one that is being erased. */
export function makeFindConnection(deps: {
  companies: Pick<Companies, 'find'>;
  connections: Pick<Connections, 'find'>;
}) {
  return async (ref: ConnectionRef): Promise<Connection> => {
    await findCompany(deps.companies, ref.companyId);
    const connection = await deps.connections.find(ref);
    if (!connection || connection.erasing !== undefined) throw noSuchConnection(ref);
    return connection;
  };
}

export function noSuchConnection({ companyId, connectionId }: ConnectionRef): Problem {
  return new Problem(
    'not-found',
    `The company ${companyId} has no connection with the id ${connectionId}. Check the id.`,
  );
}
