import { afterEach, describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import type { Row } from '../../simulator/json.ts';
import { dataTypes } from '../../src/domain/data-types.ts';
import { openWorker } from '../histories/worker.ts';
import { anIntegration, ask, makeLinkedWorld, textAt } from '../unit/http/api-world.ts';
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
  health: z.object({ reason: z.string(), sentence: z.string() }),
  message: z.string().optional(),
  lastSuccessfulSync: z.string().optional(),
});

const asFirst = {
  'plan.payables': 'has',
  'plan.retainers': 'has',
  'plan-flags': 'told',
  'role-refusal': 'own-errno',
  'missing-scope-body': 'accounting',
};

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
  const { json } = await bench.control('GET', '');
  const allScopes = z
    .object({ apps: z.array(z.object({ clientId: z.string(), scopes: z.array(z.string()) })) })
    .parse(json)
    .apps.flatMap((app) => (app.clientId === bench.simulator.apps.viewer.clientId ? app.scopes : []));
  await world.integration.change(() => ({ next: { ...anIntegration, scopes: allScopes }, result: 0 }));
  return {
    control: bench.control,
    grant: (granted: readonly string[]) => {
      scopes = granted;
    },
    /** What the connection knows of its consent, whatever that is. */
    know: (granted: readonly string[]) => worker.knowScopes(granted),
    /** No switch, fault or role is another one than at the beginning, and the consent is whole. */
    asBefore: async () => {
      scopes = undefined;
      await bench.control('PUT', '/switches', asFirst);
      await bench.control('DELETE', '/faults');
      await bench.control('PUT', '/roles', { email: people.alex, businessId: 8_104_533, role: null });
    },
    allScopes,
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
    textAt: async (path: string, ...fields: string[]) => textAt(await ask(world, `GET ${path}`), ...fields),
    statusOf: async (type: string) => (await worker.connection()).datasets[type]?.status,
  };
}

type Desk = Awaited<ReturnType<typeof openDesk>>;
const play =
  (switches: Row) =>
  async ({ control }: Desk) =>
    void (await control('PUT', '/switches', switches));
const fault =
  (resource: string, rule: Row) =>
  async ({ control }: Desk) =>
    void (await control('POST', '/faults', { match: { resource }, ...rule }));
const limit =
  (mayNotRead: readonly string[], more: Row = {}) =>
  async ({ control }: Desk) => {
    await control('PUT', '/switches', more);
    const role = 'business_employee';
    await control('PUT', '/roles', { email: people.alex, businessId: 8_104_533, role, mayNotRead });
  };
const without =
  (...scopes: string[]) =>
  async (desk: Desk) =>
    desk.grant(desk.allScopes.filter((scope) => !scopes.includes(scope)));

