import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Json, Row } from '../../simulator/json.ts';
import { type Bench, call, people, refusalOf, rowWithin, startBench, within } from './harness.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await startBench();
});
afterEach(() => bench.close());

const fault = (rule: Row) => bench.control('POST', '/faults', rule);
const list = (path = 'users/clients') => bench.api('GET', path);
const create = (fname: string) => bench.api('POST', 'users/clients', { body: { client: { fname } } });
const named = async (fname: string) =>
  (await bench.truth('clients')).filter((row) => row['fname'] === fname).length;
const statuses = async (times: number, path?: string): Promise<readonly number[]> => {
  const found: number[] = [];
  for (let n = 0; n < times; n += 1) found.push((await list(path)).status);
  return found;
};

describe('kinds of fault', () => {
  it('status 429 with Retry-After, in the accounting shape (§6)', async () => {
    await fault({ kind: 'status', status: 429, retryAfter: 7 });
    const got = await list();

    expect(refusalOf(got)).toEqual({ status: 429, errno: 429 });
    expect(got.headers.get('retry-after')).toBe('7');
  });

  it('status 429 on the auth family has its shape', async () => {
    await fault({ kind: 'status', status: 429, retryAfter: 1 });
    const got = await call('GET', `${bench.url}/auth/api/v1/users/me`, { token: bench.token });

    expect([got.status, within(got.json, 'error')]).toEqual([429, 'internal_server_error']);
  });

  it('html answers a page where JSON was expected', async () => {
    await fault({ kind: 'html', status: 503 });
    const got = await list();

    expect([got.status, got.headers.get('content-type'), got.json]).toEqual([
      503,
      'text/html; charset=utf-8',
      null,
    ]);
  });

  it('truncate cuts a JSON body in half', async () => {
    await fault({ kind: 'truncate' });
    const got = await list();

    expect([got.status, got.json]).toEqual([200, null]);
    expect(got.text.startsWith('{"response"')).toBe(true);
  });

  it('errors-in-200 says errors with status 200 (§0.10)', async () => {
    await fault({ kind: 'errors-in-200', errno: 12_001 });

    expect(refusalOf(await list())).toEqual({ status: 200, errno: 12_001 });
  });

  it('drop-before ends the connection and nothing has happened', async () => {
    await fault({ kind: 'drop-before', match: { method: 'POST' } });

    await expect(create('Never')).rejects.toThrow();
    expect(await named('Never')).toBe(0);
  });

  it('drop-after does the work and then ends the connection', async () => {
    await fault({ kind: 'drop-after', match: { method: 'POST' }, times: 1 });

    await expect(create('Once')).rejects.toThrow();
    expect(await named('Once')).toBe(1);
  });

  it('slow waits, and no less than it was told to', async () => {
    await fault({ kind: 'slow', delayMs: 120 });
    const before = performance.now();
    await list();

    expect(performance.now() - before).toBeGreaterThanOrEqual(115);
  });

  it('expire-token lets this token die, not the grant', async () => {
    await fault({ kind: 'expire-token', times: 1 });

    expect((await list()).status).toBe(401);
    expect((await list()).status).toBe(401);
    expect(
      (await bench.api('GET', 'users/clients', { token: await bench.tokenFor(people.alex) })).status,
    ).toBe(200);
  });

  it('revoke-consent ends every token of the person and app', async () => {
    await fault({ kind: 'revoke-consent', match: { identity: people.alex }, times: 1 });

    expect((await list()).status).toBe(401);
  });

  it('echo-other-paging answers another page than was asked, and says so', async () => {
    await fault({ kind: 'echo-other-paging' });
    const result = rowWithin((await list('invoices/invoices?page=2&per_page=5')).json, 'response', 'result');

    expect(result).toMatchObject({ page: 1, per_page: 15 });
    expect(result['invoices']).toHaveLength(12);
  });
});

describe('rate-limit (§6)', () => {
  it('lets so many through in a minute, then says how long to wait', async () => {
    await bench.control('POST', '/clock', { now: '2026-06-01T12:00:00Z' });
    await fault({ kind: 'rate-limit', perMinute: 2 });
    const found = await statuses(3);
    const limited = await list();
    await bench.control('POST', '/clock', { advanceSeconds: Number(limited.headers.get('retry-after')) });

    expect(found).toEqual([200, 200, 429]);
    expect(Number(limited.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(Number(limited.headers.get('retry-after'))).toBeLessThanOrEqual(60);
    expect((await list()).status).toBe(200);
  });
});

describe('which requests a fault meets', () => {
  it.each<readonly [string, Row, readonly number[]]>([
    ['the second one that matches', { nth: 2 }, [200, 500, 200]],
    ['a path that begins so', { path: '/accounting/account/TnSt2k/users' }, [500, 500, 500]],
    ['another path', { path: '/accounting/account/BzAg7q' }, [200, 200, 200]],
    ['a pattern of the whole path', { path: '*/users/cl*' }, [500, 500, 500]],
    ['a pattern that ends too soon', { path: '*/users' }, [200, 200, 200]],
    ['a resource', { resource: 'clients' }, [500, 500, 500]],
    ['another resource', { resource: 'invoices' }, [200, 200, 200]],
    ['another method', { method: 'PUT' }, [200, 200, 200]],
    ['a person by e-mail', { identity: people.alex }, [500, 500, 500]],
    ['a person by id', { identity: 4_410_021 }, [500, 500, 500]],
    ['another person', { identity: people.kim }, [200, 200, 200]],
  ])('%s', async (_name, match, expected) => {
    await fault({ kind: 'status', status: 500, match });

    expect(await statuses(3)).toEqual(expected);
  });

  it('meets the token endpoint by resource', async () => {
    await fault({ kind: 'status', status: 503, match: { resource: 'token' } });

    expect((await call('POST', `${bench.url}/auth/oauth/token`, { body: {} })).status).toBe(503);
    expect((await list()).status).toBe(200);
  });

  it('happens as often as it was told', async () => {
    await fault({ kind: 'status', status: 503, times: 2 });

    expect(await statuses(4)).toEqual([503, 503, 200, 200]);
  });

  it('several faults strike one request, outermost first', async () => {
    await fault({ kind: 'drop-after', match: { method: 'POST' } });
    await fault({ kind: 'status', status: 500, match: { method: 'POST' } });

    await expect(create('Nobody')).rejects.toThrow();
    expect(await named('Nobody')).toBe(0);
  });

  it('never meets the control', async () => {
    await fault({ kind: 'status', status: 500 });

    expect((await bench.control('GET', '')).status).toBe(200);
  });
});

describe('rules can be seen and removed', () => {
  it('one by its id, or all', async () => {
    await fault({ id: 'mine', kind: 'status', status: 500 });
    await fault({ kind: 'html' });
    const ids = (json: Json) => (Array.isArray(json) ? json.map((row) => rowWithin(row)['id']) : []);

    expect(ids((await bench.control('GET', '/faults')).json)).toEqual(['mine', 'fault-2']);
    expect(ids((await bench.control('DELETE', '/faults/mine')).json)).toEqual(['fault-2']);
    expect((await bench.control('DELETE', '/faults')).json).toEqual([]);
    expect((await list()).status).toBe(200);
  });

  it.each([{ kind: 'explode' }, { kind: 'status', status: 42 }, { kind: 'html', unknown: 1 }])(
    'refuses %o',
    async (rule) => {
      expect((await fault(rule)).status).toBe(422);
    },
  );
});
