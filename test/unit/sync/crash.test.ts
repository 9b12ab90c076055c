import { describe, expect, it } from '@jest/globals';
import { Killer } from './killer.ts';
import { ref, syncWorld } from './sync-world.ts';

const before = { '1': 'one', '2': 'two', '3': 'three', '4': 'four', '5': 'five', '6': 'six' };
const after = { ...before, '2': 'TWO', '3': 'deleted', '7': 'seven' };

/** A world that was synced once and whose books changed since. */
async function changedWorld(pagesBeforeDeadline = Number.POSITIVE_INFINITY) {
  const killer = new Killer();
  const world = await syncWorld(
    {},
    { connections: (real) => killer.connections(real), objects: (real) => killer.objects(real) },
  );
  for (const [id, value] of Object.entries(before)) world.vendor.edit('invoices', id, value);
  await world.sync();
  world.vendor.edit('invoices', '2', 'TWO');
  world.vendor.remove('invoices', '3');
  world.vendor.edit('invoices', '7', 'seven');
  world.advance(3600);
  world.vendor.pagesBeforeDeadline = pagesBeforeDeadline;
  killer.crossed = 0;
  return { killer, world };
}

/** Turns until nobody is woken any more; the dead worker's lease runs out in between. */
async function toTheEnd(world: Awaited<ReturnType<typeof changedWorld>>['world']): Promise<void> {
  for (let n = 0; n < 10; n += 1) {
    world.advance(61);
    const end = await world.sync();
    if (end === 'published' || end === 'idle') return;
  }
}

describe.each([
  { kind: 'a run', pages: Number.POSITIVE_INFINITY },
  { kind: 'a run that hands on', pages: 1 },
])('$kind', ({ pages }) => {
  it.each(['before', 'after'] as const)(
    'killed %s any of its steps loses nothing and shows nothing half done',
    async (side) => {
      const whole = await changedWorld(pages);
      await toTheEnd(whole.world);
      const steps = whole.killer.crossed;

      for (let at = 1; at <= steps; at += 1) {
        const { killer, world } = await changedWorld(pages);
        Object.assign(killer, { at, side });

        await world.sync().catch(() => undefined);
        const seen = await world.served('invoices');
        Object.assign(killer, { at: Number.POSITIVE_INFINITY });
        await toTheEnd(world);

        expect([before, after]).toContainEqual(seen);
        expect(await world.served('invoices')).toEqual(after);
        const connection = await world.connection();
        expect(connection.serving).toEqual({});
        expect(connection.datasets['invoices']?.status).toBe('Complete');
      }
      expect(steps).toBeGreaterThan(10);
    },
    300_000,
  );
});

it('one object that cannot be stored fails what needs it, and the next run makes up for it', async () => {
  const counting = await changedWorld();
  await counting.world.sync();
  const steps = counting.killer.crossed;
  for (let at = 1; at <= steps; at += 1) {
    const { killer, world } = await changedWorld();
    killer.once = at;

    await world.sync().catch(() => undefined);
    const [seen, connection] = [await world.served('invoices'), await world.connection()];
    killer.once = 0;

    expect([before, after]).toContainEqual(seen);
    if (connection.datasets['invoices']?.lastSuccess === world.clock()) expect(seen).toEqual(after);
    world.advance(3600);
    await world.sync();
    expect(await world.served('invoices')).toEqual(after);
  }
}, 300_000);

it('a worker killed with the lease is followed by another within a minute, under the same operation ids', async () => {
  const { killer, world } = await changedWorld();
  Object.assign(killer, { at: 2 });
  await world.sync().catch(() => undefined);
  Object.assign(killer, { at: Number.POSITIVE_INFINITY });
  const asked = (await world.connection()).serving['invoices']?.operationId;

  expect(await world.sync()).toBe('busy');
  world.advance(61);
  await world.plan();

  expect(world.take().map((woken) => woken.wake)).toContainEqual({ kind: 'sync', ref });
  expect(await world.sync()).toBe('published');
  expect((await world.connection()).datasets['invoices']?.latestOperation).toBe(asked);
});
