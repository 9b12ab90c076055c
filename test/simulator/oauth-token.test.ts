import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  authErrorOf,
  challenge,
  codeFrom,
  exchange,
  pairOf,
  redirectUri,
  registerRedirect,
  token,
  verifier,
} from './consent.ts';
import { type Bench, call, startBench } from './harness.ts';

let now = Date.UTC(2026, 5, 29, 16);
let bench: Bench;
beforeEach(async () => {
  now = Date.UTC(2026, 5, 29, 16);
  bench = await startBench({ now: () => now });
  await registerRedirect(bench);
});
afterEach(() => bench.close());

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
    const { access } = await pairOf(bench, await codeFrom(bench, { scope: 'user:clients:read' }));
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
    expect(authErrorOf(await token(bench, { ...(await fields()), client_secret: 'wrong' }))).toEqual([
      401,
      'invalid_client',
    ]);
  });

  it('another grant type is refused', async () => {
    expect(authErrorOf(await token(bench, { grant_type: 'client_credentials' }))).toEqual([
      400,
      'unsupported_grant_type',
    ]);
  });

  it('a code works once', async () => {
    const code = await codeFrom(bench);
    await exchange(bench, code);

    expect(authErrorOf(await exchange(bench, code))).toEqual([400, 'invalid_grant']);
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
      authErrorOf(await exchange(bench, await codeFrom(bench), { redirect_uri: 'http://127.0.0.1:9/other' })),
    ).toEqual([400, 'invalid_grant']);
    const other = { client_id: clientId, client_secret: clientSecret };
    expect(authErrorOf(await exchange(bench, await codeFrom(bench), other))).toEqual([400, 'invalid_grant']);
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
