import { describe, expect, it } from '@jest/globals';
import { rateNow, slowDown, takeTurn } from '../../../src/domain/app-pace.ts';
import { instantAt, millisOf, plusSeconds } from '../../../src/domain/instant.ts';
import { Problem } from '../../../src/domain/problem.ts';
import { makeAppBudget } from '../../../src/freshbooks/app-budget.ts';
import { makeClient } from '../../../src/freshbooks/client.ts';
import { start } from '../../fakes/builders.ts';
import { turn } from '../../fakes/memory-table.ts';
import { memoryPace } from '../../fakes/settings.ts';

const storm = (who: readonly string[]) =>
  who.reduce<ReturnType<typeof slowDown> | undefined>((pace, one) => slowDown(pace, one, start), undefined);

describe('the pace of all workers together', () => {
  it('is no matter while one customer is asked to slow down, however often', () => {
    expect(rateNow(storm(['a', 'a', 'a', 'a', 'b', 'a']), start)).toBeUndefined();
    expect(takeTurn(storm(['a', 'b']), start)).toBeUndefined();
  });

  it('is cut when several customers are at once, and again when that is not enough', () => {
    const once = storm(['a', 'b', 'c']);
    const soon = plusSeconds(start, 5);
    const later = plusSeconds(start, 15);

    expect(rateNow(once, start)).toBe(20);
    expect(rateNow(slowDown(once, 'd', soon), soon)).toBeGreaterThan(19);
    expect(rateNow(slowDown(once, 'd', later), later)).toBeLessThan(12);
  });

  it('forgets customers who were asked more than a minute ago', () => {
    const pace = slowDown(storm(['a', 'b']), 'c', plusSeconds(start, 61));

    expect(rateNow(pace, plusSeconds(start, 61))).toBeUndefined();
  });

  it('grows again, and ends being a limit', () => {
    const pace = storm(['a', 'b', 'c']);

    expect(rateNow(pace, plusSeconds(start, 60))).toBeCloseTo(24);
    expect(rateNow(pace, plusSeconds(start, 600))).toBeUndefined();
  });

  it('gives calls away one after the other, never faster than the rate', () => {
    const first = takeTurn(storm(['a', 'b', 'c']), start);
    const second = takeTurn(first?.next, start);

    expect(first?.turn).toEqual({ calls: 40, waitSeconds: 0 });
    expect(second?.turn).toEqual({ calls: 40, waitSeconds: 2 });
  });
});

describe('a budget', () => {
  const clock = () => start;
  const wait = async (): Promise<void> => undefined;

  it('refuses a call whose turn comes after the deadline', async () => {
    const pace = memoryPace();
    await pace.change(() => ({
      next: { hits: [], rate: 1, changed: start, free: plusSeconds(start, 100) },
      result: undefined,
    }));
    const budget = makeAppBudget({ pace, clock, wait });

    await expect(budget.take(millisOf(start) + 50_000)).rejects.toMatchObject({ kind: 'too-many' });
  });

  it('holds nobody up when its table does not answer', async () => {
    const pace = { change: () => Promise.reject(new Error('throttled')) };
    const budget = makeAppBudget({ pace, clock, wait });

    await budget.take(Number.POSITIVE_INFINITY);
    await budget.tooMany('token');
  });
});

/** A clock that goes on to the next thing anybody waits for, when nothing else is left to do. */
function makeVirtualTime() {
  let now = millisOf(start);
  const sleeping: { until: number; wake: () => void }[] = [];
  const sleep = (millis: number): Promise<void> =>
    new Promise((wake) => void sleeping.push({ until: now + millis, wake }));
  const settle = async (): Promise<void> => {
    for (let turns = 0; turns < 12; turns += 1) await turn();
  };
  return {
    now: () => now,
    sleep,
    /** Goes on until the work is done. */
    async run(work: Promise<unknown>): Promise<void> {
      let done = false;
      void work.then(() => (done = true));
      for (await settle(); !done; await settle()) {
        sleeping.sort((one, other) => one.until - other.until);
        const next = sleeping.shift();
        if (next === undefined) throw new Error('everybody waits for nothing');
        now = Math.max(now, next.until);
        next.wake();
      }
    },
  };
}

describe('fifty customers behind one limit of five calls a second', () => {
  it('all come to an end, and the large one starves nobody', async () => {
    const time = makeVirtualTime();
    const pace = memoryPace();
    let window = { second: 0, calls: 0 };
    let refusedLate = 0;
    let answeredLate = 0;
    const transport = async () => {
      await time.sleep(100);
      const second = Math.floor(time.now() / 1000);
      if (window.second !== second) window = { second, calls: 0 };
      window.calls += 1;
      const refused = window.calls > 5;
      if (time.now() - millisOf(start) > 120_000) {
        if (refused) refusedLate += 1;
        else answeredLate += 1;
      }
      return refused
        ? { status: 429, headers: { 'retry-after': '1' }, text: '{"error":"rate_limited"}' }
        : { status: 200, headers: {}, text: '{}' };
    };
    const ended = new Map<string, number>();
    const customer = async (name: string, calls: number): Promise<void> => {
      const tools = { sleep: time.sleep, random: () => 0.5, now: time.now };
      const wait = (seconds: number) => time.sleep(seconds * 1000);
      const budget = makeAppBudget({ pace, clock: () => instantAt(time.now()), wait });
      const client = makeClient({ apiUrl: 'https://api.test', transport, tools, budget });
      const access = { token: async () => name, refused: async () => name };
      const get = { subject: 'rows', path: '/', access, as: () => true, deadline: Number.POSITIVE_INFINITY };
      const call = async (): Promise<void> => {
        for (let answered = false; !answered; ) {
          answered = await client.get(get).then(
            () => true,
            (error) => {
              if (error instanceof Problem) return false;
              throw error;
            },
          );
        }
      };
      await Promise.all(Array.from({ length: calls }, call));
      ended.set(name, (time.now() - millisOf(start)) / 1000);
    };
    const small = Array.from({ length: 49 }, (_, n) => customer(`small-${n}`, 6));

    await time.run(Promise.all([customer('large', 600), ...small]));

    const last = Math.max(...[...ended].filter(([name]) => name !== 'large').map(([, at]) => at));
    expect(last).toBeLessThan(300);
    expect(ended.get('large')).toBeGreaterThan(last);
    expect(refusedLate / (refusedLate + answeredLate)).toBeLessThan(0.2);
  }, 300_000);
});
