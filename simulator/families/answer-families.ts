import { errorBody, Refusal } from '../accounting/refusal.ts';
import type { Reply } from '../http/reply.ts';
import { type Asked, bearerOf } from '../http/request.ts';
import type { Json } from '../json.ts';
import type { Consent } from '../oauth/consent.ts';
import { readScope } from '../oauth/scopes.ts';
import { businessBy, personOf } from '../people.ts';
import type { Simulation } from '../simulation.ts';
import type { Endpoint } from './endpoint.ts';
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

const read = (
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
  if (business.accountId !== null) simulation.prepare(business);
  const books = simulation.books(business);
  try {
    const body = endpoint.read({ query: asked.query, params, books, business, person });
    return body === undefined ? refuse(endpoint, 404, notFound) : replyOf(endpoint, 200, body);
  } catch (error) {
    if (error instanceof Unprocessable) return replyOf(endpoint, 422, { errno: 2001, error: error.faults });
    if (error instanceof Refusal)
      return replyOf(endpoint, error.status, errorBody(error.status, error.faults, false));
    throw error;
  }
};

/** Answers the families beside accounting (§3.1): reads only. */
export const answerFamilies = (asked: Asked, found: Found, simulation: Simulation): Reply => {
  const { endpoint } = found;
  const consent = simulation.grants.bearer(bearerOf(asked));
  if (!consent) return refuse(endpoint, 401, 'This action requires authentication to continue.');
  if (asked.method !== 'GET')
    return refuse(endpoint, 405, 'The method is not allowed for the requested URL.');
  const needed = readScope(endpoint.scope);
  if (!consent.scopes.includes(needed)) {
    const provided = consent.scopes.join(' ');
    return refuse(endpoint, 403, `Scopes provided: ${provided}. Scopes needed: ${needed}.`);
  }
  return read(asked, found, consent, simulation);
};
