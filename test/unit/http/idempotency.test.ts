import { describe, expect, it } from '@jest/globals';
import { makeLimitRate } from '../../../src/app/calls/limit-rate.ts';
import { makeMakeOnce } from '../../../src/app/calls/make-once.ts';
import { Problem } from '../../../src/domain/problem.ts';
import { memoryCalls } from '../../fakes/calls.ts';
import { makeIds } from '../../fakes/clock.ts';
import { ask, keyOf, makeWorld, sentenceOf, textAt, type World } from './api-world.ts';

const key = 'e0b1f3a4-0000-4000-8000-000000000001';
const once = (world: World, methodAndPath: string, body?: unknown, authorization?: string) =>
  ask(world, methodAndPath, {
    ...(body === undefined ? {} : { body }),
    ...(authorization === undefined ? {} : { authorization }),
    headers: { 'idempotency-key': key },
  });

describe('a call with an Idempotency-Key', () => {
  it('is made once, and its repetitions are given the first reply', async () => {
    const world = await makeWorld();

    const first = await once(world, 'POST /companies', { name: 'Acme' });
    const again = await once(world, 'POST /companies', { name: 'Acme' });

    expect(again.body).toEqual(first.body);
    expect([first.headers['idempotent-replayed'], again.headers['idempotent-replayed']]).toEqual([
      undefined,
      'true',
    ]);
    expect(await world.companies.all()).toHaveLength(1);
  });

  it('is made once of many at the same moment: the others wait or have its reply', async () => {
    const world = await makeWorld();

    const all = await Promise.all(
      Array.from({ length: 5 }, () => once(world, 'POST /companies', { name: 'Acme' })),
    );

    const busy = all.filter(({ status }) => status === 409);
    expect(all.filter(({ status }) => status !== 409).map(({ status }) => status)).toContain(200);
    expect(busy.length).toBeGreaterThan(0);
    for (const { headers } of busy) expect(headers['retry-after']).toMatch(/^\d+$/);
    expect(await world.companies.all()).toHaveLength(1);
  });

  it.each([
    ['another body', 'POST /companies', { name: 'Other' }],
    ['another path', 'POST /profile/syncSettings', { name: 'Acme' }],
    ['another query', 'POST /companies?x=1', { name: 'Acme' }],
  ])('is refused for %s', async (_case, operation, body) => {
    const world = await makeWorld();
    await once(world, 'POST /companies', { name: 'Acme' });

    expect((await once(world, operation, body)).status).toBe(422);
  });

  it('is given its refusal again, although it would succeed by now', async () => {
    const world = await makeWorld();
    const refused = await once(world, 'POST /companies', { name: '' });

    const again = await once(world, 'POST /companies', { name: '' });

    expect([refused.status, again.status]).toEqual([400, 400]);
    expect(sentenceOf(again)).toBe(sentenceOf(refused));
  });

  it('keeps what 204 says', async () => {
    const world = await makeWorld();
    const id = textAt(await ask(world, 'POST /apiKeys', { body: {} }), 'id');

    const first = await once(world, `DELETE /apiKeys/${id}`);
    const again = await once(world, `DELETE /apiKeys/${id}`);

    expect([first.status, again.status, again.body]).toEqual([204, 204, undefined]);
  });

  it('is forgotten after a day and no sooner', async () => {
    const world = await makeWorld();
    await once(world, 'POST /companies', { name: 'Acme' });
    world.time.advance(24 * 3600 - 1);
    await once(world, 'POST /companies', { name: 'Acme' });
    expect(await world.companies.all()).toHaveLength(1);
    world.time.advance(1);

    await once(world, 'POST /companies', { name: 'Acme' });

    expect(await world.companies.all()).toHaveLength(2);
  });

  it('gives a new API key again to its caller, to nobody else, and keeps it readable nowhere', async () => {
    const world = await makeWorld();
    const other = await keyOf(world, 'admin');

    const first = await once(world, 'POST /apiKeys', { name: 'CI' });
    const again = await once(world, 'POST /apiKeys', { name: 'CI' });
    const stranger = await once(world, 'POST /apiKeys', { name: 'CI' }, other);

    expect(textAt(again, 'apiKey')).toBe(textAt(first, 'apiKey'));
    expect([stranger.status, JSON.stringify(stranger.body)]).toEqual([
      409,
      expect.not.stringContaining('ll_'),
    ]);
    expect(await world.apiKeys.all()).toHaveLength(3);
  });

  it('gives a new webhook’s secret again, and leaves none of a call that died', async () => {
    const world = await makeWorld();
    const webhook = { url: 'https://hooks.example.com/in', eventTypes: [] };
    const first = await once(world, 'POST /webhooks', webhook);
    const again = await once(world, 'POST /webhooks', webhook);

    const { id } = (await world.webhooks.all())[0] ?? { id: '' };
    const made = await world.deps.createWebhook({ ...webhook, disabled: false, companyTags: [] }, id);

    expect([first.status, textAt(again, 'secret')]).toEqual([201, textAt(first, 'secret')]);
    expect((await world.webhooks.all()).map((one) => one.id)).toEqual([made.webhook.id]);
    expect(made.webhook.id).toBe(textAt(first, 'id'));
  });

  it('does not look at the header where nothing is changed, and refuses a strange one', async () => {
    const world = await makeWorld();
    await once(world, 'GET /companies');
    const strange = { headers: { 'idempotency-key': 'ü'.repeat(3) }, body: { name: 'Acme' } };

    expect((await once(world, 'POST /companies', { name: 'Acme' })).status).toBe(200);
    expect((await ask(world, 'POST /companies', strange)).status).toBe(400);
  });

  it('is only made for whoever may', async () => {
    const world = await makeWorld();
    await once(world, 'POST /companies', { name: 'Acme' });

    const refused = await once(world, 'POST /companies', { name: 'Acme' }, await keyOf(world, 'read'));

    expect(refused.status).toBe(403);
  });
});

