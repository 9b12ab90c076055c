import { z } from 'zod';
import { hiddenKey, rowsIn } from './accounting/list.ts';
import { familyRows } from './families/endpoints.ts';
import { FaultRule } from './fault-rules.ts';
import type { Faults } from './faults.ts';
import { controlReply, type Reply } from './http/reply.ts';
import type { Asked } from './http/request.ts';
import { isRow, type Json, parseJson, type Row, without } from './json.ts';
import { withProfile } from './oauth/scopes.ts';
import { tokenBody } from './oauth/token-endpoint.ts';
import { accountOf, type Person, people, personByEmail } from './people.ts';
import { switchCatalogue } from './played-switches.ts';
import type { RequestLog } from './request-log.ts';
import { catalogue } from './resources/catalogue.ts';
import { anotherColleague, changedStaff } from './resources/staff.ts';
import { limitRole } from './role-limits.ts';
import type { Simulation } from './simulation.ts';

export type Controlled = { simulation: Simulation; faults: Faults; log: RequestLog };
type Call = Controlled & { asked: Asked; body: Json; parts: readonly string[] };
type Control = (call: Call) => Reply;

const plain = (value: unknown): Json => parseJson(JSON.stringify(value));
const ok = (body: unknown): Reply => controlReply(200, plain(body));
const wrong = (status: number, error: string): Reply => controlReply(status, { error });

/** A person as a script needs them: ids of everything that can be reached. */
export const personRow = (person: Person): Row => ({
  identityId: person.identityId,
  name: `${person.firstName} ${person.lastName}`,
  email: person.email,
  businesses: person.memberships.map(({ business, role }) => ({
    name: business.name,
    businessId: business.businessId,
    businessUuid: business.businessUuid,
    accountId: business.accountId,
    systemId: business.systemId,
    role,
    book: business.book,
  })),
});

const overview: Control = ({ simulation, faults }) =>
  ok({
    now: new Date(simulation.clock.now()).toISOString(),
    apps: simulation.apps.all(),
    people: people.map(personRow),
    switches: simulation.switches.all(),
    faults: faults.all(),
  });

const putApp: Control = ({ simulation, body, parts: [, clientId = ''] }) => {
  const fault = simulation.apps.change(clientId, body);
  return fault ? wrong(simulation.apps.get(clientId) ? 422 : 404, fault) : ok(simulation.apps.get(clientId));
};

const TokenWish = z.strictObject({
  clientId: z.string(),
  email: z.string(),
  scopes: z.array(z.string()).optional(),
});

const postToken: Control = ({ simulation, body }) => {
  const wish = TokenWish.safeParse(body);
  if (!wish.success) return wrong(422, z.prettifyError(wish.error));
  const app = simulation.apps.get(wish.data.clientId);
  const person = personByEmail(wish.data.email);
  if (!app || !person) return wrong(404, app ? 'there is no such person' : 'there is no such app');
  const scopes = withProfile(wish.data.scopes ?? app.scopes);
  const refused = scopes.find((scope) => !app.scopes.includes(scope));
  if (refused) return wrong(422, `the app has no scope '${refused}'`);
  return ok(
    tokenBody(simulation.grants.authorize({ clientId: app.clientId, identityId: person.identityId, scopes })),
  );
};

const putSwitches: Control = ({ simulation, body }) => {
  const fault = isRow(body) ? simulation.switches.set(body) : 'expecting an object';
  return fault ? wrong(422, fault) : ok(simulation.switches.all());
};

const postFault: Control = ({ faults, body }) => {
  const rule = FaultRule.safeParse(body);
  return rule.success ? ok(faults.add(rule.data)) : wrong(422, z.prettifyError(rule.error));
};

const deleteFault: Control = ({ faults, parts: [, id] }) => {
  if (id === undefined) faults.clear();
  else if (!faults.remove(id)) return wrong(404, `there is no fault '${id}'`);
  return ok(faults.all());
};

const ClockWish = z.union([
  z.strictObject({ advanceSeconds: z.number() }),
  z.strictObject({ now: z.iso.datetime({ offset: true }) }),
]);

const postClock: Control = ({ simulation: { clock }, body }) => {
  const wish = ClockWish.safeParse(body);
  if (!wish.success) return wrong(422, 'expecting { advanceSeconds } or { now: ISO }');
  if ('now' in wish.data) clock.set(Date.parse(wish.data.now));
  else clock.advance(wish.data.advanceSeconds);
  return ok({ now: new Date(clock.now()).toISOString() });
};

const Disconnect = z.strictObject({ email: z.string(), clientId: z.string() });

const postRevoke: Control = ({ simulation, body }) => {
  const wish = Disconnect.safeParse(body);
  const person = wish.success ? personByEmail(wish.data.email) : undefined;
  if (!wish.success || !person) return wrong(422, 'expecting { email, clientId } of a known person');
  simulation.grants.revokeAll({ clientId: wish.data.clientId, identityId: person.identityId });
  return ok({});
};

const Hide = z.strictObject({ accountId: z.string(), resource: z.string(), ids: z.array(z.int()) });

