import { afterEach, describe, expect, it } from '@jest/globals';
import type { SharedClock } from '../../local/clock/shared-clock.ts';
import { startTicking } from '../../local/events/schedule.ts';

const minute = 60_000;
let stop: () => void = () => undefined;
afterEach(() => stop());

/** A clock that stands until it is moved. */
function standingClock(start: number) {
  let now = start;
  let told: () => void = () => undefined;
  const clock: Pick<SharedClock, 'now' | 'onMoved'> = {
    now: () => now,
    onMoved: (listener) => {
      told = listener;
      return () => undefined;
    },
  };
  return {
    clock,
    moveTo: (millis: number) => {
      now = millis;
      told();
    },
  };
}

describe('a schedule', () => {
  it('ticks when it starts, for what became due while nothing ran, and then at whole minutes', () => {
    const { clock, moveTo } = standingClock(10 * minute + 20_000);
    const ticks: number[] = [];
    ({ stop } = startTicking(clock, minute, (at) => ticks.push(at)));

    moveTo(10 * minute + 59_999);
    moveTo(11 * minute);
    moveTo(11 * minute + 30_000);

    expect(ticks).toEqual([10 * minute + 20_000, 11 * minute]);
  });

  it('ticks once, not once a minute, when the clock is moved over hours', () => {
    const { clock, moveTo } = standingClock(0);
    const ticks: number[] = [];
    ({ stop } = startTicking(clock, minute, (at) => ticks.push(at)));

    moveTo(3 * 60 * minute);

    expect(ticks).toEqual([0, 3 * 60 * minute]);
  });
});
