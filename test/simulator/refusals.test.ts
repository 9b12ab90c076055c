import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { accounts, type Bench, call, people, refusalOf, startBench, within } from './harness.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await startBench();
});
afterAll(() => bench.close());

const at = (path: string, token?: string, headers: Record<string, string> = {}) =>
  call('GET', `${bench.url}${path}`, { headers, ...(token === undefined ? {} : { token }) });

describe('§4.1 the accounting error shapes', () => {
  it('404 by default', async () => {
    expect((await bench.api('GET', 'users/clients/12345')).json).toEqual({
      response: {
        errors: [
          { errno: 1012, field: 'userid', message: 'Client not found.', object: 'client', value: '12345' },
        ],
      },
    });
  });

  it('404 when X-API-VERSION is sent', async () => {
    expect(
      (await bench.api('GET', 'users/clients/12345', { headers: { 'x-api-version': '2023-02-20' } })).json,
    ).toEqual({
      code: 5,
      message: 'Request failed with status_code: 404',
      details: [
        {
          '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
          reason: '1012',
          domain: 'accounting.api.freshbooks.com',
          metadata: { object: 'client', message: 'Client not found.', value: '12345', field: 'userid' },
        },
      ],
    });
  });

  it('Api-Version: alpha changes nothing (§4.5)', async () => {
    expect(
      refusalOf(await bench.api('GET', 'users/clients/1', { headers: { 'api-version': 'alpha' } })).errno,
    ).toBe(1012);
  });

  it('401 in both shapes', async () => {
    const path = `/accounting/account/${accounts.tiny}/users/clients`;
    const old = await at(path, 'no-such-token');
    const newer = await at(path, 'no-such-token', { 'x-api-version': '2023-02-20' });

    expect([old.status, old.json]).toEqual([
      401,
      {
        response: {
          errors: [
            {
              message: 'The server could not verify that you are authorized to access the URL requested.',
              errno: 1003,
            },
          ],
        },
      },
    ]);
    expect([newer.status, within(newer.json, 'code'), within(newer.json, 'details', 0, 'reason')]).toEqual([
      401,
      16,
      '1003',
    ]);
  });
});

describe('§1.8, §1.9 who may', () => {
  it('users/me without a token is the auth family’s 401', async () => {
    const got = await at('/auth/api/v1/users/me');

    expect([got.status, got.json]).toEqual([
      401,
      { error: 'unauthenticated', error_description: 'This action requires authentication to continue.' },
    ]);
  });

  it.each([
    ['GET', 'users/clients', 'user:clients:read'],
    ['GET', 'invoices/invoices', 'user:invoices:read'],
    ['GET', 'payments/payments', 'user:payments:read'],
    ['GET', 'taxes/taxes', 'user:taxes:read'],
    ['GET', 'expenses/expenses', 'user:expenses:read'],
    ['GET', 'expenses/categories', 'user:expenses:read'],
    ['GET', 'systems/systems/5210071', 'user:business:read'],
    ['POST', 'users/clients', 'user:clients:write'],
    ['PUT', 'invoices/invoices/230001', 'user:invoices:write'],
    ['DELETE', 'taxes/taxes/218001', 'user:taxes:write'],
  ])('%s %s needs %s, and the 403 names it', async (method, path, scope) => {
    const token = await bench.tokenFor(people.alex, []);
    const got = await bench.api(method, path, { token });

    expect(refusalOf(got)).toEqual({ status: 403, errno: 1003 });
    expect(within(got.json, 'response', 'errors', 0, 'message')).toContain(`Scopes needed: ${scope}.`);
  });

  it('a read scope is no write scope', async () => {
    const token = await bench.tokenFor(people.alex, ['user:clients:read']);

    expect((await bench.api('GET', 'users/clients', { token })).status).toBe(200);
    expect(
      (await bench.api('POST', 'users/clients', { token, body: { client: { fname: 'x' } } })).status,
    ).toBe(403);
  });

  it('an account of somebody else is 403 errno 1003', async () => {
    const token = await bench.tokenFor(people.mireille);

    expect(refusalOf(await bench.api('GET', 'users/clients', { token }))).toEqual({
      status: 403,
      errno: 1003,
    });
  });
});