/** What each cause is called, by hand, in sentence and in health; no sentence has a word of another cause. */
const words: Readonly<Record<string, RegExp>> = {
  'missing-scope': /scope|consent/i,
  'not-in-plan': /\bplan\b/i,
  'role-may-not-read': /\brole\b/i,
  'refused-unexplained': /error/i,
  'freshbooks-down': /not available|did not answer/i,
};
const causes = [
  {
    cause: 'a plan without bills',
    resource: 'bills',
    begin: play({ 'plan.payables': 'lacks' }),
    reason: 'not-in-plan',
    says: 'bills: the FreshBooks plan of this business does not include it (HTTP 200, errno 41001).',
  },
  {
    cause: 'a plan without bills, which users/me does not tell of',
    resource: 'bills',
    begin: play({ 'plan.payables': 'lacks', 'plan-flags': 'silent' }),
    reason: 'not-in-plan',
    says: 'bills: the FreshBooks plan of this business does not include it (HTTP 200, errno 41001).',
  },
  {
    cause: 'a plan without vendors of bills, without which the rest is readable',
    resource: 'bill_vendors',
    begin: play({ 'plan.payables': 'lacks' }),
    reason: 'not-in-plan',
    says: 'bill_vendors: the FreshBooks plan of this business does not include it (HTTP 200, errno 31001).',
  },
  {
    cause: 'a plan without retainers',
    resource: 'retainers',
    begin: play({ 'plan.retainers': 'lacks' }),
    reason: 'not-in-plan',
    says: 'retainers: the FreshBooks plan of this business does not include it (HTTP 403).',
  },
  {
    cause: 'a role that may not read what the plan has',
    resource: 'retainers',
    begin: limit(['retainers']),
    reason: 'role-may-not-read',
    says: 'retainers: the role that the person who connected has in FreshBooks may not read it (HTTP 403).',
  },
  {
    cause: 'a role that may not read items, told with a 200',
    resource: 'items',
    begin: limit(['items']),
    reason: 'role-may-not-read',
    says: 'items: the role that the person who connected has in FreshBooks may not read it (HTTP 200, errno 12001).',
  },
  {
    cause: 'a role that may not read estimates, told with a 403',
    resource: 'estimates',
    begin: limit(['estimates'], { 'role-refusal': 'forbidden' }),
    reason: 'role-may-not-read',
    says: 'estimates: the role that the person who connected has in FreshBooks may not read it (HTTP 403, errno 1003).',
  },
  {
    cause: 'a plan or a role, which FreshBooks does not tell apart',
    resource: 'bills',
    begin: limit(['bills'], { 'plan-flags': 'silent' }),
    reason: 'no-permission',
    says: 'bills: FreshBooks does not show it, and does not say whether the plan or the person’s role is the cause (HTTP 200, errno 41001).',
  },
  {
    cause: 'a scope that the consent lacks',
    resource: 'estimates',
    begin: without('user:estimates:read'),
    reason: 'missing-scope',
    says: 'estimates: the customer’s consent lacks a scope that FreshBooks asks for (user:estimates:read, HTTP 403, errno 1003).',
  },
  {
    cause: 'a scope that the consent lacks, told in bare words',
    resource: 'projects',
    begin: without('user:projects:read'),
    reason: 'missing-scope',
    says: 'projects: the customer’s consent lacks a scope that FreshBooks asks for (user:projects:read, HTTP 403).',
  },
  ...['message', 'gateway'].map((body) => ({
    cause: `a scope that the consent lacks, told as ${body}`,
    resource: 'estimates',
    begin: async (desk: Desk) => {
      await play({ 'missing-scope-body': body })(desk);
      await without('user:estimates:read')(desk);
    },
    reason: 'missing-scope',
    says: 'estimates: the customer’s consent lacks a scope that FreshBooks asks for (user:estimates:read, HTTP 403).',
  })),
  {
    cause: 'a 200 that carries errors',
    resource: 'estimates',
    begin: fault('estimates', { kind: 'errors-in-200' }),
    reason: 'refused-unexplained',
    says: 'estimates: FreshBooks answered with an error that does not say why (HTTP 200, errno 1003). What was held stays.',
  },
  {
    cause: 'a 200 that carries an error that nobody knows',
    resource: 'estimates',
    begin: fault('estimates', { kind: 'errors-in-200', errno: 77_001 }),
    reason: 'refused-unexplained',
    says: 'estimates: FreshBooks answered with an error that does not say why (HTTP 200, errno 77001). What was held stays.',
  },
  {
    cause: 'an outage',
    resource: 'projects',
    begin: fault('projects', { kind: 'status', status: 503 }),
    reason: 'freshbooks-down',
    says: 'projects: FreshBooks is not available at the moment (HTTP 503).',
  },
];