const postHide: Control = ({ simulation, body }) => {
  const wish = Hide.safeParse(body);
  if (!wish.success) return wrong(422, z.prettifyError(wish.error));
  const { accountId, resource, ids } = wish.data;
  const hidden = simulation.store.documents('hidden');
  for (const [key] of hidden.entries()) if (key.startsWith(`${accountId}/${resource}/`)) hidden.remove(key);
  for (const id of ids) hidden.put(hiddenKey(accountId, resource, { id }), { id });
  return ok({ accountId, resource, ids });
};

const RoleWish = z.strictObject({
  email: z.string(),
  businessId: z.int(),
  role: z.string().nullable(),
  /** Resources of which a person in that role is shown nothing. */
  mayNotRead: z.array(z.string()).default([]),
});

const putRole: Control = ({ simulation, body }) => {
  const wish = RoleWish.safeParse(body);
  const person = wish.success ? personByEmail(wish.data.email) : undefined;
  if (!wish.success || !person) return wrong(422, 'expecting { email, businessId, role } of a known person');
  limitRole(simulation.store, person, wish.data);
  return ok(wish.data);
};

const getTruth: Control = ({ simulation, parts: [, accountId = '', resource = ''] }) => {
  const account = accountOf(accountId);
  const known = catalogue.find(({ name }) => name === resource);
  const kept = familyRows.find((name) => name === resource);
  if (!account || (!known && !kept)) return wrong(404, 'there is no such account or resource');
  simulation.prepare(account);
  const books = simulation.books(account);
  return ok(known ? rowsIn(known, books) : simulation.store.rows(accountId, resource).ascending());
};

const StaffWish = z.strictObject({
  id: z.int().optional(),
  fname: z.string().optional(),
  lname: z.string().optional(),
  email: z.string().optional(),
  vis_state: z.literal([0, 1]).optional(),
});

// People are taken on and let go in FreshBooks' own pages: no call of its API does it (§3A.21).
const putStaff: Control = ({ simulation, body, parts: [, accountId = ''] }) => {
  const account = accountOf(accountId);
  const wish = StaffWish.safeParse(body);
  if (!account || !wish.success) return wrong(422, 'expecting { id?, fname?, lname?, email?, vis_state? }');
  simulation.prepare(account);
  const books = simulation.books(account);
  const { id } = wish.data;
  const fields = isRow(body) ? without(body, 'id') : {};
  const held = id === undefined ? undefined : books.rows('staff').get(id);
  if (id !== undefined && !held) return wrong(404, 'there is no such colleague');
  const row = held ? changedStaff(held, fields, books) : anotherColleague(fields, books);
  books.rows('staff').put(row);
  return ok(row);
};

const deleteStaff: Control = ({ simulation, parts: [, accountId = '', id = ''] }) => {
  const account = accountOf(accountId);
  if (!account) return wrong(404, 'there is no such account');
  simulation.books(account).rows('staff').remove(Number(id));
  return ok({});
};

// With the verifiers, which FreshBooks shows nobody: a script may forge and sign.
const getCallbacks: Control = ({ simulation: { callbacks } }) =>
  ok({ callbacks: callbacks.all(), waiting: callbacks.notices.waiting() });

const clearLog: Control = ({ log }) => {
  log.clear();
  return ok({});
};

const controls: Readonly<Record<string, Control>> = {
  'GET ': overview,
  'PUT apps': putApp,
  'POST tokens': postToken,
  'GET switches': ({ simulation }) => ok(simulation.switches.all()),
  'GET switches/catalogue': () => ok(switchCatalogue()),
  'PUT switches': putSwitches,
  'GET faults': ({ faults }) => ok(faults.all()),
  'POST faults': postFault,
  'DELETE faults': deleteFault,
  'POST clock': postClock,
  'POST consents/revoke': postRevoke,
  'POST hide': postHide,
  'PUT roles': putRole,
  'GET truth': getTruth,
  'PUT staff': putStaff,
  'DELETE staff': deleteStaff,
  'GET callbacks': getCallbacks,
  'GET requests': ({ log, asked }) => ok(log.since(Number(asked.query.get('since') ?? 0))),
  'DELETE requests': clearLog,
};

const parsed = (asked: Asked): Json | undefined => {
  try {
    return asked.body.length > 0 ? parseJson(asked.body.toString('utf8')) : null;
  } catch {
    return undefined;
  }
};

/** Answers /_simulator/…: what a script or a test sets and sees. All of a call happens or none of it. */
export const answerControl = (asked: Asked, controlled: Controlled): Reply => {
  const parts = asked.path.split('/').slice(2).filter(Boolean).map(decodeURIComponent);
  const control =
    controls[`${asked.method} ${parts.slice(0, 2).join('/')}`] ??
    controls[`${asked.method} ${parts[0] ?? ''}`];
  if (!control) return wrong(404, 'there is no such control; see simulator/README.md');
  const body = parsed(asked);
  if (body === undefined) return wrong(400, 'the body is not JSON');
  return controlled.simulation.store.transaction(() => control({ ...controlled, asked, body, parts }));
};
