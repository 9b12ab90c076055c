import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { textOf } from '../../simulator/json.ts';
import {
  asked,
  challenge,
  codeFrom,
  decide,
  exchange,
  redirectUri,
  refresh,
  registerRedirect,
  token,
  usersMe,
  verifier,
} from './consent.ts';
import { type Bench, call, people, rowWithin, startBench, within } from './harness.ts';

let now = Date.UTC(2026, 5, 29, 16);
let bench: Bench;
beforeEach(async () => {
  now = Date.UTC(2026, 5, 29, 16);
  bench = await startBench({ now: () => now });
  await registerRedirect(bench);
});
afterEach(() => bench.close());

const pair = async (code?: string) => {
  const { json } = await exchange(bench, code ?? (await codeFrom(bench)));
  return {
    access: textOf(rowWithin(json), 'access_token'),
    refresh: textOf(rowWithin(json), 'refresh_token'),
  };
};
const error = (got: { status: number; json: Parameters<typeof within>[0] }) => [
  got.status,
  within(got.json, 'error'),
];
const pageOf = (path: string, extra: Record<string, string> = {}) =>
  call('GET', `${bench.url}${path}?${new URLSearchParams(asked(bench, extra))}`);

describe('§1.2 the consent page', () => {
  it.each(['/oauth/authorize', '/oauth/authorize/', '/service/auth/oauth/authorize'])(
    'is at %s',
    async (path) => {
      const page = await pageOf(path);

      expect(page.status).toBe(200);
      expect(page.headers.get('content-type')).toContain('text/html');
      for (const email of Object.values(people)) expect(page.text).toContain(`value="${email}"`);
      expect(page.text).toContain('name="state" value="st&amp;te"');
    },
  );

  it('an unknown client id is a 500 page', async () => {
    expect((await pageOf('/oauth/authorize', { client_id: 'nobody' })).status).toBe(500);
  });

  it.each(['https://elsewhere.example/callback', `${redirectUri}/`, `${redirectUri}?a=1`])(
    'a redirect URI that is not registered to the letter is no redirect (§1.3): %s',
    async (redirect_uri) => {
      expect((await pageOf('/oauth/authorize', { redirect_uri })).status).toBe(400);
      expect((await decide(bench, { redirect_uri })).status).toBe(400);
    },
  );

  it('does not refuse a scope at the authorize URL, but after the decision', async () => {
    const scope = 'user:reports:write';
    const page = await pageOf('/oauth/authorize', { scope });
    const decided = await decide(bench, { scope });

    expect(page.status).toBe(200);
    expect(decided.status).toBe(400);
    expect(decided.text).toContain('requested scope is invalid, unknown, or malformed');
  });
});

describe('§1.2 the decision', () => {
  it('Allow sends a code of 64 hex and the state to the redirect URI', async () => {
    const { status, back } = await decide(bench);

    expect(status).toBe(302);
    expect(`${back?.origin}${back?.pathname}`).toBe(redirectUri);
    expect(back?.searchParams.get('code')).toMatch(/^[0-9a-f]{64}$/);
    expect(back?.searchParams.get('state')).toBe('st&te');
  });

  it('Refuse sends access_denied and the state, and no code', async () => {
    const { back } = await decide(bench, { decision: 'refuse' });

    expect(back?.searchParams.get('error')).toBe('access_denied');
    expect(back?.searchParams.get('state')).toBe('st&te');
    expect(back?.searchParams.has('code')).toBe(false);
  });
});

