import { makeCompanies } from '../adapters/aws/companies-table.ts';
import { makeConnections } from '../adapters/aws/connections-table.ts';
import {
  makeIntegrationStore,
  makeLinkSettings,
  makeRetention,
  makeSyncSettings,
} from '../adapters/aws/settings-table.ts';
import type { Tables } from '../adapters/aws/tables.ts';

/** What most functions read of the state table. */
export function stateStores(tables: Tables, { STATE_TABLE }: { STATE_TABLE: string }) {
  return {
    companies: makeCompanies(tables, STATE_TABLE),
    connections: makeConnections(tables, STATE_TABLE),
    integration: makeIntegrationStore(tables, STATE_TABLE),
    linkSettings: makeLinkSettings(tables, STATE_TABLE),
    syncSettings: makeSyncSettings(tables, STATE_TABLE),
    retention: makeRetention(tables, STATE_TABLE),
  };
}
