import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { secondsBetween } from '../../../src/domain/instant.ts';
import { start } from '../../fakes/builders.ts';
import { senderWorld } from './sender-world.ts';

const url = 'https://hooks.example.com/a';
const other = 'https://hooks.example.com/b';
const hour = 3600;
const down = () => ({ status: 500 });

describe('sending events', () => {
  it('sends what happens from then on, signed, once, with its place in the feed', async () => {
    const world = senderWorld();
    await world.tell();
    await world.endpoint(url);

    await world.tell('company.created');
    await world.tell('connection.connected');
    await world.settle();
    await world.pass(hour);

    expect(world.idsAt(url)).toEqual(['event-2', 'event-3']);
    expect(world.got(url)[0]?.body).toEqual({
      id: 'event-2',
      eventType: 'company.created',
      generatedDate: start,
      sequence: 2,
      companySequence: 2,
      payload: {},
    });
    expect(world.unverified()).toBe(0);
  });

  it('sends an endpoint what it chose: types, and any of its tags', async () => {
    const world = senderWorld();
    await world.endpoint(url, { eventTypes: ['company.created'] });
    await world.endpoint(other, { companyTags: ['region:west', 'tier:free'] });

    await world.tell('company.created', ['region:east']);
    await world.tell('read.completed', ['region:west']);
    await world.tell('read.completed', ['region:east', 'tier:free']);
    await world.settle();

    expect([world.idsAt(url), world.idsAt(other)]).toEqual([['event-1'], ['event-2', 'event-3']]);
  });

  it('tries again for more than three days, under the same id, and parks then', async () => {
    const world = senderWorld();
    const tries: number[] = [];
    world.answers.set(url, () => {
      tries.push(Math.round(secondsBetween(start, world.clock())));
      return down();
    });
    const { id } = await world.endpoint(url);

    await world.tell();
    await world.settle();
    await world.pass(60, 5);
    await world.pass(90 * hour, 600);

    expect(tries.slice(0, 2)).toEqual([0, 10]);
    // Five seconds, five minutes, half an hour, two hours, five, ten, ten, twelve: each up to a tenth longer.
    expect(tries.length).toBeGreaterThanOrEqual(10);
    expect((tries.at(-1) ?? 0) / hour).toBeGreaterThan(72);
    const [delivery] = await world.deliveries.list(id, { limit: 1 });
    expect([delivery?.eventId, delivery?.status]).toEqual(['event-1', 'Failure']);
  });

  it('misses nothing for a consumer that was down for four days, and lets it be while it is down', async () => {
    const world = senderWorld();
    let calls = 0;
    world.answers.set(url, () => {
      calls += 1;
      return down();
    });
    await world.endpoint(url);

    const ids: string[] = [];
    for (let day = 0; day < 96; day += 1) {
      ids.push(await world.tell());
      await world.settle();
      await world.pass(hour, 300);
    }
    const whileDown = calls;
    world.answers.delete(url);
    await world.pass(2 * hour, 60);

    expect([...new Set(world.idsAt(url))].sort()).toEqual([...ids].sort());
    expect(world.idsAt(url)).toHaveLength(ids.length);
    expect(whileDown).toBeLessThan(400);
    expect(world.unverified()).toBe(0);
  }, 300_000);

  it('sends what is parked as soon as the endpoint has recovered', async () => {
    const world = senderWorld();
    world.answers.set(url, down);
    await world.endpoint(url);
    await world.tell();
    await world.settle();
    await world.pass(100 * hour, 1800);

    world.answers.delete(url);
    await world.tell();
    await world.settle();

    expect(world.idsAt(url).sort()).toEqual(['event-1', 'event-2']);
  });

  it('looks at an endpoint to which nothing else goes twice a day', async () => {
    const world = senderWorld();
    world.answers.set(url, down);
    await world.endpoint(url);
    await world.tell();
    await world.settle();
    await world.pass(100 * hour, 1800);
    world.answers.delete(url);

    await world.pass(14 * hour, 1800);

    expect(world.idsAt(url)).toEqual(['event-1']);
  });

  it('one event that is refused holds no other up', async () => {
    const world = senderWorld();
    const poison = (body: unknown) =>
      JSON.stringify(body).includes('"event-2"') ? { status: 422 } : { status: 200 };
    world.answers.set(url, poison);
    await world.endpoint(url);

    for (let n = 0; n < 30; n += 1) {
      await world.tell();
      await world.settle();
      await world.pass(600);
    }

    expect(world.idsAt(url)).toHaveLength(29);
  });

  it('one endpoint that does not answer holds no other up', async () => {
    const world = senderWorld();
    let release = () => {};
    const { id } = await world.endpoint(url);
    await world.endpoint(other);
    world.answers.set(
      url,
      () =>
        new Promise((done) => {
          release = () => done({ error: 'timeout' });
        }),
    );
    await world.tell();
    const stuck = world.deliver(id);

    world.woken.shift();
    await world.settle();

    expect([world.idsAt(url), world.idsAt(other)]).toEqual([[], ['event-1']]);
    release();
    await stuck;
  });

  it.each([429, 503])('stays away for as long as Retry-After of a %i asks', async (status) => {
    const world = senderWorld();
    let asked = 0;
    world.answers.set(url, () => {
      asked += 1;
      return asked === 1 ? { status, retryAfterSeconds: 2 * hour } : { status: 200 };
    });
    await world.endpoint(url);
    await world.tell();
    await world.settle();

    await world.tell();
    await world.pass(1.9 * hour);
    const early = asked;
    await world.pass(0.5 * hour);

    expect(early).toBe(1);
    expect(world.idsAt(url).sort()).toEqual(['event-1', 'event-2']);
  });

  it('sends nothing more to one that answers 410, until it is enabled again, and then what happens from then on', async () => {
    const world = senderWorld();
    world.answers.set(url, () => ({ status: 410 }));
    const { id } = await world.endpoint(url);
    await world.tell();
    await world.settle();
    world.answers.delete(url);

    await world.tell();
    await world.settle();
    await world.pass(hour);
    const held = await world.webhooks.find(id);
    await world.replace(id, { url, disabled: false, eventTypes: [], companyTags: [] });
    const third = await world.tell();
    await world.settle();

    expect(held?.disabled?.reason).toBe('gone');
    expect(world.idsAt(url)).toContain(third);
    expect(world.idsAt(url)).not.toContain('event-2');
  });

  it('signs with both secrets while one replaces the other, and with the new one alone then', async () => {
    const world = senderWorld();
    const { id } = await world.endpoint(url);
    const former = world.secrets.get(url);
    const { secret } = await world.rotate(id, 24);

    await world.tell();
    await world.settle();
    const withFormer = world.unverified();
    world.secrets.set(url, secret);
    await world.tell();
    await world.settle();
    const withNew = world.unverified();
    await world.pass(25 * hour, hour);
    world.secrets.set(url, former ?? '');
    await world.tell();
    await world.settle();

    expect([withFormer, withNew, world.unverified()]).toEqual([0, 0, 1]);
  });

  it('is looked at by one sender at a time, who sees what the other was woken for', async () => {
    const world = senderWorld();
    const { id } = await world.endpoint(url);
    let late: string | undefined;
    world.answers.set(url, async () => {
      if (late === undefined) {
        late = await world.tell();
        expect(await world.deliver(id)).toBe('busy');
      }
      return { status: 200 };
    });
    await world.tell();

    expect(await world.deliver(id)).toBe('sent');

    expect(world.idsAt(url)).toEqual(['event-1', 'event-2']);
  });

  it('looks once more when an event comes while it is leaving', async () => {
    let id = '';
    let came: string | undefined;
    const world = senderWorld({
      deliveries: (real) => ({
        ...real,
        waiting: async (webhookId, limit) => {
          // The last look before it leaves.
          if (limit === 1 && came === undefined) {
            came = await world.tell();
            expect(await world.deliver(id)).toBe('busy');
          }
          return real.waiting(webhookId, limit);
        },
      }),
    });
    ({ id } = await world.endpoint(url));
    await world.tell();

    await world.deliver(id);

    expect(world.idsAt(url)).toEqual(['event-1', 'event-2']);
  });

  it('loses nothing and sends under the same ids, wherever a sender dies', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 40 }),
        fc.boolean(),
        fc.integer({ min: 0, max: 3 }),
        async (at, after, failing) => {
          let calls = 0;
          const dies = <T extends object>(real: T): T =>
            new Proxy(real, {
              get: (target, name) => {
                const method: unknown = Reflect.get(target, name);
                if (typeof method !== 'function') return method;
                return async (...words: unknown[]) => {
                  calls += 1;
                  const now = calls === at;
                  if (now && !after) throw new Error('killed before');
                  const result: unknown = await Reflect.apply(method, target, words);
                  if (now) throw new Error('killed after');
                  return result;
                };
              },
            });
          const world = senderWorld({ webhooks: dies, deliveries: dies, feed: dies });
          let asked = 0;
          world.answers.set(url, () => {
            asked += 1;
            return asked <= failing ? down() : { status: 200 };
          });
          await world.endpoint(url);
          const ids = [await world.tell(), await world.tell(), await world.tell()];

          await world.settle();
          await world.pass(hour);

          expect([...new Set(world.idsAt(url))].sort()).toEqual(ids);
          expect(world.unverified()).toBe(0);
        },
      ),
      { numRuns: 80 },
    );
  }, 300_000);
});

