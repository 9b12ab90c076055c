import type { ConnectionRef } from '../../domain/connection.ts';
import type { Companies, Connections } from '../ports.ts';
import { findCompany } from './find-company.ts';

/**
 * Deletes a company with its connections and all that was read. The company goes last: when this stops in the middle
 * it can be asked again.
 */
export function makeDeleteCompany(deps: {
  companies: Pick<Companies, 'find' | 'remove'>;
  connections: Pick<Connections, 'ofCompany'>;
  eraseConnection: (ref: ConnectionRef) => Promise<boolean>;
}) {
  return async (companyId: string): Promise<void> => {
    await findCompany(deps.companies, companyId);
    for (const { id } of await deps.connections.ofCompany(companyId)) {
      await deps.eraseConnection({ companyId, connectionId: id });
    }
    await deps.companies.remove(companyId);
  };
}
