import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { linkAsCustomer } from '../../bin/local/link-as-customer.ts';
import { authorization, type Company } from './api-totals.ts';
import { administrator, callAs, startConsumer, subscribe, until } from './consumer.ts';
import { type Authorization, advanceClock, authorizations, awaitSync, dataStatus } from './control.ts';
import { booksOf, linkCompany } from './link-company.ts';
import { type ReadyFile, type RunningStack, startStack, temporaryState } from './running-stack.ts';

// One life of the product, from set-up to erasing; then: every statement of every role was needed, in full.
const Statement = z.object({
  role: z.string(),
  policy: z.string(),
  index: z.number(),
  sid: z.string().optional(),
  effect: z.string(),
  actions: z.array(z.string()),
  resources: z.array(z.string()),
});
type Statement = z.infer<typeof Statement>;

let stack: RunningStack;
let removeState: () => Promise<void>;
let made: Authorization[];
let written: Statement[];

const call = async ({ apiUrl, ...ready }: ReadyFile, method: string, path: string, body?: unknown) => {
  const reply = await fetch(`${apiUrl}${path}`, {
    method,
    headers: {
      ...authorization({ apiUrl, ...ready }),
      'content-type': 'application/json',
      'idempotency-key': crypto.randomUUID(),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!reply.ok) throw new Error(`${method} ${path}: ${reply.status} ${await reply.text()}`);
};

/** Waits until no such authorization is missing any more; the caller's time-out ends the wait. */
const awaitCall = async (ready: ReadyFile, role: RegExp, action: string, on = /./) => {
  const made = (one: Authorization) => role.test(one.role) && one.action === action && on.test(one.resource);
  while (!(await authorizations(ready)).some(made)) {
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
};

/** A person who is only a client in FreshBooks follows the company's link: refused in words, and let go of. */
async function turnedAway(ready: ReadyFile): Promise<void> {
  const reply = await fetch(`${ready.apiUrl}/companies`, {
    method: 'POST',
    headers: { ...authorization(ready), 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'Only A Client' }),
  });
  const { redirect } = z.object({ redirect: z.string() }).parse(await reply.json());
  await linkAsCustomer({
    linkUrl: redirect,
    simulatorUrl: ready.simulator.url,
    originUrl: ready.apiUrl,
    email: 'kim@client.example',
    businessId: '0',
  }).catch(() => undefined);
}

async function asAdministrator({ controlUrl, apiUrl, portalUrl }: ReadyFile): Promise<void> {
  const signedIn = await fetch(`${controlUrl}/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{}',
  });
  const { accessToken } = z.object({ accessToken: z.string() }).parse(await signedIn.json());
  const headers = { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' };
  await fetch(`${apiUrl}/setup/integration`, { headers });
  const made = await fetch(`${apiUrl}/apiKeys`, {
    method: 'POST',
    headers,
    body: '{"name":"for a moment","role":"admin"}',
  });
  const { id, apiKey } = z.object({ id: z.string(), apiKey: z.string() }).parse(await made.json());
  // By a program, which may not delete the last one.
  await fetch(`${apiUrl}/apiKeys/${id}`, {
    method: 'DELETE',
    headers: { authorization: `Bearer ${apiKey}` },
  });
  await fetch(`${portalUrl}config.json`);
}

/** The grants table refuses one write, after so many: a pair that was just given goes into the escrow first. */
async function refuseThePair(ready: ReadyFile, role: string, skip: number): Promise<void> {
  const fault = {
    service: 'dynamodb',
    operation: 'PutItem',
    kind: 'deny',
    role,
    resource: 'StoreGrants',
    skip,
  };
  await faults(ready, 'POST', fault);
}

/** FreshBooks' token endpoint does not answer once, so the next worker looks into the escrow first. */
async function loseOneRefresh({ simulator }: ReadyFile): Promise<void> {
  const reply = await fetch(`${simulator.url}/_simulator/faults`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ match: { resource: 'token' }, times: 1, kind: 'drop-before' }),
  });
  if (!reply.ok) throw new Error(`POST /_simulator/faults: ${reply.status} ${await reply.text()}`);
}

async function faults({ controlUrl }: ReadyFile, method: string, body: unknown = {}): Promise<void> {
  const headers = { 'content-type': 'application/json' };
  const reply = await fetch(`${controlUrl}/faults`, { method, headers, body: JSON.stringify(body) });
  if (!reply.ok) throw new Error(`${method} faults: ${reply.status} ${await reply.text()}`);
}

/** A company whose announcement does not reach the queue, however often the SDK tries: the schedule finds its event. */
async function eventLeftToTheSchedule(ready: ReadyFile): Promise<void> {
  const fault = { service: 'sqs', operation: 'SendMessage', kind: 'fail', times: 100 };
  await faults(ready, 'POST', fault);
  await call(ready, 'POST', '/companies', { name: 'Told Later Ltd' });
  await faults(ready, 'DELETE');
}

/** A consumer that refuses the first message: it is sent again, asked for again, told of a change, and deleted. */
async function consumerOfEvents(ready: ReadyFile): Promise<void> {
  let asked = 0;
  const consumer = await startConsumer(() => {
    asked += 1;
    return asked === 1 ? 500 : 204;
  });
  const admin = await administrator(ready);
  const { id } = await subscribe(admin, ready, consumer.url);
  await callAs(admin, ready, `POST /webhooks/${id}/test`);
  await until(() => asked > 0);
  await callAs(admin, ready, `POST /webhooks/${id}/replay`, { failed: true });
  await until(() => asked > 1);
  await call(ready, 'POST', '/companies', { name: 'Told Ltd' });
  await awaitCall(ready, /EventSender/, 'sqs:SendMessage');
  await advanceClock(ready, 120);
  await awaitCall(ready, /Scheduler/, 'dynamodb:GetItem', /StoreEvents/);
  await callAs(admin, ready, `DELETE /webhooks/${id}`);
  consumer.close();
}

const Exported = z.object({ authorization: z.record(z.string(), z.string()) });

/** Another system is given the consent, and gives it back. */
async function handOverAndBack(ready: ReadyFile, { id, connectionId }: Company): Promise<void> {
  const path = `/companies/${id}/connections/${connectionId}/authorization`;
  const signedIn = await administrator(ready);
  const made = await callAs(signedIn, ready, 'POST /apiKeys', { name: 'Migration', role: 'admin' });
  const key = `Bearer ${z.object({ apiKey: z.string() }).parse(made).apiKey}`;
  const exported = await callAs(key, ready, `POST ${path}/export`, { connections: [connectionId] });
  await callAs(key, ready, `PUT ${path}`, Exported.parse(exported).authorization);
}

const Feed = z.object({ results: z.array(z.object({ eventType: z.string() })) });

/** The end of a connection is told before the worker comes to it: then the worker removes the item, not the sender. */
async function erased(ready: ReadyFile, { id, connectionId }: Company): Promise<void> {
  const unheard = { service: 'sqs', operation: 'SendMessage', kind: 'fail', times: 100 };
  await faults(ready, 'POST', { ...unheard, role: 'Api', resource: 'SyncQueueWake' });
  await call(ready, 'DELETE', `/companies/${id}/connections/${connectionId}`).catch(() => undefined);
  await faults(ready, 'DELETE');
  const admin = await administrator(ready);
  await until(async () => {
    const feed = await callAs(admin, ready, `GET /events?after=0&types=connection.deleted&companyId=${id}`);
    return Feed.parse(feed).results.length > 0;
  });
  await call(ready, 'DELETE', `/companies/${id}`);
  await awaitCall(ready, /SyncWorker/, 'dynamodb:DeleteItem', /StoreState/);
}

async function live(ready: ReadyFile): Promise<void> {
  const [company] = ready.companies;
  if (company === undefined) throw new Error('no sample company');
  // A second company on another person's consent: unlinked, then erased.
  const { email, businessId } = await booksOf(ready, 'Messy & Fils');
  // Its attempt is written when the link is opened and when the code is taken; the pair comes third.
  await refuseThePair(ready, 'Oauth', 2);
  const other = await linkCompany(ready, { name: 'Leaving Ltd', email, businessId });
  await awaitSync(ready, other);
  await handOverAndBack(ready, other);
  await turnedAway(ready);
  await asAdministrator(ready);
  await call(ready, 'GET', '/companies');
  await call(ready, 'GET', `/events?companyId=${company.id}`);
  await eventLeftToTheSchedule(ready);
  await consumerOfEvents(ready);
  await call(ready, 'GET', `/companies/${company.id}/data/invoices`);
  await awaitCall(ready, /WebhookIn/, 'sqs:SendMessage');
  const before = await dataStatus(ready, company);
  const otherBefore = await dataStatus(ready, other);
  // Beyond the half-life of the access tokens the grants are refreshed: one of them without an answer.
  await loseOneRefresh(ready);
  await advanceClock(ready, 7 * 3600);
  const meanwhile = await awaitSync(ready, company, before);
  const otherMeanwhile = await awaitSync(ready, other, otherBefore);
  // That one again: the intent is written, the pair is refused.
  await refuseThePair(ready, 'SyncWorker', 1);
  await advanceClock(ready, 3700);
  await awaitSync(ready, company, meanwhile);
  await awaitSync(ready, other, otherMeanwhile);
  await call(ready, 'PATCH', `/companies/${other.id}/connections/${other.connectionId}`, {
    status: 'Unlinked',
  });
  await awaitCall(ready, /SyncWorker/, 'dynamodb:DeleteItem');
  await erased(ready, other);
  await awaitCall(ready, /SyncWorker/, 's3:DeleteObject');
  await awaitCall(ready, /SyncWorker/, 'sqs:SendMessage', /SyncQueueWake/);
  await awaitCall(ready, /Scheduler/, 'sqs:SendMessage', /EventQueueWake/);
  await awaitCall(ready, /EventSender/, 'dynamodb:DeleteItem');
}

beforeAll(async () => {
  const { state, remove } = await temporaryState();
  removeState = remove;
  stack = await startStack(state, ['--books', 'tiny']);
  await live(stack.ready);
  made = await authorizations(stack.ready);
  written = z.array(Statement).parse(await (await fetch(`${stack.ready.controlUrl}/statements`)).json());
}, 240_000);

afterAll(async () => {
  await stack?.stop();
  await removeState?.();
}, 300_000);

const usesOf = ({ policy, index, role }: Statement) =>
  made.filter(
    ({ role: user, statement }) => user === role && statement?.policy === policy && statement.index === index,
  );

const named = (statement: Statement) =>
  `${statement.role} ${statement.sid ?? `${statement.policy}[${statement.index}]`}`;

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** `*` stands for anything, as in a policy. */
const matches = (pattern: string, text: string) =>
  new RegExp(`^${pattern.split('*').map(escaped).join('.*')}$`).test(text);

describe('least privilege, over one life of the product', () => {
  it('no call was refused', () => {
    expect(made.filter(({ decision }) => decision !== 'allowed')).toEqual([]);
  });

  it('every action of every statement was used', () => {
    const unused = written.flatMap((statement) => {
      const used = new Set(usesOf(statement).map(({ action }) => action.toLowerCase()));
      return statement.actions
        .filter((action) => !used.has(action.toLowerCase()))
        .map((action) => `${named(statement)}: ${action}`);
    });

    expect(unused).toEqual([]);
  });

  it('every resource of every statement was used', () => {
    const unused = written.flatMap((statement) => {
      const used = usesOf(statement).map(({ resource }) => resource);
      return statement.resources
        .filter((pattern) => !used.some((resource) => matches(pattern, resource)))
        .map((pattern) => `${named(statement)}: ${pattern}`);
    });

    expect(unused).toEqual([]);
  });

  it('a wildcard stands only where names are not known at deployment', () => {
    const wide = written.flatMap(({ role, resources, actions }) =>
      [...resources, ...actions]
        .filter((pattern) => pattern.includes('*'))
        .filter((pattern) => !/^arn:aws:s3:::[^*]+\/(books|consents)\/\*$/.test(pattern))
        .filter((pattern) => !/^arn:aws:logs:[^*]+:log-group:[^*]+:\*$/.test(pattern))
        .map((pattern) => `${role}: ${pattern}`),
    );

    expect(wide).toEqual([]);
  });
});
