import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type Json, rowsOf, textOf } from '../../simulator/json.ts';
import { type Bench, call, people, rowWithin, startBench, within } from './harness.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await startBench({
    now: () => Date.UTC(2026, 10, 22, 12),
    redirectUris: ['http://localhost:1234/oauth/callback'],
  });
});
afterEach(() => bench.close());

const app = () => bench.simulator.apps.integration.clientId;
const requests = async (query = ''): Promise<Json> => (await bench.control('GET', `/requests${query}`)).json;

describe('GET /_simulator', () => {
  it('tells the time, the apps and the people', async () => {
    const { json } = await bench.control('GET', '');
    const alex = rowsOf(rowWithin(json), 'people')[0] ?? {};

    expect(within(json, 'now')).toBe('2026-11-22T12:00:00.000Z');
    expect(within(json, 'apps', 0, 'redirectUris')).toEqual(['http://localhost:1234/oauth/callback']);
    expect(alex).toMatchObject({ name: 'Alex Morgan', email: people.alex, identityId: 4_410_021 });
    expect(rowsOf(alex, 'businesses').map((row) => [row['name'], row['role'], row['book']])).toEqual([
      ['Busy Agency', 'owner', 'busy-agency'],
      ['Tiny Studio', 'owner', 'tiny'],
      ['Old Ledger', 'owner', 'tiny'],
      ['Riverbank Outfitters', 'client', 'tiny'],
      ['Paper Plans', 'owner', null],
    ]);
  });

  it('has people of every kind (§2.2, §2.3)', async () => {
    const all = rowsOf(rowWithin((await bench.control('GET', '')).json), 'people');
    const roles = Object.fromEntries(
      all.map((row) => [row['name'], rowsOf(row, 'businesses').map((business) => business['role'])]),
    );

    expect(roles).toEqual({
      'Alex Morgan': ['owner', 'owner', 'owner', 'client', 'owner'],
      'Mireille Côté': ['owner'],
      'Ingrid Classic': ['owner'],
      'Kim Client': ['client'],
      'Noa Newcomer': [],
    });
  });
});

describe('what users/me and systems say of the odd businesses', () => {
  const memberships = async (email: string) => {
    const token = await bench.tokenFor(email);
    const { json } = await call('GET', `${bench.url}/auth/api/v1/users/me`, { token });
    return rowWithin(json, 'response');
  };

  it('a business without an account: account_id null, the role list points elsewhere as client (§2.2)', async () => {
    const me = await memberships(people.alex);
    const paper = rowsOf(me, 'business_memberships')
      .map((row) => rowWithin(row, 'business'))
      .find((row) => row['name'] === 'Paper Plans');
    const roles = rowsOf(me, 'roles')
      .filter((row) => row['role'] === 'client')
      .map((row) => row['accountid']);

    expect(paper?.['account_id']).toBeNull();
    expect(roles).toContain(rowsOf(paper ?? {}, 'business_clients')[1]?.['account_id']);
  });

  it.each([
    [people.alex, 'OlD9gr', 1_480_229, false],
    [people.ingrid, 'InGc5c', 990_417, false],
    [people.alex, 'TnSt2k', 5_210_071, true],
  ])('%s: the system of %s is modern: %s %s (§2.3)', async (email, accountId, systemId, modern) => {
    const token = await bench.tokenFor(email);
    const { json } = await call(
      'GET',
      `${bench.url}/accounting/account/${accountId}/systems/systems/${systemId}`,
      { token },
    );

    expect(within(json, 'response', 'result', 'system', 'modern_system')).toBe(modern);
  });

  it('the system id stands in roles[].systemid', async () => {
    const roles = rowsOf(await memberships(people.alex), 'roles');

    expect(roles.find((row) => row['accountid'] === 'BzAg7q')?.['systemid']).toBe(5_210_044);
  });
});

