import { describe, expect, it } from '@jest/globals';
import type { Source, UnifiedRecord } from '../../../src/app/ports.ts';
import type { Want } from '../../../src/domain/connection.ts';
import { Problem } from '../../../src/domain/problem.ts';
import { pullOperations, requestRefresh, requestReproject } from '../../../src/domain/pull-operation.ts';
import { start } from '../../fakes/builders.ts';
import { ref, syncWorld } from './sync-world.ts';

type World = Awaited<ReturnType<typeof syncWorld>>;

/** Invoices and clients, some of them edited and deleted since the first run. */
async function syncedWorld(): Promise<World> {
  const world = await syncWorld();
  for (const id of ['1', '2', '3', '10', '11']) world.vendor.edit('invoices', id, `invoice ${id}`);
  world.vendor.edit('clients', '5', 'client 5');
  await world.sync();
  world.vendor.edit('invoices', '2', 'edited');
  world.vendor.remove('invoices', '3');
  await world.nextHour();
  world.take();
  return world;
}

/** From now on records are mapped otherwise, though the mapping keeps its name. */
function mapOtherwise(world: World): void {
  const { source } = world.deps;
  const project: Source['project'] = async function* (...asked): AsyncGenerator<UnifiedRecord> {
    for await (const one of source.project(...asked)) {
      yield { ...one, record: { ...one.record, value: `** ${String(one.record['value'])}` } };
    }
  };
  Object.assign(world.deps, { source: { ...source, project } });
}

/** Nobody is asked anything: reading and even an access token end the test. */
function cutOff(world: World): void {
  const never = async () => {
    throw new Error('FreshBooks was called');
  };
  Object.assign(world.deps, {
    source: { ...world.deps.source, read: never },
    grantToken: () => ({ token: never, refused: never, facts: async () => undefined }),
  });
}

async function askAgain(world: World): Promise<void> {
  await world.connections.change(ref, (held) => ({
    next: requestReproject(held, 'invoices', world.clock(), () => 'again').connection,
    result: 0,
  }));
}

