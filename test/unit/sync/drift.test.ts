import { describe, expect, it } from '@jest/globals';
import { keptDrift } from '../../../src/domain/drift.ts';
import { syncWorld } from './sync-world.ts';

async function worldWithNewField() {
  const world = await syncWorld();
  world.vendor.edit('items', '1', 'hammer');
  world.vendor.newFields = ['colour'];
  return world;
}
const driftOf = async (world: Awaited<ReturnType<typeof syncWorld>>) =>
  (await world.connection()).datasets['items']?.drift;

describe('a field that no table knows', () => {
  it('is remembered with the data type and said in the log', async () => {
    const world = await worldWithNewField();

    await world.sync();

    expect(await driftOf(world)).toEqual([{ resource: 'items', field: 'colour', rows: 1 }]);
    expect(world.log.filter(({ event }) => event === 'freshbooks.drift')).toContainEqual(
      expect.objectContaining({ facts: expect.objectContaining({ type: 'items', field: 'colour' }) }),
    );
  });

  it('stays remembered while nothing is mapped anew, and is forgotten when it is gone', async () => {
    const world = await worldWithNewField();
    await world.sync();

    await world.nextHour();
    expect(await driftOf(world)).toHaveLength(1);

    world.vendor.newFields = [];
    world.vendor.edit('items', '1', 'saw');
    await world.nextHour();
    expect(await driftOf(world)).toEqual([]);
  });
});

it('only so much of it is kept, the most seen first', () => {
  const many = Array.from({ length: 30 }, (_, index) => ({ resource: 'r', field: `f${index}`, rows: index }));

  expect(keptDrift(many)).toHaveLength(20);
  expect(keptDrift(many)[0]).toEqual({ resource: 'r', field: 'f29', rows: 29 });
});
