import { hiddenKey } from '../accounting/list.ts';
import { errorBody, Refusal } from '../accounting/refusal.ts';
import type { Reply } from '../http/reply.ts';
import { type Asked, bearerOf } from '../http/request.ts';
import { isRow, type Json, parseJson, type Row } from '../json.ts';
import type { Consent } from '../oauth/consent.ts';
import { readScope, writeScope } from '../oauth/scopes.ts';
import { businessBy, personOf } from '../people.ts';
import type { ResourceName } from '../resources/resource.ts';
import { mayRead } from '../role-limits.ts';
import type { Simulation } from '../simulation.ts';
import type { Endpoint, Read, Write, Writes } from './endpoint.ts';
import { endpoints } from './endpoints.ts';
import { families, Unprocessable } from './family.ts';

type Found = { endpoint: Endpoint; tenant: string; params: readonly string[] };

/** Which endpoint outside of the accounting catalogue a path belongs to. */
export const endpointOf = (path: string): Found | undefined => {
  for (const endpoint of endpoints) {
    const [, tenant, ...params] = endpoint.pattern.exec(path.replace(/\/$/, '')) ?? [];
    if (tenant !== undefined) return { endpoint, tenant, params };
  }
  return undefined;
};

const gateway = {
  server: 'nginx',
  via: '1.1 google',
  vary: 'Accept-Encoding',
  'x-api-version': '2023-02-20',
};

const replyOf = ({ family }: Endpoint, status: number, body: Json): Reply => ({
  status,
  headers: { ...gateway, 'content-type': families[family].contentType },
  body: JSON.stringify(body),
});

const refuse = (endpoint: Endpoint, status: number, message: string): Reply =>
  replyOf(endpoint, status, families[endpoint.family].error(status, message));

const notFound = 'Requested resource could not be found.';

const planHas = ({ needs }: Endpoint, { switches }: Simulation): boolean =>
  needs === undefined || switches.plays(`plan.${needs}`, 'has');

const verbs = { POST: 'create', PUT: 'update', DELETE: 'delete' } as const;
type Writing = { method: keyof typeof verbs; one: string; write: Write };

const writingOf = ({ writes }: Endpoint, method: string): Writing | undefined => {
  if (method !== 'POST' && method !== 'PUT' && method !== 'DELETE') return undefined;
  const write = writes?.ways[method];
  return write && writes && { method, one: writes.one, write };
};

// §3.3: a field that is missing is 422 errno 2001 under its name.
const objectOf = (asked: Asked, one: Writes['one']): Row => {
  if (asked.method === 'DELETE') return {};
  const body = parsed(asked);
  const object = isRow(body) ? body[one] : undefined;
  if (isRow(object)) return object;
  throw new Unprocessable({ [one]: 'field required' });
};

const parsed = ({ body }: Asked): Json => {
  try {
    return parseJson(body.toString('utf8'));
  } catch {
    return null;
  }
};

const written = (asked: Asked, call: Read, endpoint: Endpoint, writing: Writing, simulation: Simulation) => {
  const { method, one, write } = writing;
  const left = write(call, objectOf(asked, one));
  if (!left) return refuse(endpoint, 404, notFound);
  const { resource, id, body } = left;
  const { identityId } = call.person;
  simulation.callbacks.tell({ account: call.business, identityId, resource, verb: verbs[method], id });
  if (body !== undefined) return replyOf(endpoint, 200, body);
  return { status: 204, headers: gateway, body: '' };
};

const answer = (
  asked: Asked,
  { endpoint, tenant, params }: Found,
  consent: Consent,
  simulation: Simulation,
): Reply => {
  const business = businessBy(endpoint.tenant, tenant);
  const person = personOf(consent.identityId);
  if (!business || !person) return refuse(endpoint, 404, notFound);
  const owns = person.memberships.some((held) => held.business === business && held.role === 'owner');
  const administers = person.roles.some((held) => held.account === business && held.role === 'admin');
  if (!owns && !administers) return refuse(endpoint, 403, 'Permission Denied.');
  if (!mayRead(simulation.store, person, business, endpoint.name) || !planHas(endpoint, simulation))
    return refuse(endpoint, 403, 'Permission Denied.');
  if (business.accountId !== null) simulation.prepare(business);
  const books = simulation.books(business);
  const hidden = simulation.store.documents('hidden');
  const seen = (resource: ResourceName): readonly Row[] =>
    books
      .rows(resource)
      .ascending()
      .filter((row) => hidden.get(hiddenKey(books.accountId, resource, row)) === undefined);
  const call: Read = { query: asked.query, params, books, business, person, seen };
  const writing = writingOf(endpoint, asked.method);
  try {
    if (writing)
      return simulation.store.transaction(() => written(asked, call, endpoint, writing, simulation));
    const body = endpoint.read?.(call);
    return body === undefined ? refuse(endpoint, 404, notFound) : replyOf(endpoint, 200, body);
  } catch (error) {
    if (error instanceof Unprocessable) return replyOf(endpoint, 422, { errno: 2001, error: error.faults });
    if (error instanceof Refusal)
      return replyOf(endpoint, error.status, errorBody(error.status, error.faults, false));
    throw error;
  }
};

/** Answers the families beside accounting (§3.1). */
export const answerFamilies = (asked: Asked, found: Found, simulation: Simulation): Reply => {
  const { endpoint } = found;
  const consent = simulation.grants.bearer(bearerOf(asked));
  if (!consent) return refuse(endpoint, 401, 'This action requires authentication to continue.');
  const reads = asked.method === 'GET' && endpoint.read !== undefined;
  if (!reads && !writingOf(endpoint, asked.method))
    return refuse(endpoint, 405, 'The method is not allowed for the requested URL.');
  const needed = (reads ? readScope : writeScope)(endpoint.scope);
  if (!consent.scopes.includes(needed)) {
    const provided = consent.scopes.join(' ');
    return refuse(endpoint, 403, `Scopes provided: ${provided}. Scopes needed: ${needed}.`);
  }
  return answer(asked, found, consent, simulation);
};
