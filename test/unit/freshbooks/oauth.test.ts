import { describe, expect, it } from '@jest/globals';
import type { FreshBooksOAuth } from '../../../src/app/ports.ts';
import { makeFreshBooksOAuth } from '../../../src/freshbooks/oauth.ts';
import type { WireReply, WireRequest } from '../../../src/freshbooks/transport.ts';
import { clientOn } from './fake-freshbooks.ts';

type Answers = Readonly<Record<string, { status?: number; body: unknown }>>;

/** FreshBooks that answers by path, and what it was sent. */
function consent(answers: Answers): { oauth: FreshBooksOAuth; sent: WireRequest[] } {
  const sent: WireRequest[] = [];
  const transport = async (request: WireRequest): Promise<WireReply> => {
    sent.push(request);
    const answer = answers[new URL(request.url).pathname] ?? { status: 404, body: { error: 'not_found' } };
    const text = typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body);
    return { status: answer.status ?? 200, headers: {}, text };
  };
  const { client, now } = clientOn(transport);
  const oauth = makeFreshBooksOAuth({
    apiUrl: 'https://api.example/',
    authUrl: 'https://auth.example',
    transport,
    client,
    now,
  });
  return { oauth, sent };
}

const keys = { clientId: 'client', clientSecret: 'se cret&' };
const token = {
  access_token: 'access',
  token_type: 'Bearer',
  expires_in: 43_200,
  refresh_token: 'refresh',
  created_at: 1_751_215_756,
  scope: 'user:profile:read user:clients:read',
  direct_buy_tokens: {},
};
const tokenPath = '/auth/oauth/token';
const exchange = { code: 'c0de', redirectUri: 'https://us.example/oauth/callback', verifier: 'ver' };
const refresh = { refreshToken: 'old', redirectUri: 'https://us.example/oauth/callback' };

describe('asking for consent', () => {
  it('leads to FreshBooks with scopes, state and the challenge', () => {
    const url = new URL(
      consent({}).oauth.authorizeUrl({
        clientId: 'client',
        redirectUri: 'https://us.example/oauth/callback',
        scopes: ['user:profile:read', 'user:clients:read'],
        state: 'st',
        challenge: 'ch',
      }),
    );

    expect(url.origin + url.pathname).toBe('https://auth.example/oauth/authorize');
    expect(Object.fromEntries(url.searchParams)).toEqual({
      response_type: 'code',
      client_id: 'client',
      redirect_uri: 'https://us.example/oauth/callback',
      scope: 'user:profile:read user:clients:read',
      state: 'st',
      code_challenge: 'ch',
      code_challenge_method: 'S256',
    });
  });
});

describe('the token endpoint', () => {
  it('gives a pair for a code, with its times out of created_at and expires_in', async () => {
    const { oauth, sent } = consent({ [tokenPath]: { body: token } });

    await expect(oauth.exchange(keys, exchange)).resolves.toEqual({
      accessToken: 'access',
      refreshToken: 'refresh',
      createdAt: '2025-06-29T16:49:16.000Z',
      expiresAt: '2025-06-30T04:49:16.000Z',
      scopes: ['user:profile:read', 'user:clients:read'],
    });
    expect(Object.fromEntries(new URLSearchParams(sent[0]?.body))).toEqual({
      grant_type: 'authorization_code',
      client_id: 'client',
      client_secret: 'se cret&',
      code: 'c0de',
      redirect_uri: 'https://us.example/oauth/callback',
      code_verifier: 'ver',
    });
  });

  it('gives a new pair for a refresh token', async () => {
    const { oauth, sent } = consent({ [tokenPath]: { body: token } });

    await expect(oauth.refresh(keys, refresh)).resolves.toMatchObject({ refreshToken: 'refresh' });
    expect(Object.fromEntries(new URLSearchParams(sent[0]?.body))).toMatchObject({
      grant_type: 'refresh_token',
      refresh_token: 'old',
      redirect_uri: 'https://us.example/oauth/callback',
    });
  });

  it('that gives no new refresh token leaves the old one in force', async () => {
    const { refresh_token: _, ...without } = token;
    const { oauth } = consent({ [tokenPath]: { body: without } });

    await expect(oauth.refresh(keys, refresh)).resolves.toMatchObject({ refreshToken: 'old' });
    await expect(oauth.exchange(keys, exchange)).rejects.toMatchObject({ kind: 'unavailable' });
  });

  it('that gives no creation time made the pair just now', async () => {
    const { created_at: _, ...without } = token;
    const { oauth } = consent({ [tokenPath]: { body: without } });

    await expect(oauth.refresh(keys, refresh)).resolves.toMatchObject({
      createdAt: '2026-06-29T16:49:16.000Z',
      expiresAt: '2026-06-30T04:49:16.000Z',
    });
  });

  it.each([
    [400, { error: 'invalid_grant', error_description: 'spent' }, 'access-lost'],
    [401, { error: 'invalid_client' }, 'forbidden'],
    [401, { error: 'unauthenticated' }, 'unavailable'],
    [429, { error: 'rate_limited' }, 'unavailable'],
    [500, { error: 'invalid_grant' }, 'unavailable'],
    [503, '<html>', 'unavailable'],
    [200, '<html>', 'unavailable'],
    [200, {}, 'unavailable'],
  ])('that answers %i %j is %s, and is not asked a second time', async (status, body, kind) => {
    const { oauth, sent } = consent({ [tokenPath]: { status, body } });

    await expect(oauth.refresh(keys, refresh)).rejects.toMatchObject({ kind });
    await expect(oauth.exchange(keys, exchange)).rejects.toMatchObject({ kind });
    expect(sent.length).toBe(2);
  });

  it('revokes a token', async () => {
    const { oauth, sent } = consent({ '/auth/oauth/revoke': { body: {} } });

    await oauth.revoke(keys, 'access');

    expect(Object.fromEntries(new URLSearchParams(sent[0]?.body))).toEqual({
      client_id: 'client',
      client_secret: 'se cret&',
      token: 'access',
    });
  });

  it('that cannot revoke now says so', async () => {
    const { oauth } = consent({ '/auth/oauth/revoke': { status: 503, body: '' } });

    await expect(oauth.revoke(keys, 'access')).rejects.toMatchObject({ kind: 'unavailable' });
  });
});

