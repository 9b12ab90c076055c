import type { Connection } from '../../domain/connection.ts';
import { Problem } from '../../domain/problem.ts';
import { issuesOf, type PullOperation, pullOperation, pullOperations } from '../../domain/pull-operation.ts';
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

/** What one pull operation found wrong: why it failed, and the records that it could not map. */
export function makeValidation(deps: Deps) {
  const findPull = makeFindPull(deps);
  return async (companyId: string, id: string): Promise<{ errors: Finding[]; warnings: Finding[] }> => {
    const { isErrored, status, errorMessage = '', connectionId } = await findPull(companyId, id);
    if (isErrored) return { errors: [{ itemId: '', rule: status, message: errorMessage }], warnings: [] };
    const connections = await connectionsOf(deps.connections, companyId);
    const connection = connections.find((one) => one.id === connectionId);
    const issues = connection ? issuesOf(connection, id, await deps.readHistory(connection.history)) : [];
    return { errors: [], warnings: issues.map((issue) => ({ ...issue, rule: 'unmapped' })) };
  };
}

type Finding = { itemId: string; rule: string; message: string };

async function wholeHistory({ readHistory }: Deps, connection: Connection): Promise<PullOperation[]> {
  return pullOperations(connection, await readHistory(connection.history));
}
