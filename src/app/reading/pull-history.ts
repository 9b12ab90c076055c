import type { Connection } from '../../domain/connection.ts';
import { Problem } from '../../domain/problem.ts';
import { type PullOperation, pullOperations } from '../../domain/pull-operation.ts';
import { connectionsOf, findCompany } from '../companies/find-company.ts';
import type { Companies, Connections } from '../ports.ts';

type Deps = { companies: Pick<Companies, 'find'>; connections: Pick<Connections, 'ofCompany'> };

/** Every pull operation of a company, newest first. */
export function makePullHistory({ companies, connections }: Deps) {
  return async (companyId: string): Promise<PullOperation[]> => {
    await findCompany(companies, companyId);
    const all = await connectionsOf(connections, companyId);
    return newestFirst(all);
  };
}

/** One pull operation of a company, or Problem `not-found`. */
export function makeFindPull(deps: Deps) {
  const history = makePullHistory(deps);
  return async (companyId: string, id: string): Promise<PullOperation> => {
    const found = (await history(companyId)).find((operation) => operation.id === id);
    if (found) return found;
    throw new Problem(
      'not-found',
      `The company ${companyId} has no dataset with the id ${id}. Check the id.`,
    );
  };
}

function newestFirst(connections: readonly Connection[]): PullOperation[] {
  const all = connections.flatMap((connection) => pullOperations(connection));
  return all.sort((a, b) => (a.requested < b.requested ? 1 : a.requested > b.requested ? -1 : 0));
}
