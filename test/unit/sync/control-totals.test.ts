import { describe, expect, it } from '@jest/globals';
import { newlyDiffering, sentenceOf } from '../../../src/domain/control-total.ts';
import { Problem } from '../../../src/domain/problem.ts';
import { syncWorld } from './sync-world.ts';

async function worldThatSays(count: string) {
  const world = await syncWorld();
  world.vendor.edit('items', '1', 'hammer');
  world.vendor.edit('report', '1', count);
  return world;
}
const items = async (world: Awaited<ReturnType<typeof syncWorld>>) =>
  (await world.connection()).datasets['items'];
const told = (world: Awaited<ReturnType<typeof syncWorld>>) =>
  world.log.filter(({ event }) => event === 'sync.controls.differ').length;

describe('a report that records are compared with', () => {
  it('agrees where both come to the same', async () => {
    const world = await worldThatSays('1');

    await world.sync();

    expect((await items(world))?.controls).toMatchObject([{ verdict: 'agrees', ours: 1, theirs: 1 }]);
    expect(told(world)).toBe(0);
  });

  it('that differs is shown and told, and the records are served', async () => {
    const world = await worldThatSays('2');

    await world.sync();

    expect(await items(world)).toMatchObject({
      status: 'Complete',
      controls: [{ verdict: 'differs', theirs: 2 }],
    });
    expect(Object.keys((await world.served('items')) ?? {})).toEqual(['1']);
    expect((await world.connection()).runs.at(-1)?.outcomes['items']?.message).toContain('comes to 2 CAD');
    expect(told(world)).toBe(1);
  });

  it('is compared again when only the report has changed', async () => {
    const world = await worldThatSays('1');
    await world.sync();
    world.vendor.edit('report', '1', '5');

    await world.nextHour();

    expect((await items(world))?.controls).toMatchObject([{ verdict: 'differs', theirs: 5 }]);
  });

  it('that cannot be read says why it is not compared', async () => {
    const world = await worldThatSays('1');
    world.vendor.failures.set('report', new Problem('no-permission', 'The scope is missing.'));

    await world.sync();

    expect(await items(world)).toMatchObject({
      status: 'Complete',
      controls: [{ report: 'report', verdict: 'not comparable', why: 'The scope is missing.' }],
    });
  });
});

describe('a report that could not be read', () => {
  it('is compared again as soon as it can, though it says what it said before', async () => {
    const world = await worldThatSays('1');
    await world.sync();
    world.vendor.failures.set('report', new Problem('unavailable', 'Nobody answers.'));
    await world.nextHour();
    const between = (await items(world))?.controls;
    world.vendor.failures.delete('report');

    await world.nextHour();

    expect([between, (await items(world))?.controls]).toMatchObject([
      [{ verdict: 'not comparable' }],
      [{ verdict: 'agrees' }],
    ]);
  });
});

describe('what began to differ', () => {
  const total = { report: 'aging', currency: 'CAD', ours: 1, theirs: 2, verdict: 'differs' as const };

  it('is told once, by report, window and currency', () => {
    expect(newlyDiffering([total], [])).toEqual([total]);
    expect(newlyDiffering([{ ...total, theirs: 3 }], [total])).toEqual([]);
    expect(newlyDiffering([{ ...total, window: '2026-01' }], [total])).toHaveLength(1);
    expect(newlyDiffering([{ ...total, verdict: 'agrees' }], [])).toEqual([]);
  });

  it('is a sentence beside what else there is to know', () => {
    expect(sentenceOf('One thing.', [total, total])).toBe(
      'One thing. FreshBooks’ report aging comes to 2 CAD, what is held to 1. 1 more totals differ.',
    );
    expect(sentenceOf(undefined, [])).toBeUndefined();
  });
});
