import { afterEach, describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import type { Json, Row } from '../../simulator/json.ts';
import { dataTypes } from '../../src/domain/data-types.ts';
import { openWorker } from '../histories/worker.ts';
import { ask, makeLinkedWorld } from '../unit/http/api-world.ts';
import { accounts, people, startBench } from './harness.ts';

// What people are told of a resource that FreshBooks does not let us read, whatever the reason: through the API, from
// the simulator's answers and the worker's own code.

const ref = { companyId: 'company-1', connectionId: 'connection-1' };
const business = {
  accountId: accounts.tiny,
  businessId: '8104533',
  businessUuid: '0f6b2a90-52d7-4a5e-8e43-6b0c9d3f1a22',
  systemId: '5210071',
  identityId: '4410021',
};

const Rows = z.object({
  results: z.array(z.object({ isDeleted: z.boolean() })),
  totalResults: z.number(),
  status: z.string(),
  message: z.string().optional(),
  lastSuccessfulSync: z.string().optional(),
});

let close: (() => Promise<void>) | undefined;
afterEach(() => close?.());

async function openDesk() {
  let now = Date.parse('2026-06-29T12:00:00Z');
  const bench = await startBench({ now: () => now });
  close = bench.close;
  let scopes: readonly string[] | undefined;
  const signIn = () => bench.tokenFor(people.alex, scopes);
  const worker = await openWorker({
    url: bench.url,
    business,
    now: () => now,
    signIn,
    through: (send) => send(),
    perPage: 100,
    types: dataTypes,
  });
  const world = await makeLinkedWorld({}, {}, worker.objects);
  return {
    control: bench.control,
    grant: (granted: readonly string[]) => {
      scopes = granted;
    },
    allScopes: async (): Promise<string[]> => {
      const { json } = await bench.control('GET', '');
      return z
        .object({ apps: z.array(z.object({ clientId: z.string(), scopes: z.array(z.string()) })) })
        .parse(json)
        .apps.flatMap((app) => (app.clientId === bench.simulator.apps.viewer.clientId ? app.scopes : []));
    },
    /** The next hour's run, with a token that was given now; answers how it ended. */
    run: async () => {
      now += 7_200_000;
      await worker.signIn();
      const end = await worker.turn({ skew: 0, patience: 3_600 });
      const connection = await worker.connection();
      await world.connections.change(ref, () => ({ next: connection, result: 0 }));
      return end;
    },
    rows: async (resource: string) => {
      const path = `/companies/${ref.companyId}/connections/${ref.connectionId}/freshbooks/${resource}`;
      return Rows.parse((await ask(world, `GET ${path}`)).body);
    },
    statusOf: async (type: string) => (await worker.connection()).datasets[type]?.status,
  };
}

type Control = (method: string, path: string, body?: Json) => Promise<unknown>;
const payables = (value: string) => (control: Control) =>
  control('PUT', '/switches', { 'plan.payables': value });
const fault = (resource: string, rule: Row) => (control: Control) =>
  control('POST', '/faults', { match: { resource }, ...rule });
const noFault = (control: Control) => control('DELETE', '/faults');
const causes = [
  {
    cause: 'a plan without bills',
    resource: 'bills',
    begin: payables('lacks'),
    end: payables('has'),
    status: 'PermissionsError',
    says: /bills: .*the plan is missing/,
  },
  {
    cause: 'a plan without vendors of bills, without which the rest is readable',
    resource: 'bill_vendors',
    begin: payables('lacks'),
    end: payables('has'),
    status: 'PermissionsError',
    says: /bill_vendors: .*the plan is missing/,
  },
  {
    cause: 'a 200 that carries errors',
    resource: 'estimates',
    begin: fault('estimates', { kind: 'errors-in-200' }),
    end: noFault,
    status: 'PermissionsError',
    says: /estimates: /,
  },
  {
    cause: 'a role that may not read',
    resource: 'retainers',
    begin: fault('retainers', { kind: 'status', status: 403 }),
    end: noFault,
    status: 'PermissionsError',
    says: /retainers: .*the person’s role/,
  },
  {
    cause: 'an outage',
    resource: 'projects',
    begin: fault('projects', { kind: 'status', status: 503 }),
    end: noFault,
    status: 'FetchError',
    says: /projects: FreshBooks is not available/,
  },
];

describe('a resource that can no longer be read', () => {
  it.each(causes)('because of $cause says so, keeps its rows and is read when that is over', async (row) => {
    const { control, run, rows, statusOf } = await openDesk();
    await run();
    const before = await rows(row.resource);

    await row.begin(control);
    await run();
    const during = await rows(row.resource);
    const others = [await statusOf('customers'), await statusOf('invoices'), await statusOf('payments')];
    await row.end(control);
    await run();
    const after = await rows(row.resource);

    expect(before).toMatchObject({ status: 'Complete' });
    expect(before.results.length).toBeGreaterThan(0);
    expect(during).toMatchObject({ status: row.status, message: expect.stringMatching(row.says) });
    expect(during.results).toEqual(before.results);
    expect(others).toEqual(['Complete', 'Complete', 'Complete']);
    expect(after).toMatchObject({ status: 'Complete', results: before.results });
    expect(after.message).toBeUndefined();
  });
});

describe('a resource whose scope was not granted', () => {
  it('is an empty list with the reason, while everything else is there', async () => {
    const { grant, allScopes, run, rows, statusOf } = await openDesk();
    const without = ['user:projects:read', 'user:teams:read', 'user:bills:read'];
    grant((await allScopes()).filter((scope) => !without.includes(scope)));

    await run();

    for (const resource of ['projects', 'staff', 'team_members', 'bills'])
      expect(await rows(resource)).toMatchObject({
        status: 'PermissionsError',
        totalResults: 0,
        message: expect.stringMatching(/a scope, the person’s role or the plan is missing/),
      });
    expect(await rows('estimates')).toMatchObject({ status: 'Complete' });
    expect([await statusOf('bills'), await statusOf('invoices')]).toEqual(['PermissionsError', 'Complete']);
  });
});
