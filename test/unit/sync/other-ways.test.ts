import { describe, expect, it } from '@jest/globals';
import { makeReadRecords } from '../../../src/books/read-records.ts';
import { Problem } from '../../../src/domain/problem.ts';
import { syncWorld } from './sync-world.ts';

async function worldWithBooks() {
  const world = await syncWorld();
  world.vendor.edit('report', '1', 'own');
  world.vendor.edit('ledger', '1', 'booked');
  return world;
}
const dataset = async (world: Awaited<ReturnType<typeof syncWorld>>) =>
  (await world.connection()).datasets['profitAndLoss'];

describe('a data type that can be made in two ways', () => {
  it('is made the better way as long as FreshBooks gives what that needs', async () => {
    const world = await worldWithBooks();

    await world.sync();

    expect(await world.served('profitAndLoss')).toEqual({ 1: 'own' });
    expect(await dataset(world)).toMatchObject({ status: 'Complete' });
    expect((await dataset(world))?.message).toBeUndefined();
  });

  it('is made the other way when FreshBooks refuses, and says so and why', async () => {
    const world = await worldWithBooks();
    await world.sync();
    world.vendor.failures.set('report', new Problem('no-permission', 'The scope is missing.'));

    await world.nextHour();

    expect(await world.served('profitAndLoss')).toEqual({ 1: 'booked' });
    expect(await dataset(world)).toMatchObject({
      status: 'Complete',
      message: 'Added up. The scope is missing.',
    });
  });

  it('stays as it is made when the better way only fails for the moment', async () => {
    const world = await worldWithBooks();
    await world.sync();
    world.vendor.failures.set('report', new Problem('unavailable', 'Nobody answers.'));

    await world.nextHour();

    expect(await world.served('profitAndLoss')).toEqual({ 1: 'own' });
    expect(await dataset(world)).toMatchObject({ status: 'FetchError', message: 'Nobody answers.' });
  });

  it('is made again when another month has begun, where it depends on that', async () => {
    const world = await worldWithBooks();
    world.vendor.failures.set('report', new Problem('not-found', 'There is none.'));
    await world.sync();
    const before = (await dataset(world))?.projectedFrom;
    world.advance(32 * 86_400);

    await world.sync();

    expect((await dataset(world))?.projectedFrom).not.toBe(before);
  });

  it('fails with the first refusal when no way is left', async () => {
    const world = await worldWithBooks();
    world.vendor.failures.set('report', new Problem('no-permission', 'No reports.'));
    world.vendor.failures.set('ledger', new Problem('no-permission', 'No journal.'));

    await world.sync();

    expect(await dataset(world)).toMatchObject({ status: 'PermissionsError', message: 'No reports.' });
  });
});

describe('a data type that something completes', () => {
  const beside = async (world: Awaited<ReturnType<typeof syncWorld>>) => {
    const snapshot = (await world.connection()).datasets['balanceSheet']?.snapshot;
    if (snapshot === undefined) throw new Error('nothing is held');
    const read = makeReadRecords({ objects: world.objects });
    return (await read(snapshot, { page: 1, pageSize: 10 })).results.map((record) => record['beside']);
  };

  it('is made again when that has changed', async () => {
    const world = await worldWithBooks();
    await world.sync();
    const before = await beside(world);
    world.vendor.edit('ledger', '2', 'booked later');

    await world.nextHour();

    expect([before, await beside(world)]).toEqual([[[1]], [[2]]]);
  });

  it.each([
    ['fails for the moment', new Problem('unavailable', 'Nobody answers.')],
    ['is refused', new Problem('no-permission', 'The scope is missing.')],
  ])('is as good as it can be when that %s', async (_, failure) => {
    const world = await worldWithBooks();
    await world.sync();
    world.vendor.edit('report', '2', 'own');
    world.vendor.failures.set('ledger', failure);

    await world.nextHour();

    expect((await world.connection()).datasets['balanceSheet']).toMatchObject({ status: 'Complete' });
    expect(await beside(world)).toEqual([[1], [1]]);
  });

  it('does without where it was never read', async () => {
    const world = await worldWithBooks();
    world.vendor.failures.set('ledger', new Problem('no-permission', 'The scope is missing.'));

    await world.sync();

    const { datasets } = await world.connection();
    expect(datasets['balanceSheet']?.status).toBe('Complete');
    expect(datasets['balanceSheet']?.projectedFrom).not.toContain('ledger');
  });
});
