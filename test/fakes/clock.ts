import type { Clock, NewId, NewToken } from '../../src/app/ports.ts';
import { type Instant, plusSeconds } from '../../src/domain/instant.ts';

/** A clock that stands still until it is moved. */
export function makeClock(start: Instant): { clock: Clock; advance(seconds: number): Instant } {
  let now = start;
  return {
    clock: () => now,
    advance: (seconds) => {
      now = plusSeconds(now, seconds);
      return now;
    },
  };
}

/** UUIDs that count from 1, so that a test can name them. */
export function makeIds(): NewId {
  let made = 0;
  return () => {
    made += 1;
    return `00000000-0000-4000-8000-${String(made).padStart(12, '0')}`;
  };
}

/** URL-safe tokens that count from 1. */
export function makeTokens(): NewToken {
  let made = 0;
  return () => {
    made += 1;
    return `token-${String(made).padStart(16, '0')}`;
  };
}

/** What one waits for on a timer, called by hand: `tick` runs every action that was not stopped. */
export function makeTimer(): {
  every: (seconds: number, action: () => Promise<void>) => () => void;
  tick(): Promise<void>;
} {
  const actions = new Set<() => Promise<void>>();
  return {
    every: (_seconds, action) => {
      actions.add(action);
      return () => actions.delete(action);
    },
    tick: async () => {
      for (const action of actions) await action();
    },
  };
}
