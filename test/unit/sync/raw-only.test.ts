import { describe, expect, it } from '@jest/globals';
import { makeRefreshConnection } from '../../../src/app/connections/refresh-connection.ts';
import type { Connection } from '../../../src/domain/connection.ts';
import type { DataType } from '../../../src/domain/data-types.ts';
import { Problem, servicesDown } from '../../../src/domain/problem.ts';
import { pullOperations, requestAll } from '../../../src/domain/pull-operation.ts';
import type { SyncSettings } from '../../../src/domain/sync-settings.ts';
import { everyType } from '../../fakes/sync-settings.ts';
import { all } from '../books/book-world.ts';
import { ref, syncWorld } from './sync-world.ts';

// `projects` is what no data type of the test vendor is made of.

type World = Awaited<ReturnType<typeof linkedWorld>>;
const hour = 3600;
const down = new Problem('unavailable', 'FreshBooks did not answer.');

/** A connection after its first run, of which nothing but `settings` decides what is read when. */
async function linkedWorld(settings: SyncSettings, connection: Partial<Connection> = {}) {
  const world = await syncWorld(connection);
  await world.syncSettings.change(() => ({ next: settings, result: 0 }));
  world.vendor.edit('projects', '7', 'begun');
  world.vendor.edit('clients', '5', 'client 5');
  await world.sync();
  world.take();
  return world;
}

const projects = async (world: World) => {
  const { snapshot } = (await world.connection()).resources['projects'] ?? {};
  return (await all(world.deps.books.rawRows(snapshot))).map(({ raw }) => raw['value']);
};

/** An hour in which the schedule wakes whom it finds something to read for, and a worker serves it. */
async function hourOf(world: World): Promise<void> {
  world.advance(hour);
  await world.plan();
  for (const { wake } of world.take()) if (wake.kind === 'sync') await world.sync();
}

/** A minute later somebody asks for these. */
const ask = (world: World, types: readonly DataType[], request?: typeof requestAll) => {
  world.advance(60);
  return makeRefreshConnection({ ...world.deps, wake: world.deps.waker })(ref, types, request);
};

const daily = { syncSchedule: 24 };
const once = { syncSchedule: 0 };

describe('what no data type is made of', () => {
  it.each([
    ['the most frequent data type is read', everyType(daily, { items: { syncSchedule: 1 } })],
    ['data types without a schedule are read once', everyType({ syncSchedule: 1 }, { bills: once })],
    ['most data types have none', everyType(once, { customers: { syncSchedule: 1 } })],
  ])('is read every hour where %s', async (_, settings) => {
    const world = await linkedWorld(settings);
    world.vendor.edit('projects', '7', 'done');

    await hourOf(world);

    expect(await projects(world)).toEqual(['done']);
  });

  it('is read again an hour after it failed, alone, and no pull tells of it', async () => {
    const world = await linkedWorld(everyType(daily));
    for (let n = 0; n < 23; n += 1) await hourOf(world);
    world.vendor.failures.set('projects', down);
    await hourOf(world);
    const before = await world.connection();
    const { reads } = world.vendor;
    world.vendor.failures.clear();
    world.vendor.edit('projects', '7', 'done');

    await hourOf(world);

    const after = await world.connection();
    expect(before.resources['projects']?.trouble).toMatchObject({ status: 'FetchError' });
    expect(after.resources['projects']?.trouble).toBeUndefined();
    expect(await projects(world)).toEqual(['done']);
    expect(world.vendor.reads - reads).toBe(1);
    expect([after.datasets, pullOperations(after)]).toEqual([before.datasets, pullOperations(before)]);
  });

  it('is left alone by who asks for one data type, while it is not due', async () => {
    const world = await linkedWorld(everyType(daily));
    await ask(world, ['customers']);
    const { reads } = world.vendor;

    await world.sync();

    expect(world.vendor.reads - reads).toBe(1);
  });

  it('is read again by who asks for everything, also where nothing is scheduled', async () => {
    const world = await linkedWorld(everyType(once));
    world.vendor.edit('projects', '7', 'done');
    await hourOf(world);
    expect(await projects(world)).toEqual(['begun']);

    await ask(world, ['customers'], requestAll);
    await world.sync();

    expect(await projects(world)).toEqual(['done']);
    world.vendor.edit('projects', '7', 'done again');
    await hourOf(world);
    expect(await projects(world)).toEqual(['done']);
  });

  it('is read over several turns when it is long, and once', async () => {
    const world = await linkedWorld(everyType(once));
    for (let id = 10; id < 20; id += 1) world.vendor.edit('projects', String(id), `project ${id}`);
    await ask(world, ['customers'], requestAll);
    world.take();
    world.vendor.pagesBeforeDeadline = 2;

    const ends = [await world.sync()];
    const woken = [world.take().map(({ wake }) => wake.kind)];
    ends.push(await world.sync());
    woken.push(world.take().map(({ wake }) => wake.kind));

    expect(ends).toEqual(['handed-on', 'published']);
    expect(woken).toEqual([['sync'], []]);
    expect(await projects(world)).toHaveLength(11);
    expect((await world.connection()).datasets['customers']).toMatchObject({ status: 'Complete' });
  });

  it('is tried again with the data types where a service of ours did not answer', async () => {
    const world = await linkedWorld(everyType(daily));
    world.vendor.failures.set('projects', servicesDown(new Error('SlowDown')));
    world.vendor.failures.set('clients', servicesDown(new Error('SlowDown')));
    for (let n = 0; n < 24; n += 1) await hourOf(world);
    expect((await world.connection()).resources['projects']?.trouble?.reason).toBe('services-down');
    world.vendor.failures.clear();
    world.vendor.edit('projects', '7', 'done');
    world.advance(60);

    await world.sync();

    expect(await projects(world)).toEqual(['done']);
  });

  it('says nothing of how its person stands', async () => {
    const world = await linkedWorld(everyType(daily));
    const standing = { at: world.clock(), unfit: 'client-only' as const };
    const trouble = { status: 'FetchError' as const, message: 'No.', at: world.clock() };
    await world.connections.change(ref, (held) => ({
      next: { ...held, standing, resources: { ...held.resources, projects: { trouble } } },
      result: 0,
    }));

    await hourOf(world);

    expect((await world.connection()).resources['projects']?.proof).toMatchObject({ held: 1 });
    expect((await world.connection()).standing).toEqual(standing);
  });
});
