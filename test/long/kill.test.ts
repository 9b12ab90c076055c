import { describe, expect, it } from '@jest/globals';
import { killDuringFirstStart, passTime, seeded, startAgainAndCompare } from '../e2e/kill.ts';
import { temporaryState } from '../e2e/running-stack.ts';

// kill -9 of every process at twenty seeded moments between the token exchange and the last publish.
const seed = Number(process.env['KILL_SEED'] ?? 20261122);
const random = seeded(seed);
/** Half of the moments in the second in which the journey runs, half over the first sync. */
const moments = Array.from({ length: 20 }, (_, turn) => Math.round(random() * (turn % 2 === 0 ? 900 : 4000)));

let hits = 0;

describe(`kill -9 of everything (seed ${seed})`, () => {
  it.each(moments.map((millis, turn) => ({ millis, turn })))(
    'loses nothing $millis ms into the link journey (turn $turn)',
    async ({ millis }) => {
      const { state, remove } = await temporaryState();
      const over = await killDuringFirstStart(state, 'busy-agency', millis);
      if (!over) hits += 1;
      await passTime(state, 300);

      const stack = await startAgainAndCompare(state, 'busy-agency');

      expect(stack.ready.companies).toHaveLength(1);
      await stack.stop();
      await remove();
    },
    300_000,
  );

  it('and most of the moments came before the start was over', () => {
    expect(hits).toBeGreaterThanOrEqual(moments.length - 5);
  });
});
