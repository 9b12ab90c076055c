import { isReplaced } from '../../domain/business-change.ts';
import type { Company } from '../../domain/company.ts';
import type { Connection } from '../../domain/connection.ts';
import { Problem } from '../../domain/problem.ts';
import type { Companies, Connections } from '../ports.ts';

export type CompanyWithConnections = { company: Company; connections: Connection[] };

/** The company of that id, or Problem `not-found`. */
export async function findCompany(companies: Pick<Companies, 'find'>, companyId: string): Promise<Company> {
  const company = await companies.find(companyId);
  if (!company) throw noSuchCompany(companyId);
  return company;
}

/** A company's connections in the order in which they were created, without those that are being erased. */
export async function connectionsOf(
  connections: Pick<Connections, 'ofCompany'>,
  companyId: string,
): Promise<Connection[]> {
  const all = await connections.ofCompany(companyId);
  return all.filter(({ erasing }) => erasing === undefined).toSorted((a, b) => compareCreated(a, b));
}

/** The connection a company has now: not one that another has taken the place of. */
export function currentOf(connections: readonly Connection[]): Connection | undefined {
  return connections.find((connection) => !isReplaced(connection)) ?? connections.at(-1);
}

/** Older first; the id decides between things created in one millisecond. */
export function compareCreated(
  a: { created: string; id: string },
  b: { created: string; id: string },
): number {
  const [left, right] = [a.created + a.id, b.created + b.id];
  return left < right ? -1 : left > right ? 1 : 0;
}

export function noSuchCompany(companyId: string): Problem {
  return new Problem('not-found', `There is no company with the id ${companyId}. Check the id.`);
}

/** A company and its connections, or Problem `not-found`. */
export function makeFindCompany(deps: { companies: Companies; connections: Connections }) {
  return async (companyId: string): Promise<CompanyWithConnections> => ({
    company: await findCompany(deps.companies, companyId),
    connections: await connectionsOf(deps.connections, companyId),
  });
}