describe('who a person is', () => {
  const mePath = '/auth/api/v1/users/me';
  const business = (id: number, accountId: string | null, more: Record<string, unknown> = {}) => ({
    id: id + 100_000,
    role: 'owner',
    business: { id, name: `Business ${id}`, account_id: accountId, business_uuid: `uuid-${id}`, ...more },
  });
  const me = (...memberships: unknown[]) => ({
    response: {
      id: 31,
      identity_id: 31,
      first_name: 'Ada',
      last_name: 'Roy',
      email: 'ada@example.com',
      business_memberships: memberships,
      roles: [
        { role: 'admin', accountid: 'AAA111', systemid: 9_001 },
        { role: 'client', accountid: 'CCC333', systemid: 9_003 },
      ],
    },
  });
  const systemPath = '/accounting/account/AAA111/systems/systems/9001';
  const system = (more: Record<string, unknown>) => ({
    response: { result: { system: { id: 9_001, ...more } } },
  });

  it('is told with the three ids of each business', async () => {
    const { oauth } = consent({
      [mePath]: { body: me(business(1, 'AAA111')) },
      [systemPath]: { body: system({ modern_system: true, active: true }) },
    });

    await expect(oauth.whoIs('access')).resolves.toEqual({
      identityId: '31',
      name: 'Ada Roy',
      email: 'ada@example.com',
      businesses: [
        {
          identityId: '31',
          accountId: 'AAA111',
          businessId: '1',
          businessUuid: 'uuid-1',
          systemId: '9001',
          name: 'Business 1',
          role: 'owner',
        },
      ],
    });
  });

  it.each([
    ['client-only', { ...business(1, 'AAA111'), role: 'client' }],
    ['client-only', business(1, 'CCC333')],
    ['no-account', business(1, null)],
    ['inactive', business(1, 'AAA111', { active: false })],
  ])('names a business that cannot be linked as %s', async (unfit, membership) => {
    const { oauth } = consent({ [mePath]: { body: me(membership) } });

    await expect(oauth.whoIs('access')).resolves.toMatchObject({ businesses: [{ unfit }] });
  });

  it.each([
    ['classic', { modern_system: false }],
    ['inactive', { modern_system: true, active: false }],
  ])('names a business as %s when its system says %j', async (unfit, says) => {
    const { oauth } = consent({
      [mePath]: { body: me(business(1, 'AAA111')) },
      [systemPath]: { body: system(says) },
    });

    await expect(oauth.whoIs('access')).resolves.toMatchObject({ businesses: [{ unfit }] });
  });

  it.each([
    ['refused', 403, { error: 'forbidden' }],
    ['unknown', 404, {}],
    ['of another shape', 200, { response: { result: {} } }],
    ['without the flag', 200, system({})],
  ])('lets a business be linked when its system is %s', async (_, status, body) => {
    const { oauth } = consent({
      [mePath]: { body: me(business(1, 'AAA111')) },
      [systemPath]: { status, body },
    });

    const { businesses } = await oauth.whoIs('access');

    expect(businesses[0]).not.toHaveProperty('unfit');
  });

  it('is nobody’s business when there is none', async () => {
    const { oauth } = consent({ [mePath]: { body: { response: { id: 31 } } } });

    await expect(oauth.whoIs('access')).resolves.toMatchObject({ identityId: '31', businesses: [] });
  });

  it('is access lost when the token is refused', async () => {
    const { oauth } = consent({ [mePath]: { status: 401, body: { error: 'unauthenticated' } } });

    await expect(oauth.whoIs('access')).rejects.toMatchObject({ kind: 'access-lost' });
  });
});