describe('§1.4 the token call', () => {
  it('gives the pair of §1.5', async () => {
    const { status, json } = await exchange(bench, await codeFrom(bench));

    expect(status).toBe(200);
    expect(json).toEqual({
      access_token: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/),
      token_type: 'Bearer',
      expires_in: 43_200,
      refresh_token: expect.stringMatching(/^[0-9a-f]{64}$/),
      scope: expect.stringContaining('user:invoices:read'),
      created_at: now / 1_000,
      direct_buy_tokens: {},
    });
  });

  it('an access token carries a scope claim', async () => {
    const { access } = await pair(await codeFrom(bench, { scope: 'user:clients:read' }));
    const claims: unknown = JSON.parse(Buffer.from(access.split('.')[1] ?? '', 'base64url').toString());

    expect(claims).toHaveProperty('scope', 'user:profile:read user:clients:read');
  });

  const fields = async (): Promise<Record<string, string>> => ({
    grant_type: 'authorization_code',
    client_id: bench.simulator.apps.viewer.clientId,
    client_secret: bench.simulator.apps.viewer.clientSecret,
    redirect_uri: redirectUri,
    code: await codeFrom(bench),
  });
  const formData = (entries: Record<string, string>): FormData => {
    const form = new FormData();
    for (const [name, value] of Object.entries(entries)) form.set(name, value);
    return form;
  };

  it.each([
    ['form-urlencoded', async () => new URLSearchParams(await fields())],
    ['multipart', async () => formData(await fields())],
  ])('reads a %s body', async (_name, body) => {
    const response = await fetch(`${bench.url}/auth/oauth/token`, { method: 'POST', body: await body() });

    expect(response.status).toBe(200);
  });

  it('reads Basic client authentication', async () => {
    const { client_id, client_secret, ...rest } = await fields();
    const authorization = `Basic ${Buffer.from(`${client_id}:${client_secret}`).toString('base64')}`;
    const response = await fetch(`${bench.url}/service/auth/oauth/token`, {
      method: 'POST',
      headers: { authorization },
      body: new URLSearchParams(rest),
    });

    expect(response.status).toBe(200);
  });

  it('ignores a bearer header (§8: the Node SDK sends `Bearer undefined`)', async () => {
    const got = await call('POST', `${bench.url}/auth/oauth/token`, {
      body: await fields(),
      token: 'undefined',
    });

    expect(got.status).toBe(200);
  });

  it('a wrong secret is 401 invalid_client', async () => {
    expect(error(await token(bench, { ...(await fields()), client_secret: 'wrong' }))).toEqual([
      401,
      'invalid_client',
    ]);
  });

  it('another grant type is refused', async () => {
    expect(error(await token(bench, { grant_type: 'client_credentials' }))).toEqual([
      400,
      'unsupported_grant_type',
    ]);
  });

  it('a code works once', async () => {
    const code = await codeFrom(bench);
    await exchange(bench, code);

    expect(error(await exchange(bench, code))).toEqual([400, 'invalid_grant']);
  });

  it.each([
    [299, 200],
    [300, 400],
  ])('a code of %i seconds gives %i', async (seconds, status) => {
    const code = await codeFrom(bench);
    now += seconds * 1_000;

    expect((await exchange(bench, code)).status).toBe(status);
  });

  it('a code is good for its own redirect URI and app only', async () => {
    const { clientId, clientSecret } = bench.simulator.apps.integration;

    expect(
      error(await exchange(bench, await codeFrom(bench), { redirect_uri: 'http://127.0.0.1:9/other' })),
    ).toEqual([400, 'invalid_grant']);
    const other = { client_id: clientId, client_secret: clientSecret };
    expect(error(await exchange(bench, await codeFrom(bench), other))).toEqual([400, 'invalid_grant']);
  });

  it.each([
    ['the right verifier', { code_verifier: verifier }, 200],
    ['a wrong verifier', { code_verifier: 'another' }, 400],
    ['no verifier', {}, 400],
  ])('PKCE: a challenge that was sent is met by %s: %o', async (_name, extra, status) => {
    const code = await codeFrom(bench, { code_challenge: challenge, code_challenge_method: 'S256' });

    expect((await exchange(bench, code, extra)).status).toBe(status);
  });
});

