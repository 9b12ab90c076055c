import type { Connection } from '../../domain/connection.ts';
import { Problem } from '../../domain/problem.ts';
import { type PullOperation, pullOperation, pullOperations } from '../../domain/pull-operation.ts';
import { connectionsOf, findCompany } from '../companies/find-company.ts';
import type { Companies, Connections, RunFiles } from '../ports.ts';

type Deps = {
  companies: Pick<Companies, 'find'>;
  connections: Pick<Connections, 'ofCompany'>;
  /** Runs that no longer fit the connections' items. */
  readHistory: RunFiles['history'];
};

/** Every pull operation of a company, newest first. */
export function makePullHistory(deps: Deps) {
  return async (companyId: string): Promise<PullOperation[]> => {
    await findCompany(deps.companies, companyId);
    const connections = await connectionsOf(deps.connections, companyId);
    const all = await Promise.all(connections.map((connection) => wholeHistory(deps, connection)));
    return all.flat().sort((a, b) => (a.requested < b.requested ? 1 : a.requested > b.requested ? -1 : 0));
  };
}

/** One pull operation of a company, or Problem `not-found`. Old runs are only opened when it is not a recent one. */
export function makeFindPull(deps: Deps) {
  return async (companyId: string, id: string): Promise<PullOperation> => {
    await findCompany(deps.companies, companyId);
    for (const connection of await connectionsOf(deps.connections, companyId)) {
      const found =
        pullOperation(connection, id) ?? (await wholeHistory(deps, connection)).find((one) => one.id === id);
      if (found) return found;
    }
    throw new Problem(
      'not-found',
      `The company ${companyId} has no dataset with the id ${id}. Check the id.`,
    );
  };
}

async function wholeHistory({ readHistory }: Deps, connection: Connection): Promise<PullOperation[]> {
  return pullOperations(connection, await readHistory(connection.history));
}
