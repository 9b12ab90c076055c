import { describe, expect, it } from '@jest/globals';
import { connectionHealth, datasetHealth } from '../../../src/domain/connection-health.ts';
import { servicesDown } from '../../../src/domain/problem.ts';
import { isFailure, pullOperations, requestRefresh } from '../../../src/domain/pull-operation.ts';
import type { MemoryObjects } from '../../fakes/objects.ts';
import { ref, syncWorld } from './sync-world.ts';

const books = { '1': 'one', '2': 'two', '3': 'three', '4': 'four' };

/** Objects of which every call from the nth on fails, until they answer again. */
class FlakyObjects {
  from = Number.POSITIVE_INFINITY;
  calls = 0;

  wear(real: MemoryObjects): MemoryObjects {
    return {
      ...real,
      put: (...words) => this.#call(() => real.put(...words)),
      get: (name) => this.#call(() => real.get(name)),
    };
  }

  async #call<T>(call: () => Promise<T>): Promise<T> {
    this.calls += 1;
    if (this.calls >= this.from) throw servicesDown(new Error('SlowDown'));
    return call();
  }
}

/** A world in which the table that tokens are read from, and the objects, can be made to fail. */
async function shakyWorld() {
  const objects = new FlakyObjects();
  const world = await syncWorld({}, { objects: (real) => objects.wear(real) });
  const table = { down: false, meanwhile: async (): Promise<unknown> => undefined };
  world.deps.grantToken = () => ({
    token: async () => {
      await table.meanwhile();
      if (table.down) throw servicesDown(Object.assign(new Error('no'), { name: 'ThrottlingException' }));
      return 'access';
    },
    refused: async () => 'access',
    facts: async () => undefined,
  });
  for (const [id, value] of Object.entries(books)) world.vendor.edit('invoices', id, value);
  return { world, objects, table };
}

type World = Awaited<ReturnType<typeof shakyWorld>>['world'];
const around = (world: World) => ({
  now: world.clock(),
  integration: {
    clientId: 'app',
    appVersion: 1,
    secretVersions: {},
    scopes: [],
    enabled: true,
    changed: world.clock(),
  },
  scopesOf: () => [],
  isGivenTo: () => true,
});
const statuses = async (world: World) =>
  Object.values((await world.connection()).datasets).map(({ status }) => status);
const operationOf = async (world: World, type: string) =>
  pullOperations(await world.connection()).filter(({ dataType }) => dataType === type);

describe('a first sync while a table does not answer', () => {
  it('waits under its own id and says why, and is there as soon as the table is', async () => {
    const { world, table } = await shakyWorld();
    table.down = true;

    await world.sync();
    const [waiting] = await operationOf(world, 'invoices');
    const connection = await world.connection();
    table.down = false;
    world.advance(60);
    await world.sync();

    expect(waiting).toMatchObject({ status: 'Queued', isErrored: false });
    expect(waiting?.statusDescription).toMatch(/tried again soon/);
    expect(connection.datasets).toEqual({});
    expect(world.log).toContainEqual(
      expect.objectContaining({ facts: expect.objectContaining({ error: 'ThrottlingException' }) }),
    );
    expect(datasetHealth(connection, 'invoices', around(world)).reason).toBe('services-down');
    expect(connectionHealth(connection, around(world)).reason).toBe('services-down');
    expect(await operationOf(world, 'invoices')).toMatchObject([{ id: waiting?.id, status: 'Complete' }]);
    expect(await world.served('invoices')).toEqual(books);
  });

  it('is woken for it: by a message that comes in time, and by the schedule where that is lost', async () => {
    const { world, table } = await shakyWorld();
    table.down = true;
    await world.sync();

    expect(world.take()).toContainEqual({ wake: { kind: 'sync', ref }, delaySeconds: 60 });
    world.advance(59);
    expect(await world.connections.pending(world.clock())).toEqual([]);
    world.advance(2);
    expect(await world.connections.pending(world.clock())).toEqual([ref]);
  });
});

describe('objects that fail', () => {
  it('at any call of a first sync: no record is called unmappable, and a minute later all is there', async () => {
    const counting = await shakyWorld();
    await counting.world.sync();

    for (let from = 1; from <= counting.objects.calls; from += 1) {
      const { world, objects } = await shakyWorld();
      objects.from = from;
      await world.sync().catch(() => undefined);
      const seen = await statuses(world);
      objects.from = Number.POSITIVE_INFINITY;
      world.advance(61);
      await world.sync();

      expect(seen.filter(isFailure)).toEqual([]);
      expect(await world.served('invoices')).toEqual(books);
      expect(new Set(await statuses(world))).toEqual(new Set(['Complete']));
    }
    expect(counting.objects.calls).toBeGreaterThan(10);
  }, 300_000);

  it('in a later run leave everything as it stood', async () => {
    const { world, objects } = await shakyWorld();
    await world.sync();
    const before = (await world.connection()).datasets;
    world.vendor.edit('invoices', '2', 'TWO');
    objects.from = 1;

    await world.nextHour();

    const { datasets, wanted } = await world.connection();
    expect(datasets['invoices']).toEqual(before['invoices']);
    expect(wanted['invoices']).toMatchObject({ again: { tries: 1 } });
    expect(datasets['payments']).toMatchObject({ status: 'Complete' });
  });
});

describe('what is put off', () => {
  it('is tried after 1, 2, 4, 8, 16 and 32 minutes, and then fails as ours; the schedule goes on', async () => {
    const { world, table } = await shakyWorld();
    await world.sync();
    world.take();
    table.down = true;

    const delays: number[] = [];
    world.advance(3600);
    for (let n = 0; n < 7; n += 1) {
      await world.sync();
      const { again } = (await world.connection()).wanted['invoices'] ?? {};
      if (again !== undefined) delays.push((Date.parse(again.after) - Date.parse(world.clock())) / 1000);
      world.advance(delays.at(-1) ?? 0);
    }

    const { datasets, wanted } = await world.connection();
    expect(delays).toEqual([60, 120, 240, 480, 960, 1920]);
    expect(datasets['invoices']).toMatchObject({ status: 'InternalError', reason: 'services-down' });
    expect(wanted).toEqual({});
    table.down = false;
    expect(await world.nextHour()).toBe('published');
    expect((await world.connection()).datasets['invoices']).toMatchObject({ status: 'Complete' });
  });

  it('is served at once when somebody asks for it, under its own id', async () => {
    const { world, table } = await shakyWorld();
    table.down = true;
    await world.sync();
    const [waiting] = await operationOf(world, 'invoices');
    table.down = false;

    await world.connections.change(ref, (current) => {
      const asked = requestRefresh(current, ['invoices'], world.clock(), () => 'another');
      return { next: asked.connection, result: undefined };
    });

    expect((await world.connection()).wanted['invoices']?.again).toBeUndefined();
    await world.sync();
    expect(await operationOf(world, 'invoices')).toMatchObject([{ id: waiting?.id, status: 'Complete' }]);
  });

  it('gives way to a newer pull of the same data', async () => {
    const { world, table } = await shakyWorld();
    await world.sync();
    table.down = true;
    const newer = { operationId: 'newer', requested: world.clock(), reason: 'refresh' } as const;
    table.meanwhile = () =>
      world.connections.change(ref, (current) => ({
        next: { ...current, wanted: { invoices: newer } },
        result: undefined,
      }));

    await world.nextHour();

    expect((await world.connection()).wanted['invoices']).toEqual(newer);
    const ended = (await operationOf(world, 'invoices')).find(({ isErrored }) => isErrored);
    expect(ended).toMatchObject({ status: 'InternalError' });
  });
});
