import * as z from 'zod';
import type { AppKeys, FreshBooksOAuth, PersonBusiness } from '../app/ports.ts';
import type { TokenPair } from '../domain/grant.ts';
import { instantAt, plusSeconds } from '../domain/instant.ts';
import { Problem } from '../domain/problem.ts';
import { catalog } from './catalog.ts';
import { retryAfter } from './classify.ts';
import type { Access, Client } from './client.ts';
import { addressOf, singleIn } from './families.ts';
import { parseJson } from './parse-json.ts';
import type { Transport, WireReply } from './transport.ts';
import { System } from './types/systems.ts';
import { flag } from './types/wire.ts';
import { vendorError } from './vendor-error.ts';
import { personIn } from './who-is.ts';

type Deps = {
  apiUrl: string;
  authUrl: string;
  transport: Transport;
  client: Client;
  /** Milliseconds since the epoch. */
  now: () => number;
};

/**
 * FreshBooks' authorisation server (freshbooks-api §1). Token calls go out exactly once: a refresh token works once,
 * and a call without an answer may have spent it. Extra keys of a reply are of no matter.
 */
export function makeFreshBooksOAuth(deps: Deps): FreshBooksOAuth {
  const api = deps.apiUrl.replace(/\/+$/, '');
  const post = (path: string, fields: Record<string, string>): Promise<WireReply> =>
    deps.transport({
      method: 'POST',
      url: `${api}/auth/oauth/${path}`,
      headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(fields).toString(),
    });
  const pair = async (fields: Record<string, string>, held?: string): Promise<TokenPair> =>
    pairIn(await post('token', fields), deps.now, held);

  return {
    authorizeUrl: (request) => authorizeUrl(deps.authUrl, request),
    exchange: (keys, { code, redirectUri, verifier }) =>
      pair({
        grant_type: 'authorization_code',
        ...credentials(keys),
        code,
        redirect_uri: redirectUri,
        code_verifier: verifier,
      }),
    refresh: (keys, { refreshToken, redirectUri }) =>
      pair(
        {
          grant_type: 'refresh_token',
          ...credentials(keys),
          refresh_token: refreshToken,
          redirect_uri: redirectUri,
        },
        refreshToken,
      ),
    async revoke(keys, token) {
      const reply = await post('revoke', { ...credentials(keys), token });
      if (reply.status >= 300) throw refusal(reply, deps.now);
    },
    whoIs: (accessToken) => whoIs(deps.client, accessToken, deps.now),
  };
}

function authorizeUrl(authUrl: string, request: Parameters<FreshBooksOAuth['authorizeUrl']>[0]): string {
  const url = new URL(`${authUrl.replace(/\/+$/, '')}/oauth/authorize`);
  const query = {
    response_type: 'code',
    client_id: request.clientId,
    redirect_uri: request.redirectUri,
    scope: request.scopes.join(' '),
    state: request.state,
    code_challenge: request.challenge,
    code_challenge_method: 'S256',
  };
  for (const [key, value] of Object.entries(query)) url.searchParams.set(key, value);
  return url.toString();
}

function credentials(keys: AppKeys): { client_id: string; client_secret: string } {
  return { client_id: keys.clientId, client_secret: keys.clientSecret };
}

const TokenReply = z.object({
  access_token: z.string().min(1),
  refresh_token: z.string().min(1).optional().catch(undefined),
  expires_in: z.coerce.number().positive().catch(43_200),
  created_at: z.coerce.number().positive().optional().catch(undefined),
  scope: z.string().catch(''),
});

/** A reply without a refresh token leaves the one in hand in force; one without a creation time was made just now. */
function pairIn(reply: WireReply, now: () => number, held: string | undefined): TokenPair {
  if (reply.status !== 200) throw refusal(reply, now);
  const token = TokenReply.safeParse(jsonOf(reply)).data;
  const refreshToken = token?.refresh_token ?? held;
  if (token === undefined || refreshToken === undefined) throw refusal(reply, now);
  const createdAt = instantAt(token.created_at === undefined ? now() : token.created_at * 1000);
  return {
    accessToken: token.access_token,
    refreshToken,
    createdAt,
    expiresAt: plusSeconds(createdAt, token.expires_in),
    scopes: token.scope.split(' ').filter((scope) => scope !== ''),
  };
}

/**
 * `access-lost` only when FreshBooks itself says that the code or token is no good, `forbidden` when it is our keys;
 * whatever else happened says nothing about the token and is `unavailable`.
 */
function refusal(reply: WireReply, now: () => number): Problem {
  const name = vendorError(jsonOf(reply))?.name;
  if (reply.status < 500 && name === 'invalid_grant') {
    return new Problem('access-lost', 'FreshBooks does not accept this consent any more.');
  }
  if (reply.status < 500 && (name === 'invalid_client' || name === 'unauthorized_client')) {
    return new Problem('forbidden', 'FreshBooks does not accept the keys of this app.');
  }
  const after = retryAfter(reply.headers['retry-after'], now);
  return new Problem(
    'unavailable',
    `FreshBooks did not answer the token request as expected (HTTP ${reply.status}).`,
    {
      ...(after !== undefined && { retryAfterSeconds: after }),
    },
  );
}

function jsonOf(reply: WireReply): unknown {
  try {
    return parseJson(reply.text);
  } catch {
    return undefined;
  }
}

type Get = <T>(subject: string, path: string, as: (body: unknown) => T) => Promise<T>;

const whoIsWithin = 20_000;

async function whoIs(
  client: Client,
  accessToken: string,
  now: () => number,
): ReturnType<FreshBooksOAuth['whoIs']> {
  const access: Access = {
    token: async () => accessToken,
    refused: async () => {
      throw new Problem('access-lost', 'FreshBooks does not accept this consent any more.');
    },
  };
  const deadline = now() + whoIsWithin;
  const get: Get = (subject, path, as) =>
    client.get({ subject, path, access, as, deadline }).then(({ value }) => value);
  const person = await get('users/me', '/auth/api/v1/users/me', personIn);
  const businesses = await Promise.all(person.businesses.map((business) => withSystem(business, get)));
  return { ...person, businesses };
}

/** A system that says it is not modern is FreshBooks Classic. No answer, or no right to ask, blocks nobody. */
async function withSystem(business: PersonBusiness, get: Get): Promise<PersonBusiness> {
  const path = addressOf(catalog.systems, business);
  if (business.unfit !== undefined || path === undefined) return business;
  try {
    const system = await get('systems', path, (body) =>
      System.parse(singleIn(body, catalog.systems, 'systems')),
    );
    if (isNo(system.modern_system)) return { ...business, unfit: 'classic' };
    return isNo(system.active) ? { ...business, unfit: 'inactive' } : business;
  } catch {
    return business;
  }
}

function isNo(value: System['active']): boolean {
  return value !== undefined && value !== null && !flag(value);
}
