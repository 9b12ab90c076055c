import type { Company } from '../../domain/company.ts';
import type { Companies, Connections } from '../ports.ts';
import { type CompanyWithConnections, compareCreated, connectionsOf } from './find-company.ts';

/** How many companies' connections are read at once. */
const atOnce = 20;

/** Every company, the oldest first. */
export function makeListCompanies({ companies }: { companies: Pick<Companies, 'all'> }) {
  return async (): Promise<Company[]> => (await companies.all()).toSorted(compareCreated);
}

/** Companies with their connections, in the order given. */
export function makeWithConnections({ connections }: { connections: Pick<Connections, 'ofCompany'> }) {
  return async (companies: readonly Company[]): Promise<CompanyWithConnections[]> => {
    const found: CompanyWithConnections[] = [];
    for (let start = 0; start < companies.length; start += atOnce) {
      const some = companies.slice(start, start + atOnce);
      const read = some.map(async (company) => ({
        company,
        connections: await connectionsOf(connections, company.id),
      }));
      found.push(...(await Promise.all(read)));
    }
    return found;
  };
}
