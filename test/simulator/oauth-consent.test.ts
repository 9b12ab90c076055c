import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { asked, decide, redirectUri, registerRedirect } from './consent.ts';
import { type Bench, call, people, startBench } from './harness.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await startBench();
  await registerRedirect(bench);
});
afterEach(() => bench.close());

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