describe('a resource that can no longer be read', () => {
  it.each(causes)('because of $cause says so, keeps its rows and is read when that is over', async (row) => {
    const desk = await openDesk();
    const { run, rows, statusOf } = desk;
    await run();
    const before = await rows(row.resource);

    await row.begin(desk);
    await run();
    const during = await rows(row.resource);
    const others = [await statusOf('customers'), await statusOf('invoices'), await statusOf('payments')];
    await desk.asBefore();
    await run();
    const after = await rows(row.resource);

    const status = row.reason === 'freshbooks-down' ? 'FetchError' : 'PermissionsError';
    expect(before).toMatchObject({ status: 'Complete', health: { reason: 'current' } });
    expect(before.results.length).toBeGreaterThan(0);
    expect(during).toMatchObject({ status, message: row.says, health: { reason: row.reason } });
    expect(during.results).toEqual(before.results);
    expect(otherCausesIn(row.reason, during)).toEqual([]);
    expect(others).toEqual(['Complete', 'Complete', 'Complete']);
    expect(after).toMatchObject({ status: 'Complete', results: before.results });
    expect(after.message).toBeUndefined();
  });
});

/** Causes whose words are in what is told of this one, beside its own; the name of the scope in brackets is no word. */
function otherCausesIn(reason: string, { message = '', health }: z.infer<typeof Rows>): string[] {
  const own = reason === 'no-permission' ? ['not-in-plan', 'role-may-not-read'] : [reason];
  const told = `${message.replace(/\(.*\)/, '')} ${health.sentence}`;
  return Object.entries(words).flatMap(([cause, said]) => {
    const expected = own.includes(cause);
    return said.test(told) === expected ? [] : `${cause} ${expected ? 'is missing' : 'is told'}`;
  });
}

describe('the sentence of a data type', () => {
  it.each([
    ['not-in-plan', play({ 'plan.payables': 'lacks' })],
    ['missing-scope', without('user:bills:read')],
    ['role-may-not-read', limit(['bills'])],
    ['refused-unexplained', fault('bills', { kind: 'errors-in-200' })],
  ] as const)('is the same wherever people look: %s', async (reason, begin) => {
    const desk = await openDesk();
    await begin(desk);
    await desk.run();
    const company = `/companies/${ref.companyId}`;
    const one = dataTypes.indexOf('bills');

    const { message = '' } = await desk.rows('bills');
    const history = `${company}/data/history?query=dataType=bills`;
    const doctor = `${company}/connections/${ref.connectionId}/doctor`;

    expect(await desk.textAt(`${company}/dataStatus`, 'bills', 'message')).toBe(message);
    expect(await desk.textAt(`${company}/dataStatus`, 'bills', 'health', 'reason')).toBe(reason);
    expect(await desk.textAt(history, 'results', '0', 'errorMessage')).toBe(message);
    expect(await desk.textAt(doctor, 'dataTypes', String(one), 'message')).toBe(message);
    expect(await desk.textAt(doctor, 'dataTypes', String(one), 'health', 'reason')).toBe(reason);
    expect(otherCausesIn(reason, await desk.rows('bills'))).toEqual([]);
  });
});

describe('a resource whose scope was not granted', () => {
  it('is an empty list with the reason, while everything else is there', async () => {
    const desk = await openDesk();
    const { run, rows, statusOf } = desk;
    await without('user:projects:read', 'user:teams:read', 'user:bills:read')(desk);

    await run();

    for (const resource of ['projects', 'staff', 'team_members', 'bills']) {
      const found = await rows(resource);
      expect(found).toMatchObject({ status: 'PermissionsError', totalResults: 0 });
      expect(otherCausesIn('missing-scope', found)).toEqual([]);
    }
    expect(await rows('estimates')).toMatchObject({ status: 'Complete' });
    expect([await statusOf('bills'), await statusOf('invoices')]).toEqual(['PermissionsError', 'Complete']);
  });

  it('is told by the consent where FreshBooks’ refusal has no word of it', async () => {
    const desk = await openDesk();
    await desk.know(['user:profile:read']);
    await fault('estimates', { kind: 'status', status: 403, errno: 1003 })(desk);

    await desk.run();

    expect(await desk.rows('estimates')).toMatchObject({
      message:
        'estimates: the customer’s consent lacks a scope that FreshBooks asks for (user:estimates:read, HTTP 403, errno 1003).',
    });
  });
});
