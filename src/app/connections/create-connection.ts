import type { Connection } from '../../domain/connection.ts';
import { integrationKey } from '../../domain/integration.ts';
import { Problem } from '../../domain/problem.ts';
import { findCompany } from '../companies/find-company.ts';
import type { Companies, IntegrationStore } from '../ports.ts';

/**
 * Creates the company's connection; while it waits for its customer, asking again answers the same one. Refused while
 * FreshBooks is not set up or not enabled, because its link would lead nowhere.
 */
export function makeCreateConnection(deps: {
  companies: Pick<Companies, 'find'>;
  integration: Pick<IntegrationStore, 'find'>;
  openConnection: (companyId: string) => Promise<Connection>;
}) {
  return async (companyId: string, platformKey: string): Promise<Connection> => {
    await findCompany(deps.companies, companyId);
    if (platformKey !== integrationKey) {
      throw new Problem(
        'invalid',
        `There is no integration with the key "${platformKey}". FreshBooks is "${integrationKey}".`,
      );
    }
    await refuseUnlessEnabled(deps.integration);
    const connection = await deps.openConnection(companyId);
    if (connection.state === 'PendingAuth') return connection;
    throw new Problem(
      'conflict',
      `This company has a FreshBooks connection already: ${connection.id}, which is ${connection.state}. Use its linkUrl to authorise it again, or delete it first.`,
    );
  };
}

async function refuseUnlessEnabled(store: Pick<IntegrationStore, 'find'>): Promise<void> {
  const integration = await store.find();
  if (!integration) {
    throw new Problem(
      'conflict',
      'FreshBooks is not set up yet. Save the keys of your FreshBooks app in the portal first.',
    );
  }
  if (!integration.enabled) {
    throw new Problem('conflict', 'FreshBooks is not enabled. Enable it in the portal first.');
  }
}
