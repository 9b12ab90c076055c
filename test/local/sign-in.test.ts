import { createHash, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import { z } from 'zod';
import type { RunningStack } from '../../local/start-stack.ts';
import { makeVerifySignIn } from '../../src/adapters/sign-in.ts';
import { startFixture } from './fixture.ts';

let stack: RunningStack;
let redirectUri: string;
let clientId: string;

beforeAll(async () => {
  stack = await startFixture();
  redirectUri = `${stack.originUrl}/portal/`;
  clientId = stack.outputs['ClientId'] ?? '';
});
afterAll(() => stack.close());

/** A browser, as far as cookies and redirects go. */
function browser() {
  const jar = new Map<string, string>();
  return async (url: string, init: RequestInit = {}) => {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const reply = await fetch(url, { ...init, redirect: 'manual', headers: { ...init.headers, cookie } });
    for (const line of reply.headers.getSetCookie()) {
      const [name = '', value = ''] = (line.split(';')[0] ?? '').split('=');
      if (/expires=Thu, 01 Jan 1970/i.test(line)) jar.delete(name);
      else jar.set(name, value);
    }
    return { status: reply.status, location: reply.headers.get('location') ?? '', text: await reply.text() };
  };
}
type Browser = ReturnType<typeof browser>;

const verifier = randomBytes(32).toString('base64url');
const challenge = createHash('sha256').update(verifier).digest('base64url');

const authorizeUrl = (more: Record<string, string> = {}) =>
  `${stack.signInUrl}/oauth2/authorize?${new URLSearchParams({
    client_id: clientId,
    redirect_uri: redirectUri,
    response_type: 'code',
    scope: 'openid email',
    state: 's',
    code_challenge: challenge,
    code_challenge_method: 'S256',
    ...more,
  })}`;

const at = (location: string) => new URL(location, stack.signInUrl).href;
const form = (fields: Record<string, string>) => ({ method: 'POST', body: new URLSearchParams(fields) });

/** Goes from the portal to the sign-in page. */
async function toPage(go: Browser, headers: Record<string, string> = {}) {
  const { location } = await go(authorizeUrl());
  return { url: at(location), page: await go(at(location), { headers }) };
}

async function signIn(go: Browser, password = stack.signInUser.password) {
  const { url } = await toPage(go);
  const posted = await go(url, form({ email: stack.signInUser.email, password }));
  return posted.status === 303 ? go(at(posted.location)) : posted;
}

const exchange = (code: string, more: Record<string, string> = {}, headers: Record<string, string> = {}) =>
  fetch(`${stack.signInUrl}/oauth2/token`, {
    ...form({
      grant_type: 'authorization_code',
      client_id: clientId,
      code,
      redirect_uri: redirectUri,
      code_verifier: verifier,
      ...more,
    }),
    headers,
  });

const codeOf = (location: string) => new URL(location).searchParams.get('code') ?? '';
const Tokens = z.object({ access_token: z.string(), id_token: z.string() });

const verified = async (token: string) =>
  jwtVerify(token, createRemoteJWKSet(new URL(`${stack.signInUrl}/.well-known/jwks.json`)), {
    issuer: stack.outputs['Issuer'] ?? '',
  });

describe('signing in', () => {
  it('leads from the portal over the page back to the portal with a code, and that to a token of Cognito shape', async () => {
    const back = await signIn(browser());
    expect(back.location).toMatch(new RegExp(`^${redirectUri}\\?`));

    const tokens = Tokens.parse(await (await exchange(codeOf(back.location))).json());
    const { payload, protectedHeader } = await verified(tokens.access_token);

    expect(protectedHeader.alg).toBe('RS256');
    expect(payload).toMatchObject({
      token_use: 'access',
      client_id: clientId,
      scope: 'openid email',
      username: payload.sub,
    });
    expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(3600);
  });

  it('gives scripts the same kind of token', async () => {
    const { payload } = await verified((await stack.signIn()).accessToken);

    expect(payload).toMatchObject({ token_use: 'access', client_id: clientId, iss: stack.signInUrl });
  });

  it('tells who bears a token, and nothing to anybody else', async () => {
    const tokens = Tokens.parse(await (await exchange(codeOf((await signIn(browser())).location))).json());
    const told = (token: string) =>
      fetch(`${stack.signInUrl}/oauth2/userInfo`, { headers: { authorization: `Bearer ${token}` } });

    const reply = await told(tokens.access_token);
    const others = [await told('nonsense'), await told(tokens.id_token)];

    expect(await reply.json()).toMatchObject({ email: stack.signInUser.email, sub: expect.any(String) });
    expect(others.map(({ status }) => status)).toEqual([401, 401]);
  });

  it('gives the product the address that somebody signs in with', async () => {
    const verify = makeVerifySignIn(stack.outputs['Issuer'] ?? '', clientId);

    const signedIn = await verify((await stack.signIn()).accessToken);

    expect(await signedIn?.signInName()).toBe(stack.signInUser.email);
  });

  it('does not accept a wrong password', async () => {
    const { status, text } = await signIn(browser(), 'guessed');

    expect(status).toBe(401);
    expect(text).toMatch(/not right/);
  });

  it('speaks French and English, as the browser asks', async () => {
    const french = await toPage(browser(), { 'accept-language': 'fr-CA,fr;q=0.9,en;q=0.5' });
    const english = await toPage(browser(), { 'accept-language': 'de,en;q=0.5' });

    expect(french.page.text).toMatch(/lang="fr-CA".*Mot de passe/s);
    expect(english.page.text).toMatch(/lang="en-CA".*Password/s);
  });

  it('is refused without PKCE, to another address, and with another verifier', async () => {
    const without = await browser()(authorizeUrl({ code_challenge: '', code_challenge_method: '' }));
    expect(codeOfError(without.location)).toBe('invalid_request');

    const elsewhere = await browser()(authorizeUrl({ redirect_uri: 'https://evil.test/' }));
    expect(elsewhere.status).toBe(400);
    expect(elsewhere.text).toMatch(/cannot go on/);

    const { location } = await signIn(browser());
    expect(
      (await exchange(codeOf(location), { code_verifier: randomBytes(32).toString('base64url') })).status,
    ).toBe(400);
  });

  it('cannot be finished by another browser', async () => {
    const { url } = await toPage(browser());

    const stolen = await browser()(url, form(stack.signInUser));

    expect(stolen.status).toBe(400);
    expect(stolen.location).toBe('');
  });

  it('gives a code that works once', async () => {
    const { location } = await signIn(browser());
    await exchange(codeOf(location));

    expect((await exchange(codeOf(location))).status).toBe(400);
  });

  it('lets the portal, and no other origin, read the answer', async () => {
    const { location } = await signIn(browser());

    const allowed = await exchange(codeOf(location), {}, { origin: stack.originUrl });
    const other = await exchange('x', {}, { origin: 'https://evil.test' });

    expect(allowed.headers.get('access-control-allow-origin')).toBe(stack.originUrl);
    expect(other.headers.get('access-control-allow-origin')).toBeNull();
  });
});

const codeOfError = (location: string) => new URL(location).searchParams.get('error');

describe('signing out', () => {
  it('ends the session, so that the next visit asks again', async () => {
    const go = browser();
    await signIn(go);
    expect((await go(authorizeUrl())).location).toMatch(/[?&]code=/);

    const asked = await go(
      at(
        (
          await go(
            `${stack.signInUrl}/logout?client_id=${clientId}&logout_uri=${encodeURIComponent(redirectUri)}`,
          )
        ).location,
      ),
    );
    const xsrf = /name="xsrf" value="([^"]+)"/.exec(asked.text)?.[1] ?? '';
    const out = await go(`${stack.signInUrl}/session/end/confirm`, form({ xsrf, logout: 'yes' }));

    expect(out.location).toBe(redirectUri);
    expect((await go(authorizeUrl())).location).toMatch(/\/interaction\//);
  });
});

describe('the discovery document', () => {
  it('names everything under the issuer of the user pool', async () => {
    const document = await (
      await fetch(`${stack.outputs['Issuer']}/.well-known/openid-configuration`)
    ).json();

    expect(document).toMatchObject({
      issuer: stack.outputs['Issuer'],
      authorization_endpoint: `${stack.signInUrl}/oauth2/authorize`,
      token_endpoint: `${stack.signInUrl}/oauth2/token`,
      jwks_uri: `${stack.signInUrl}/.well-known/jwks.json`,
      end_session_endpoint: `${stack.signInUrl}/session/end`,
    });
  });
});