describe('a call whose request died', () => {
  const call = { key, credential: 'Bearer me', content: 'POST' };
  const scene = async () => {
    const world = await makeWorld();
    const calls = memoryCalls();
    const written: string[] = [];
    const keep: typeof calls = {
      change: (id, decide) =>
        calls.change(id, (held) => {
          const decided = decide(held);
          written.push(JSON.stringify(decided.next ?? ''));
          return decided;
        }),
    };
    const makeOnce = makeMakeOnce({ ...world, calls: keep, clock: world.time.clock, newId: makeIds() });
    return { ...world, makeOnce, written };
  };

  it('is made again after a minute, on the same id', async () => {
    const { makeOnce, time } = await scene();
    const made: string[] = [];
    void makeOnce(call, (creates) => {
      made.push(creates);
      return new Promise(() => undefined);
    });
    await new Promise((resolve) => setImmediate(resolve));
    await new Promise((resolve) => setImmediate(resolve));
    await expect(makeOnce(call, async () => 'busy')).rejects.toMatchObject({ kind: 'conflict' });
    time.advance(60);

    const { text, again } = await makeOnce(call, async (creates) => {
      made.push(creates);
      return 'done';
    });

    expect([text, again]).toEqual(['done', false]);
    expect(made).toHaveLength(2);
    expect(new Set(made).size).toBe(1);
  });

  it('is made again at once, on the same id, when it failed in a way that may pass', async () => {
    const { makeOnce } = await scene();
    const made: string[] = [];
    const fail = async (creates: string): Promise<string> => {
      made.push(creates);
      throw new Problem('unavailable', 'down');
    };
    await expect(makeOnce(call, fail)).rejects.toMatchObject({ kind: 'unavailable' });

    await makeOnce(call, async (creates) => {
      made.push(creates);
      return 'done';
    });

    expect(new Set(made).size).toBe(1);
  });

  it('creates the company that it created already', async () => {
    const { deps, companies } = await makeWorld();
    const facts = { name: 'Acme', tags: {} };
    const first = await deps.createCompany(facts, undefined, 'company-x');

    const again = await deps.createCompany(facts, undefined, 'company-x');

    expect(again).toEqual(first);
    expect(await companies.all()).toHaveLength(1);
  });

  it('leaves one API key, which its caller is told', async () => {
    const { deps, apiKeys } = await makeWorld();
    await deps.createKey({ name: 'CI', role: 'read' }, 'key-x');

    const { text } = await deps.createKey({ name: 'CI', role: 'read' }, 'key-x');

    expect((await apiKeys.find('key-x'))?.prefix).toBe(text.slice(0, 11));
    expect(await apiKeys.all()).toHaveLength(2);
  });

  it('leaves one endpoint, whose secret its caller is told', async () => {
    const { deps, webhooks } = await makeWorld();
    const facts = { url: 'https://hooks.example.com/', eventTypes: [], companyTags: [], disabled: false };
    const first = await deps.createWebhook(facts, 'webhook-x');

    const again = await deps.createWebhook(facts, 'webhook-x');

    expect((await webhooks.all()).map(({ id }) => id)).toEqual(['webhook-x']);
    expect(again.webhook.secrets).not.toEqual(first.webhook.secrets);
    expect((await webhooks.find('webhook-x'))?.secrets).toEqual(again.webhook.secrets);
  });

  it('leaves nothing readable of the key, the credential and the reply', async () => {
    const { makeOnce, written } = await scene();

    await makeOnce(call, async () => 'canary reply');

    expect(written.join()).not.toMatch(/canary|Bearer me|e0b1f3a4/);
    expect((await makeOnce(call, async () => 'other')).text).toBe('canary reply');
  });
});