describe('sending again', () => {
  it('one event, a range, and all that failed, under the ids they have', async () => {
    const world = senderWorld();
    const { id } = await world.endpoint(url, { eventTypes: ['read.completed'] });
    await world.tell();
    await world.tell('company.created');
    world.answers.set(url, down);
    await world.tell();
    await world.settle();
    world.answers.delete(url);

    const one = await world.replay(id, { eventId: 'event-1' });
    await world.settle();
    const failed = await world.replay(id, { failed: true });
    await world.settle();
    const range = await world.replay(id, { after: 0, upTo: 2 });
    await world.settle();

    expect([one, failed, range].map(({ replayed }) => replayed)).toEqual([1, 1, 1]);
    expect(world.idsAt(url).filter((each) => each === 'event-1').length).toBeGreaterThanOrEqual(2);
    expect(world.idsAt(url)).toContain('event-3');
    expect(world.idsAt(url)).not.toContain('event-2');
  });

  it('a long range in parts', async () => {
    const world = senderWorld();
    const { id } = await world.endpoint(url);
    for (let n = 0; n < 501; n += 1) await world.tell();

    expect(await world.replay(id, { after: 0 })).toEqual({ replayed: 500, next: 500 });
    expect(await world.replay(id, { after: 500 })).toEqual({ replayed: 1 });
  });

  it('refuses what is not there, and endpoints that are disabled', async () => {
    const world = senderWorld();
    const { id } = await world.endpoint(url);
    const disabled = await world.endpoint(other, { disabled: true });

    await expect(world.replay(id, { eventId: 'nothing' })).rejects.toMatchObject({ kind: 'not-found' });
    await expect(world.replay('nothing', { failed: true })).rejects.toMatchObject({ kind: 'not-found' });
    await expect(world.replay(disabled.id, { failed: true })).rejects.toMatchObject({ kind: 'conflict' });
    await expect(world.test(disabled.id)).rejects.toMatchObject({ kind: 'conflict' });
  });

  it('a test event to one endpoint, whatever it chose', async () => {
    const world = senderWorld();
    const { id } = await world.endpoint(url, { eventTypes: ['company.created'] });
    await world.endpoint(other);

    const { eventId } = await world.test(id);
    await world.settle();

    expect([world.idsAt(url), world.idsAt(other)]).toEqual([[eventId], []]);
    expect((await world.feed.read({ after: 0, limit: 9 })).events).toEqual([]);
  });
});