describe('§0.1 ids of the wrong kind are 404', () => {
  it.each([
    ['business id', '8104533'],
    ['business uuid', '0f6b2a90-52d7-4a5e-8e43-6b0c9d3f1a22'],
    ['system id', '5210071'],
    ['unknown account', 'zzzzzz'],
    ['account in another case', 'tnst2k'],
  ])('a %s for the account', async (_kind, id) => {
    const got = await at(`/accounting/account/${id}/users/clients`, bench.token);

    expect([got.status, got.json]).toEqual([
      404,
      { response: { errors: [{ message: 'Account not found', errno: 404 }] } },
    ]);
  });

  it.each(['abc', '1.5', '-1', '230001', '0'])('a client id of %s', async (id) => {
    expect(refusalOf(await bench.api('GET', `users/clients/${id}`))).toEqual({ status: 404, errno: 1012 });
  });

  it('an unknown resource', async () => {
    expect((await bench.api('GET', 'nothing/nothing')).status).toBe(404);
  });
});

describe('§2.2 role client', () => {
  it('reads its own rows, while total counts the others', async () => {
    const token = await bench.tokenFor(people.kim);
    const got = await call(
      'GET',
      `${bench.url}/accounting/account/${accounts.harbour}/invoices/invoices?per_page=100`,
      { token },
    );
    const truth = await bench.truth('invoices', accounts.harbour);
    const own = truth.filter((row) => row['customerid'] === 510_001 && row['status'] !== 1);

    expect(within(got.json, 'response', 'result', 'total')).toBe(truth.length);
    expect(within(got.json, 'response', 'result', 'invoices')).toHaveLength(own.length);
    expect(own.length).toBeGreaterThan(0);
  });

  it('writes nothing and sees neither expenses nor taxes', async () => {
    const token = await bench.tokenFor(people.kim);
    const base = `${bench.url}/accounting/account/${accounts.harbour}`;
    const write = await call('POST', `${base}/users/clients`, { token, body: { client: { fname: 'x' } } });

    expect(refusalOf(write)).toEqual({ status: 403, errno: 1003 });
    expect(within(write.json, 'response', 'errors', 0, 'message')).toBe('Permission Denied.');
    expect((await call('GET', `${base}/expenses/expenses`, { token })).status).toBe(403);
    expect((await call('GET', `${base}/taxes/taxes`, { token })).status).toBe(403);
  });
});

describe('§4.2 bodies', () => {
  it('what is not JSON is 400 errno 1005', async () => {
    const response = await fetch(`${bench.url}/accounting/account/${accounts.tiny}/users/clients`, {
      method: 'POST',
      headers: { authorization: `Bearer ${bench.token}`, 'content-type': 'application/json' },
      body: '{ not json }',
    });

    expect(response.status).toBe(400);
    expect(await response.json()).toHaveProperty('response.errors.0.errno', 1005);
  });

  it('a write without Content-Type: application/json is refused (§3)', async () => {
    expect(
      (
        await bench.api('POST', 'users/clients', {
          body: { client: { fname: 'x' } },
          headers: { 'content-type': 'text/plain' },
        })
      ).status,
    ).toBe(400);
  });

  it('a body without its singular key is errno 1001', async () => {
    expect(refusalOf(await bench.api('POST', 'users/clients', { body: { fname: 'x' } }))).toEqual({
      status: 422,
      errno: 1001,
    });
  });

  it.each([
    ['POST', 'expenses/categories'],
    ['GET', 'systems/systems'],
    ['DELETE', 'users/clients/210001'],
    ['DELETE', 'payments/payments/250001'],
  ])('%s %s is not served', async (method, path) => {
    expect((await bench.api(method, path)).status).toBe(405);
  });
});

describe('§3.1 headers', () => {
  it('the accounting family', async () => {
    const { headers } = await bench.api('GET', 'users/clients');

    expect(headers.get('content-type')).toBe('application/json');
    expect(headers.get('x-api-version')).toBe('2023-02-20');
    expect(headers.get('vary')).toBe('Accept-Encoding');
  });

  it('the auth family', async () => {
    const { headers } = await at('/auth/api/v1/users/me', bench.token);

    expect(headers.get('content-type')).toBe('application/json; charset=utf-8');
    for (const name of ['etag', 'x-request-id', 'x-runtime']) expect(headers.get(name)).toBeTruthy();
  });
});
