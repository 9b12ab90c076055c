import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { afterSuccess, afterTooMany, makeLimiter, startingPace } from '../../../src/freshbooks/limiter.ts';

function afterWell(count: number): number {
  return Array.from({ length: count }).reduce<typeof startingPace>((pace) => afterSuccess(pace), startingPace)
    .limit;
}

describe('the pace', () => {
  it('begins at four and grows by one after as many good answers as may be under way', () => {
    expect([0, 3, 4, 8, 9].map(afterWell)).toEqual([4, 4, 5, 5, 6]);
  });

  it('never goes above eight', () => {
    expect(afterWell(1_000)).toBe(8);
  });

  it('is halved when FreshBooks asks for fewer, and never below one', () => {
    const once = afterTooMany({ limit: 8, wellSince: 3 });

    expect([once.limit, afterTooMany({ limit: 1, wellSince: 0 }).limit]).toEqual([4, 1]);
    expect(once.wellSince).toBe(0);
  });
});

describe('calls in a queue', () => {
  it('are never more at once than the pace allows, and all of them are made', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.integer({ min: 1, max: 40 }), async (scheduler, count) => {
        const limiter = makeLimiter();
        let running = 0;
        let most = 0;
        const call = async (index: number): Promise<number> => {
          running += 1;
          most = Math.max(most, running - limiter.limit);
          await scheduler.schedule(Promise.resolve());
          if (index % 7 === 3) limiter.tooMany();
          running -= 1;
          return index;
        };
        const all = Promise.all(Array.from({ length: count }, (_, index) => limiter.run(() => call(index))));
        await scheduler.waitFor(all);

        expect(await all).toEqual(Array.from({ length: count }, (_, index) => index));
        expect(most).toBeLessThanOrEqual(0);
      }),
    );
  });

  it('that fail make room for the next', async () => {
    const limiter = makeLimiter({ limit: 1, wellSince: 0 });
    const failed = limiter.run(() => Promise.reject(new Error('no')));
    const next = limiter.run(async () => 'done');

    await expect(failed).rejects.toThrow('no');
    await expect(next).resolves.toBe('done');
  });
});
