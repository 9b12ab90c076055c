import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { textOf } from '../../simulator/json.ts';
import { authErrorOf, codeFrom, pairOf, refresh, registerRedirect, token, usersMe } from './consent.ts';
import { type Bench, call, people, rowWithin, startBench, within } from './harness.ts';

let now = Date.UTC(2026, 5, 29, 16);
let bench: Bench;
beforeEach(async () => {
  now = Date.UTC(2026, 5, 29, 16);
  bench = await startBench({ now: () => now });
  await registerRedirect(bench);
});
afterEach(() => bench.close());

describe('§1.6 lifetimes and rotation', () => {
  it.each([
    [43_199, 200],
    [43_200, 401],
  ])('an access token of %i seconds gives %i', async (seconds, status) => {
    const { access } = await pairOf(bench);
    now += seconds * 1_000;

    expect((await usersMe(bench, access)).status).toBe(status);
  });

  it('a refresh gives a new pair; the old refresh token is dead, the old access token lives', async () => {
    const first = await pairOf(bench);
    const second = rowWithin((await refresh(bench, first.refresh)).json);

    expect(textOf(second, 'refresh_token')).not.toBe(first.refresh);
    expect(authErrorOf(await refresh(bench, first.refresh))).toEqual([400, 'invalid_grant']);
    expect((await usersMe(bench, first.access)).status).toBe(200);
    expect((await usersMe(bench, textOf(second, 'access_token'))).status).toBe(200);
  });

  it('using a spent refresh token leaves the live one alone', async () => {
    const first = await pairOf(bench);
    const second = rowWithin((await refresh(bench, first.refresh)).json);
    await refresh(bench, first.refresh);

    expect((await refresh(bench, textOf(second, 'refresh_token'))).status).toBe(200);
  });

  it('of two refreshes at once one wins', async () => {
    const first = await pairOf(bench);
    const both = await Promise.all([refresh(bench, first.refresh), refresh(bench, first.refresh)]);

    expect(both.map(({ status }) => status).sort()).toEqual([200, 400]);
  });

  it('a second authorization kills the stored refresh token; the old access token lives on', async () => {
    const first = await pairOf(bench);
    await pairOf(bench);

    expect(authErrorOf(await refresh(bench, first.refresh))).toEqual([400, 'invalid_grant']);
    expect((await usersMe(bench, first.access)).status).toBe(200);
  });

  it('another person and another app do not disturb a grant', async () => {
    const alex = await pairOf(bench);
    await pairOf(bench, await codeFrom(bench, { email: people.mireille }));
    await bench.control('POST', '/tokens', {
      clientId: bench.simulator.apps.integration.clientId,
      email: people.alex,
    });

    expect((await refresh(bench, alex.refresh)).status).toBe(200);
  });

  it('a refresh token never expires while unused', async () => {
    const { refresh: kept } = await pairOf(bench);
    now += 3 * 365 * 86_400_000;

    expect((await refresh(bench, kept)).status).toBe(200);
  });

  it('a refresh keeps the scopes', async () => {
    const { refresh: kept } = await pairOf(bench, await codeFrom(bench, { scope: 'user:taxes:read' }));

    expect(within((await refresh(bench, kept)).json, 'scope')).toBe('user:profile:read user:taxes:read');
  });
});

describe('§1.7 revoke and §1.1 metadata', () => {
  it.each(['access', 'refresh'] as const)('revoking by %s token answers {} and ends both', async (which) => {
    const tokens = await pairOf(bench);
    const revoked = await token(bench, { token: tokens[which] }, '/auth/oauth/revoke');

    expect([revoked.status, revoked.json]).toEqual([200, {}]);
    expect((await usersMe(bench, tokens.access)).status).toBe(401);
    expect((await refresh(bench, tokens.refresh)).status).toBe(400);
  });

  it('needs the app’s secret', async () => {
    const tokens = await pairOf(bench);
    const got = await token(bench, { token: tokens.access, client_secret: 'wrong' }, '/auth/oauth/revoke');

    expect(got.status).toBe(401);
    expect((await usersMe(bench, tokens.access)).status).toBe(200);
  });

  it('the person can disconnect the app', async () => {
    const tokens = await pairOf(bench);
    await bench.control('POST', '/consents/revoke', {
      email: people.alex,
      clientId: bench.simulator.apps.viewer.clientId,
    });

    expect((await usersMe(bench, tokens.access)).status).toBe(401);
    expect(authErrorOf(await refresh(bench, tokens.refresh))).toEqual([400, 'invalid_grant']);
  });

  it('introspection tells a live token from a dead one (§1.8)', async () => {
    const { access } = await pairOf(bench);
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
