import { rmSync } from 'node:fs';
import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import type { RunningStack } from '../../local/start-stack.ts';
import { startStack } from '../../local/start-stack.ts';
import { makeApiKeys } from '../../src/adapters/aws/api-keys-table.ts';
import { makeKeepAppKeys } from '../../src/adapters/aws/app-keys-secret.ts';
import { makeCompanyTokens, makeCountCall, makeIdempotentCalls } from '../../src/adapters/aws/calls-table.ts';
import { makeCompanies } from '../../src/adapters/aws/companies-table.ts';
import { makeConnections } from '../../src/adapters/aws/connections-table.ts';
import { makeDeliveries } from '../../src/adapters/aws/deliveries-table.ts';
import { makeFeed } from '../../src/adapters/aws/feed-table.ts';
import { makeGrants, makeLinkAttempts } from '../../src/adapters/aws/grants-table.ts';
import { feedKey } from '../../src/adapters/aws/keys.ts';
import { makeKmsSealer } from '../../src/adapters/aws/kms-sealer.ts';
import { makeObjects } from '../../src/adapters/aws/objects-bucket.ts';
import { makeOneTimeLinks } from '../../src/adapters/aws/one-time-links-table.ts';
import { makeOutboxes } from '../../src/adapters/aws/outboxes.ts';
import {
  makeHeartbeat,
  makeIntegrationStore,
  makeLinkSettings,
  makePaceStore,
  makeRateLimitStore,
  makeRefusalStore,
  makeRetention,
  makeSyncSettings,
} from '../../src/adapters/aws/settings-table.ts';
import { makeTables, type Tables } from '../../src/adapters/aws/tables.ts';
import { makeWaker } from '../../src/adapters/aws/waker-queue.ts';
import { makeWebhooks } from '../../src/adapters/aws/webhooks-table.ts';
import { synthesise } from '../infra/synthesise.ts';
import { clientsOf, control, emptyFolder } from '../local/fixture.ts';
import { callsContract } from './suites/calls.ts';
import { companiesContract } from './suites/companies.ts';
import { connectionsContract } from './suites/connections.ts';
import { feedContract } from './suites/feed.ts';
import { grantsContract, linkAttemptsContract } from './suites/grants.ts';
import { objectsContract } from './suites/objects.ts';
import { oneTimeLinksContract } from './suites/one-time-links.ts';
import { outboxesContract } from './suites/outboxes.ts';
import { sealerContract } from './suites/sealer.ts';
import {
  apiKeysContract,
  heartbeatContract,
  integrationContract,
  linkSettingsContract,
  paceContract,
  refusalsContract,
  retentionContract,
  syncSettingsContract,
} from './suites/settings.ts';

import { deliveriesContract, webhooksContract } from './suites/webhooks.ts';

// The adapters against the product's own template, as the account's owner: permissions are other tests' business.
const Outputs = z.object({
  StateTable: z.string(),
  GrantsTable: z.string(),
  CallsTable: z.string(),
  EventsTable: z.string(),
  BooksBucket: z.string(),
  GrantKey: z.string(),
  FreshBooksSecret: z.string(),
});
type World = z.infer<typeof Outputs> & { tables: Tables };
let stack: RunningStack;
let clients: ReturnType<typeof clientsOf>;
let names: z.infer<typeof Outputs>;
const stateDir = emptyFolder();

beforeAll(async () => {
  stack = await startStack({ assemblyDir: synthesise().directory, stateDir });
  clients = clientsOf(stack);
  names = Outputs.parse(stack.outputs);
}, 300_000);

afterAll(async () => {
  await stack?.close();
  rmSync(stateDir, { recursive: true, force: true });
});

/** The tables emptied and the bucket too: each test begins with nothing. */
async function emptied(): Promise<World> {
  const tables = makeTables(clients.dynamodb);
  const { StateTable, GrantsTable, CallsTable, EventsTable } = names;
  for (const table of [StateTable, GrantsTable, CallsTable, EventsTable]) {
    const { Items = [] } = await clients.dynamodb.send(new ScanCommand({ TableName: table }));
    for (const { pk, sk } of Items) {
      const Key = { pk: pk?.S, ...(sk === undefined ? {} : { sk: sk.S }) };
      await tables.send(new DeleteCommand({ TableName: table, Key }));
    }
  }
  return { tables, ...names };
}

async function emptyBucket() {
  const objects = makeObjects(names.BooksBucket, clients.s3);
  const held: string[] = [];
  for await (const name of objects.list('')) held.push(name);
  await objects.remove(held);
  return { objects };
}