describe('§1.6 lifetimes and rotation', () => {
  it.each([
    [43_199, 200],
    [43_200, 401],
  ])('an access token of %i seconds gives %i', async (seconds, status) => {
    const { access } = await pair();
    now += seconds * 1_000;

    expect((await usersMe(bench, access)).status).toBe(status);
  });

  it('a refresh gives a new pair; the old refresh token is dead, the old access token lives', async () => {
    const first = await pair();
    const second = rowWithin((await refresh(bench, first.refresh)).json);

    expect(textOf(second, 'refresh_token')).not.toBe(first.refresh);
    expect(error(await refresh(bench, first.refresh))).toEqual([400, 'invalid_grant']);
    expect((await usersMe(bench, first.access)).status).toBe(200);
    expect((await usersMe(bench, textOf(second, 'access_token'))).status).toBe(200);
  });

  it('using a spent refresh token leaves the live one alone', async () => {
    const first = await pair();
    const second = rowWithin((await refresh(bench, first.refresh)).json);
    await refresh(bench, first.refresh);

    expect((await refresh(bench, textOf(second, 'refresh_token'))).status).toBe(200);
  });

  it('of two refreshes at once one wins', async () => {
    const first = await pair();
    const both = await Promise.all([refresh(bench, first.refresh), refresh(bench, first.refresh)]);

    expect(both.map(({ status }) => status).sort()).toEqual([200, 400]);
  });

  it('a second authorization kills the stored refresh token; the old access token lives on', async () => {
    const first = await pair();
    await pair();

    expect(error(await refresh(bench, first.refresh))).toEqual([400, 'invalid_grant']);
    expect((await usersMe(bench, first.access)).status).toBe(200);
  });

  it('another person and another app do not disturb a grant', async () => {
    const alex = await pair();
    await pair(await codeFrom(bench, { email: people.mireille }));
    await bench.control('POST', '/tokens', {
      clientId: bench.simulator.apps.integration.clientId,
      email: people.alex,
    });

    expect((await refresh(bench, alex.refresh)).status).toBe(200);
  });

  it('a refresh token never expires while unused', async () => {
    const { refresh: kept } = await pair();
    now += 3 * 365 * 86_400_000;

    expect((await refresh(bench, kept)).status).toBe(200);
  });

  it('a refresh keeps the scopes', async () => {
    const { refresh: kept } = await pair(await codeFrom(bench, { scope: 'user:taxes:read' }));

    expect(within((await refresh(bench, kept)).json, 'scope')).toBe('user:profile:read user:taxes:read');
  });
});

describe('§1.7 revoke and §1.1 metadata', () => {
  it.each(['access', 'refresh'] as const)('revoking by %s token answers {} and ends both', async (which) => {
    const tokens = await pair();
    const revoked = await token(bench, { token: tokens[which] }, '/auth/oauth/revoke');

    expect([revoked.status, revoked.json]).toEqual([200, {}]);
    expect((await usersMe(bench, tokens.access)).status).toBe(401);
    expect((await refresh(bench, tokens.refresh)).status).toBe(400);
  });

  it('needs the app’s secret', async () => {
    const tokens = await pair();
    const got = await token(bench, { token: tokens.access, client_secret: 'wrong' }, '/auth/oauth/revoke');

    expect(got.status).toBe(401);
    expect((await usersMe(bench, tokens.access)).status).toBe(200);
  });

  it('the person can disconnect the app', async () => {
    const tokens = await pair();
    await bench.control('POST', '/consents/revoke', {
      email: people.alex,
      clientId: bench.simulator.apps.viewer.clientId,
    });

    expect((await usersMe(bench, tokens.access)).status).toBe(401);
    expect(error(await refresh(bench, tokens.refresh))).toEqual([400, 'invalid_grant']);
  });

  it('introspection tells a live token from a dead one (§1.8)', async () => {
    const { access } = await pair();
    const live = await token(bench, { token: access }, '/service/auth/oauth/introspect');
    const dead = await token(bench, { token: 'x' }, '/service/auth/oauth/introspect');

    expect(within(live.json, 'active')).toBe(true);
    expect([dead.status, dead.json]).toEqual([
      401,
      { error: 'invalid_token', error_description: 'The access token is invalid', state: 'unauthorized' },
    ]);
  });

  it('metadata names this host’s endpoints, S256 and both ways of client authentication', async () => {
    const { json } = await call('GET', `${bench.url}/.well-known/oauth-authorization-server`);

    expect(json).toMatchObject({
      issuer: bench.url,
      authorization_endpoint: `${bench.url}/service/auth/oauth/authorize`,
      token_endpoint: `${bench.url}/service/auth/oauth/token`,
      code_challenge_methods_supported: ['S256'],
      token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
    });
  });
});