describe('PUT /_simulator/apps', () => {
  it('changes redirect URIs, scopes and secret', async () => {
    const wish = {
      redirectUris: ['https://a.example/cb'],
      scopes: ['user:clients:read'],
      clientSecret: 'changed',
    };
    const { json } = await bench.control('PUT', `/apps/${app()}`, wish);

    expect(json).toMatchObject({ ...wish, scopes: ['user:profile:read', 'user:clients:read'] });
  });

  it.each([
    'http://example.com/callback',
    'https://example.com/callback?x=1',
    'ftp://example.com',
    'nonsense',
  ])('refuses the redirect URI %s (§1.3)', async (uri) => {
    expect((await bench.control('PUT', `/apps/${app()}`, { redirectUris: [uri] })).status).toBe(422);
  });

  it.each(['http://127.0.0.1:8080/cb', 'http://localhost/cb', 'http://[::1]:1/cb'])(
    'http is good on loopback: %s',
    async (uri) => {
      expect((await bench.control('PUT', `/apps/${app()}`, { redirectUris: [uri] })).status).toBe(200);
    },
  );

  it('refuses a scope that does not exist in the portal, and an unknown app', async () => {
    expect((await bench.control('PUT', `/apps/${app()}`, { scopes: ['user:profile:write'] })).status).toBe(
      422,
    );
    expect((await bench.control('PUT', '/apps/nobody', {})).status).toBe(404);
  });
});

describe('POST /_simulator/tokens', () => {
  it('gives what the token endpoint would', async () => {
    const { json } = await bench.control('POST', '/tokens', {
      clientId: app(),
      email: people.kim,
      scopes: ['user:clients:read'],
    });

    expect(json).toMatchObject({
      token_type: 'Bearer',
      expires_in: 43_200,
      scope: 'user:profile:read user:clients:read',
    });
  });

  it.each([
    [{ clientId: 'nobody', email: people.kim }, 404],
    [{ email: people.kim }, 422],
  ])('%o is %i', async (wish, status) => {
    expect((await bench.control('POST', '/tokens', wish)).status).toBe(status);
  });
});

describe('GET /_simulator/requests', () => {
  it('tells what was asked and by whom, and never a token', async () => {
    await bench.api('GET', 'users/clients?per_page=3');
    await bench.api('GET', 'users/clients/1');
    const json = await requests();

    expect(json).toMatchObject([
      {
        n: 1,
        method: 'GET',
        path: '/accounting/account/TnSt2k/users/clients',
        query: 'per_page=3',
        status: 200,
        identity: 4_410_021,
      },
      { n: 2, status: 404, clientId: bench.simulator.apps.viewer.clientId },
    ]);
    expect(JSON.stringify(json)).not.toContain(bench.token.slice(-40));
  });

  it('since a number, and after a clear', async () => {
    await bench.api('GET', 'users/clients');
    await bench.api('GET', 'users/clients');

    expect(await requests('?since=1')).toHaveLength(1);
    await bench.control('DELETE', '/requests');
    expect(await requests()).toEqual([]);
  });
});

describe('POST /_simulator/hide and GET /_simulator/truth', () => {
  it('hides rows that total still counts (§3.2), and the truth still shows', async () => {
    await bench.control('POST', '/hide', { accountId: bench.account, resource: 'taxes', ids: [218_001] });
    const { json } = await bench.api('GET', 'taxes/taxes');

    expect(within(json, 'response', 'result', 'total')).toBe(4);
    expect(rowsOf(rowWithin(json, 'response', 'result'), 'taxes')).toHaveLength(3);
    expect((await bench.api('GET', 'taxes/taxes/218001')).status).toBe(404);
    expect(await bench.truth('taxes')).toHaveLength(4);
  });

  it('the truth shows deleted rows', async () => {
    await bench.api('PUT', 'users/clients/210001', { body: { client: { vis_state: 1 } } });

    expect((await bench.truth('clients')).find((row) => row['id'] === 210_001)?.['vis_state']).toBe(1);
  });

  it('knows no other account or resource', async () => {
    expect((await bench.control('GET', '/truth/nobody/clients')).status).toBe(404);
    expect((await bench.control('GET', `/truth/${bench.account}/nothing`)).status).toBe(404);
  });
});

it('an unknown control is 404 and says where to read', async () => {
  const got = await bench.control('GET', '/nothing');

  expect([got.status, textOf(rowWithin(got.json), 'error')]).toEqual([
    404,
    expect.stringContaining('README'),
  ]);
});