const on = 'on AWS’s stand-ins';
const now = () => '2026-03-01T10:00:00.000Z';
companiesContract(on, async () => {
  const { tables, StateTable: state } = await emptied();
  return { companies: makeCompanies(tables, state) };
});
connectionsContract(on, async () => {
  const { tables, StateTable: state } = await emptied();
  return { connections: makeConnections(tables, state) };
});
grantsContract(on, async () => {
  const { tables, GrantsTable: grants } = await emptied();
  return { grants: makeGrants(tables, grants) };
});
linkAttemptsContract(on, async () => {
  const { tables, GrantsTable: grants } = await emptied();
  return { linkAttempts: makeLinkAttempts(tables, grants, now) };
});
integrationContract(on, async () => {
  const { tables, StateTable: state } = await emptied();
  return { integration: makeIntegrationStore(tables, state) };
});
linkSettingsContract(on, async () => {
  const { tables, StateTable: state } = await emptied();
  return { linkSettings: makeLinkSettings(tables, state) };
});
oneTimeLinksContract(on, async () => {
  const { tables, StateTable: state } = await emptied();
  return { links: makeOneTimeLinks(tables, state) };
});
syncSettingsContract(on, async () => {
  const { tables, StateTable: state } = await emptied();
  return { syncSettings: makeSyncSettings(tables, state) };
});
retentionContract(on, async () => {
  const { tables, StateTable: state } = await emptied();
  return { retention: makeRetention(tables, state) };
});
apiKeysContract(on, async () => {
  const { tables, StateTable: state } = await emptied();
  return { apiKeys: makeApiKeys(tables, state) };
});
callsContract(on, async () => {
  const { tables, CallsTable: calls, StateTable: state } = await emptied();
  return {
    calls: makeIdempotentCalls(tables, calls),
    countCall: makeCountCall(tables, calls),
    limits: makeRateLimitStore(tables, state),
    companyTokens: makeCompanyTokens(tables, calls),
  };
});
heartbeatContract(on, async () => {
  const { tables, StateTable: state } = await emptied();
  return { heartbeat: makeHeartbeat(tables, state) };
});
feedContract(on, async () => {
  const { tables, EventsTable: table } = await emptied();
  const forget = async (upTo: number) => {
    for (let sequence = 1; sequence <= upTo; sequence += 1) {
      await tables.send(new DeleteCommand({ TableName: table, Key: feedKey(sequence) }));
    }
  };
  return { feed: makeFeed(tables, table), forget };
});
webhooksContract(on, async () => {
  const { tables, EventsTable: table } = await emptied();
  return { webhooks: makeWebhooks(tables, table) };
});
deliveriesContract(on, async () => {
  const { tables, EventsTable: table } = await emptied();
  return { deliveries: makeDeliveries(tables, table, now) };
});
outboxesContract(on, async () => {
  const { tables, StateTable: state } = await emptied();
  return {
    companies: makeCompanies(tables, state),
    connections: makeConnections(tables, state),
    outboxes: makeOutboxes(tables, state),
  };
});
objectsContract(on, emptyBucket);
sealerContract(on, async () => ({
  sealer: makeKmsSealer(names.GrantKey, { stage: 'test', table: names.GrantsTable }, clients.kms).sealer,
}));
paceContract(on, async () => {
  const { tables, StateTable: state } = await emptied();
  return { pace: makePaceStore(tables, state) };
});
refusalsContract(on, async () => {
  const { tables, StateTable: state } = await emptied();
  return { refusals: makeRefusalStore(tables, state) };
});

describe('a service that does not answer', () => {
  const queues = z.array(z.object({ url: z.string() }));
  const sealing = { purpose: 'grant', id: 'grant-1' } as const;
  const sealer = () =>
    makeKmsSealer(names.GrantKey, { stage: 'test', table: names.GrantsTable }, clients.kms).sealer;
  const wake = async () => {
    const [queue] = queues.parse(await control(stack, 'GET', '/queues'));
    return makeWaker(queue?.url ?? '', clients.sqs)({ kind: 'test' });
  };
  const acts: readonly [service: string, operation: string, act: () => Promise<unknown>][] = [
    ['dynamodb', 'GetItem', () => makeCompanies(makeTables(clients.dynamodb), names.StateTable).find('one')],
    ['s3', 'GetObject', () => makeObjects(names.BooksBucket, clients.s3).get('books/none')],
    ['kms', 'GenerateDataKey', () => sealer().seal('text', sealing)],
    [
      'secretsmanager',
      'PutSecretValue',
      () => makeKeepAppKeys(names.FreshBooksSecret, clients.secrets)({ clientId: 'a', clientSecret: 'b' }, 1),
    ],
    ['sqs', 'SendMessage', wake],
  ];
  const rows = acts.flatMap(([service, operation, act]) =>
    ['throttle', 'fail', 'deny'].map((kind) => ({ fault: { service, operation, kind }, act })),
  );

  it.each(rows)('or refuses is told as such: $fault.service, $fault.kind', async ({ fault, act }) => {
    await control(stack, 'POST', '/faults', fault);

    await expect(act()).rejects.toMatchObject({ kind: 'unavailable', reason: 'services-down' });

    expect(await control(stack, 'GET', '/faults')).toEqual([]);
  });

  it('is not what a role is told that may not list and asks for what is not there', async () => {
    await control(stack, 'POST', '/faults', { service: 's3', operation: 'GetObject', kind: 'deny' });

    expect(await makeObjects(names.BooksBucket, clients.s3, false).get('books/none')).toBeUndefined();
  });
});