describe('the rate limit', () => {
  const limited = async (requestsPerMinute: number) => {
    const world = await makeWorld();
    await world.limits.save({ requestsPerMinute });
    return world;
  };
  const rateOf = ({ headers }: { headers: Record<string, string> }) => [
    headers['x-rate-limit-limit'],
    headers['x-rate-limit-remaining'],
    headers['x-rate-limit-reset'],
  ];

  it('tells every key where it stands, refuses what is beyond it, and begins anew each minute', async () => {
    const world = await limited(2);

    const replies = [await ask(world, 'GET /companies'), await ask(world, 'GET /nothing/at/all')];
    replies.push(await ask(world, 'GET /companies/nobody'), await ask(world, 'GET /companies'));

    expect(replies.map(({ status }) => status)).toEqual([200, 404, 404, 429]);
    expect(replies.map(rateOf)).toEqual([
      ['2', '1', '2026-03-02T15:01:00.000Z'],
      [undefined, undefined, undefined],
      ['2', '0', '2026-03-02T15:01:00.000Z'],
      ['2', '0', '2026-03-02T15:01:00.000Z'],
    ]);
    expect(replies.at(-1)?.headers['retry-after']).toBe('60');
    world.time.advance(60);
    expect((await ask(world, 'GET /companies')).status).toBe(200);
  });

  it('asks for the events that tell of it: now, and when the minute is over', async () => {
    const world = await limited(1);
    for (let n = 0; n < 4; n += 1) await ask(world, 'GET /companies');

    const news = { keyId: expect.any(String), limit: 1, reset: '2026-03-02T15:01:00.000Z' };
    expect(world.sendersWoken.filter(({ kind }) => kind === 'rate-limit')).toEqual([
      { kind: 'rate-limit', news: { ...news, what: 'reached' } },
      { kind: 'rate-limit', news: { ...news, what: 'reset' } },
    ]);
  });

  it('is each key’s own, and none of people who are signed in', async () => {
    const world = await limited(1);
    await ask(world, 'GET /companies');
    const other = await keyOf(world, 'read');

    expect((await ask(world, 'GET /companies', { authorization: other })).status).toBe(200);
    for (let n = 0; n < 3; n += 1) {
      expect((await ask(world, 'GET /companies', { authorization: 'Bearer signed-in' })).status).toBe(200);
    }
  });

  it('does not become the reply of a call with an Idempotency-Key', async () => {
    const world = await limited(1);
    await ask(world, 'GET /companies');
    expect((await once(world, 'POST /companies', { name: 'Acme' })).status).toBe(429);
    world.time.advance(60);

    expect((await once(world, 'POST /companies', { name: 'Acme' })).status).toBe(200);
  });

  it('is one for all instances of the function, and costs no write beyond it', async () => {
    let writes = 0;
    const world = await limited(10);
    const countCall = async () => {
      writes += 1;
      return writes;
    };
    const told: unknown[] = [];
    const onReached = async (exceeded: unknown) => void told.push(exceeded);
    const instances = [1, 2, 3].map(() => makeLimitRate({ ...world, countCall, onReached }));

    const all: boolean[] = [];
    for (let n = 0; n < 60; n += 1) all.push((await instances[n % 3]?.('key'))?.reached ?? true);

    expect(all.filter((reached) => !reached)).toHaveLength(10);
    expect(writes).toBe(13);
    expect(told).toHaveLength(3);
  });

  it('is 6,000 until somebody says otherwise, and none at 0', async () => {
    const world = await makeWorld();
    expect((await ask(world, 'GET /profile/rateLimit')).body).toEqual({ requestsPerMinute: 6000 });

    await ask(world, 'PUT /profile/rateLimit', { body: { requestsPerMinute: 0 } });
    world.time.advance(30);

    expect(rateOf(await ask(world, 'GET /companies'))[0]).toBeUndefined();
  });
});
