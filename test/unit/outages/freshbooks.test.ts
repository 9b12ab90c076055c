import { describe, expect, it } from '@jest/globals';
import type { WireReply } from '../../../src/freshbooks/transport.ts';
import { healths, hour, hours, openScene, shown, statuses, wrong } from './scene.ts';

const tooMany: WireReply = {
  status: 429,
  headers: { 'retry-after': '30' },
  text: '{"error":"rate_limited"}',
};
const broken = { status: 500, headers: {}, text: '{"message":"Internal error"}' };
const page = { status: 503, headers: {}, text: '<html>down</html>' };

describe('FreshBooks', () => {
  it.each([
    { what: 'asks for fewer requests', reply: tooMany, status: 'RateLimitError', reason: 'rate-limited' },
    { what: 'answers 500', reply: broken, status: 'FetchError', reason: 'freshbooks-down' },
    { what: 'shows an error page', reply: page, status: 'FetchError', reason: 'freshbooks-down' },
  ])(
    '$what for an hour: nothing gets worse, it is said, and within the next hour all is there',
    async (row) => {
      const { world, parties } = await openScene();
      const before = await shown(world, parties);
      world.vendor.outage(true, row.reply);

      await world.minutes(62);

      expect(await statuses(world, parties)).toEqual([row.status]);
      expect(await healths(world, parties)).toEqual([row.reason]);
      expect(await shown(world, parties)).toEqual(before);
      world.vendor.outage(false);
      await hours(world, 1);
      expect(await wrong(world, parties)).toEqual([]);
    },
  );

  it('is not asked more because it is in trouble', async () => {
    const asked = async (reply?: WireReply): Promise<number> => {
      const { world } = await openScene();
      const before = world.vendor.asked.length;
      if (reply !== undefined) world.vendor.outage(true, reply);
      await world.minutes(62);
      return world.vendor.asked.length - before;
    };

    const calm = await asked();
    // One call is tried five times, one that is told when to come back twelve times; nothing goes on after that.
    expect(await asked(page)).toBeLessThan(calm * 5);
    expect(await asked(tooMany)).toBeLessThan(calm * 12);
  });

  it('is down for five days: no consent and no record is lost, nobody is asked for anything, and all is read then', async () => {
    const { world, parties } = await openScene();
    const before = await shown(world, parties);
    const grantId =
      (await world.connection(parties[0]?.ref ?? { companyId: '', connectionId: '' }))?.grantId ?? '';
    const epoch = (await world.stores.grants.find(grantId))?.epoch ?? 0;
    world.vendor.outage(true);

    await hours(world, 5 * 24);

    expect(await shown(world, parties)).toEqual(before);
    expect(await healths(world, parties)).toEqual(['freshbooks-down']);
    expect(await world.stores.grants.find(grantId)).toMatchObject({ epoch });
    expect((await world.stores.grants.find(grantId))?.loss).toBeUndefined();
    expect(world.queue.parked).toEqual([]);

    world.vendor.outage(false);
    await hours(world, 1);

    expect(await wrong(world, parties)).toEqual([]);
    expect((await world.stores.grants.find(grantId))?.epoch).toBe(epoch + 1);
    expect(world.vendor.presented.filter(({ answer }) => answer === 'refused')).toEqual([]);
  });

  it('is up again: the first calls of two customers come at their own minutes, not together', async () => {
    const { world, parties } = await openScene();
    world.vendor.outage(true);
    await world.minutes(180);
    world.vendor.outage(false);
    const up = world.time.now();

    await world.minutes(60);

    const connections = await Promise.all(parties.map(({ ref }) => world.connection(ref)));
    const late = connections.map((one) => {
      const run = one?.runs.find(({ completed }) => Date.parse(completed) >= up);
      const minute = Math.floor(Date.parse(run?.completed ?? '') / 60_000) % 60;
      return (minute - (one?.slot ?? 0) + 60) % 60;
    });
    // A run takes some seconds, which may be the last of its minute.
    expect(Math.max(...late)).toBeLessThanOrEqual(1);
    expect(new Set(connections.map((one) => one?.slot)).size).toBe(2);
    expect((Math.max(...world.vendor.asked.map(({ at }) => at)) - up) / 1000).toBeLessThan(hour);
  });
});
