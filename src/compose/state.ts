import { makeCompanies } from '../adapters/aws/companies-table.ts';
import { makeConnections } from '../adapters/aws/connections-table.ts';
import { makeOneTimeLinks } from '../adapters/aws/one-time-links-table.ts';
import {
  makeIntegrationStore,
  makeLinkSettings,
  makeRetention,
  makeSyncSettings,
} from '../adapters/aws/settings-table.ts';
import type { Tables } from '../adapters/aws/tables.ts';
import { makeWaker } from '../adapters/aws/waker-queue.ts';
import type { EventWake } from '../app/event-ports.ts';
import { recordCompanies, recordConnections } from '../app/events/record-changes.ts';
import type { Log } from '../app/ports.ts';
import type { EventSource } from '../domain/event.ts';
import { world } from './world.ts';

/** What most functions read of the state table. */
export function stateStores(tables: Tables, { STATE_TABLE }: { STATE_TABLE: string }) {
  return {
    companies: makeCompanies(tables, STATE_TABLE),
    connections: makeConnections(tables, STATE_TABLE),
    integration: makeIntegrationStore(tables, STATE_TABLE),
    linkSettings: makeLinkSettings(tables, STATE_TABLE),
    oneTimeLinks: makeOneTimeLinks(tables, STATE_TABLE),
    syncSettings: makeSyncSettings(tables, STATE_TABLE),
    retention: makeRetention(tables, STATE_TABLE),
  };
}

/** The same for who changes companies and connections: each change leaves its events, and wakes who moves them. */
export function recordingStores(
  tables: Tables,
  config: { STATE_TABLE: string; EVENT_QUEUE_URL: string },
  log: Log,
) {
  const stores = stateStores(tables, config);
  const wake = makeWaker<EventWake>(config.EVENT_QUEUE_URL);
  const deps = { ...world, log, announce: (source: EventSource) => wake({ kind: 'relay', source }) };
  return {
    ...stores,
    companies: recordCompanies(stores.companies, deps),
    connections: recordConnections(stores.connections, deps),
  };
}