describe('a data type that is to be made again', () => {
  it('is what a fresh sync would make of it, without a call to FreshBooks', async () => {
    const world = await syncedWorld();
    mapOtherwise(world);
    cutOff(world);
    await askAgain(world);

    await world.sync();

    const fresh = await syncWorld();
    mapOtherwise(fresh);
    for (const [id, { value }] of world.vendor.rows('invoices')) fresh.vendor.edit('invoices', id, value);
    fresh.vendor.remove('invoices', '3');
    await fresh.sync();
    expect(await world.served('invoices')).toEqual(await fresh.served('invoices'));
    expect((await world.served('invoices'))?.['2']).toBe('** edited');
    const [remade, first] = [await world.connection(), await fresh.connection()];
    expect(remade.datasets['invoices']?.snapshot).toMatchObject({
      count: first.datasets['invoices']?.snapshot?.count,
      digest: first.datasets['invoices']?.snapshot?.digest,
    });
  });

  it('ends under its operation id, and says nothing new of what FreshBooks was last asked', async () => {
    const world = await syncedWorld();
    const before = (await world.connection()).datasets['invoices'];
    world.advance(600);
    await askAgain(world);
    const waiting = pullOperations(await world.connection()).find(({ id }) => id === 'again');

    await world.sync();

    const connection = await world.connection();
    const found = pullOperations(connection).find(({ id }) => id === 'again');
    expect([waiting?.status, found?.status]).toEqual(['Queued', 'Complete']);
    expect(connection.datasets['invoices']).toMatchObject({
      status: 'Complete',
      latestOperation: 'again',
      lastRun: before?.lastRun,
      lastSuccess: before?.lastSuccess,
    });
    expect(Object.keys(connection.runs.at(-1)?.outcomes ?? {})).toEqual(['invoices']);
  });

  it('writes nothing when it is as it was', async () => {
    const world = await syncedWorld();
    const [names, before] = [world.objects.names(), (await world.connection()).datasets['invoices']];
    await askAgain(world);

    await world.sync();

    expect(world.objects.names()).toEqual(names);
    expect((await world.connection()).datasets['invoices']?.snapshot).toEqual(before?.snapshot);
  });

  it('is made again beside a resource that cannot be read, whose failure stands', async () => {
    const world = await syncedWorld();
    world.vendor.failures.set('payments', new Problem('no-permission', 'The role may not see it.'));
    await world.nextHour();
    mapOtherwise(world);
    cutOff(world);
    await askAgain(world);

    await world.sync();

    expect((await world.served('invoices'))?.['2']).toBe('** edited');
    expect((await world.connection()).datasets['invoices']).toMatchObject({
      status: 'PermissionsError',
      message: 'The role may not see it.',
    });
  });

  it('is made again though the run fails to read for another what it is made of', async () => {
    const world = await syncedWorld();
    mapOtherwise(world);
    world.vendor.failures.set('payments', new Problem('unavailable', 'FreshBooks did not answer.'));
    const read: Want = { operationId: 'read', requested: start, reason: 'refresh' };
    await world.connections.change(ref, (held) => ({
      next: { ...held, wanted: { payments: read } },
      result: 0,
    }));
    await askAgain(world);

    await world.sync();

    const { datasets } = await world.connection();
    expect([datasets['payments']?.status, datasets['invoices']?.status]).toEqual(['FetchError', 'Complete']);
    expect((await world.served('invoices'))?.['2']).toBe('** edited');
  });

  it('says so when it cannot be mapped, and is read when it would have been', async () => {
    const world = await syncedWorld();
    const before = (await world.connection()).datasets['invoices'];
    world.advance(600);
    const project = () => {
      throw new Error('a mapper of ours');
    };
    Object.assign(world.deps, { source: { ...world.deps.source, project } });
    await askAgain(world);

    await world.sync();

    expect((await world.connection()).datasets['invoices']).toMatchObject({
      status: 'MapError',
      lastRun: before?.lastRun,
      snapshot: before?.snapshot,
    });
  });

  it('is mended when its records could not be mapped before', async () => {
    const world = await syncedWorld();
    const { source } = world.deps;
    const project = () => {
      throw new Error('a mapper of ours');
    };
    Object.assign(world.deps, { source: { ...source, project } });
    world.vendor.edit('invoices', '2', 'newest');
    await world.nextHour();
    const broken = (await world.connection()).datasets['invoices']?.status;
    Object.assign(world.deps, { source });
    cutOff(world);
    await askAgain(world);

    await world.sync();

    expect([broken, (await world.connection()).datasets['invoices']?.status]).toEqual([
      'MapError',
      'Complete',
    ]);
    expect((await world.served('invoices'))?.['2']).toBe('newest');
  });

  it('is read as well, in a run of its own, when that is due', async () => {
    const world = await syncedWorld();
    world.advance(3600);
    await askAgain(world);
    world.vendor.edit('invoices', '1', 'due');

    await world.sync();
    const woken = world.take();
    await world.sync();

    expect(woken).toEqual([{ wake: { kind: 'sync', ref }, delaySeconds: 0 }]);
    expect((await world.served('invoices'))?.['1']).toBe('due');
  });

  it('is read first when something it is made of never was', async () => {
    const world = await syncWorld();
    world.vendor.edit('invoices', '1', 'one');
    const reproject: Want = { operationId: 'again', requested: start, reason: 'reproject', afresh: true };
    await world.connections.change(ref, (held) => ({
      next: { ...held, wanted: { invoices: reproject } },
      result: 0,
    }));

    await world.sync();

    expect(await world.served('invoices')).toEqual({ '1': 'one' });
  });
});

describe('asking for it', () => {
  it('joins a refresh that waits, and a refresh joins it: one pull does both', async () => {
    const world = await syncedWorld();
    const connection = await world.connection();
    const refreshFirst = requestReproject(
      requestRefresh(connection, ['invoices'], start, () => 'one').connection,
      'invoices',
      start,
      () => 'two',
    );
    const refreshLast = requestRefresh(
      requestReproject(connection, 'invoices', start, () => 'one').connection,
      ['invoices'],
      start,
      () => 'two',
    );

    const both = { operationId: 'one', requested: start, reason: 'refresh', afresh: true };
    expect(refreshFirst.connection.wanted['invoices']).toEqual(both);
    expect(refreshLast.connection.wanted['invoices']).toEqual(both);
  });

  it('makes it again although a run is publishing it just then', async () => {
    const world = await syncedWorld();
    world.advance(3600);
    world.vendor.onPage = async (resource) => {
      if (resource === 'invoices') await askAgain(world);
    };
    await world.sync();
    world.vendor.onPage = async () => undefined;
    mapOtherwise(world);
    cutOff(world);

    await world.sync();

    expect((await world.served('invoices'))?.['2']).toBe('** edited');
  });
});
