import { createHash } from 'node:crypto';
import type { Clock, PaceStore, Wait } from '../app/ports.ts';
import { slowDown, takeTurn } from '../domain/app-pace.ts';
import { millisOf, secondsBetween } from '../domain/instant.ts';
import { Problem } from '../domain/problem.ts';

/** What all workers may call FreshBooks together; see `domain/app-pace.ts`. */
export type AppBudget = {
  /** Waits for the next call's turn. Throws Problem `too-many` when it would come after `deadline` (epoch millis). */
  take(deadline: number): Promise<void>;
  /** FreshBooks asked this token's calls to slow down. */
  tooMany(token: string): Promise<void>;
};

/** While there is no limit it is looked for again this often: one small read. */
const lookAgainSeconds = 15;

/** A budget that forgets nothing and costs nothing while FreshBooks asks nobody to slow down. */
export function makeAppBudget(deps: { pace: PaceStore; clock: Clock; wait: Wait }): AppBudget {
  let left = 0;
  let unlimitedSince: string | undefined;
  /** One process asks once for all its calls that wait. */
  let asking: Promise<void> | undefined;

  async function ask(deadline: number): Promise<void> {
    const now = deps.clock();
    const late = (waitSeconds: number): boolean => millisOf(now) + waitSeconds * 1000 >= deadline;
    const booked = deps.pace.change((current) => {
      const taken = takeTurn(current, now);
      // A turn that comes too late is left to others.
      if (taken === undefined || late(taken.turn.waitSeconds)) return { result: taken?.turn };
      return { next: taken.next, result: taken.turn };
    });
    const turn = await orNothing(booked);
    unlimitedSince = turn === undefined ? now : undefined;
    if (turn === undefined) return;
    if (late(turn.waitSeconds)) throw tooLong(turn.waitSeconds);
    await deps.wait(turn.waitSeconds);
    left += turn.calls;
  }

  const unlimited = (): boolean =>
    unlimitedSince !== undefined && secondsBetween(unlimitedSince, deps.clock()) < lookAgainSeconds;

  return {
    async take(deadline) {
      while (!unlimited() && left < 1) {
        asking ??= ask(deadline).finally(() => {
          asking = undefined;
        });
        await asking;
      }
      if (!unlimited()) left -= 1;
    },
    async tooMany(token) {
      const who = createHash('sha256').update(token).digest('hex').slice(0, 16);
      unlimitedSince = undefined;
      const slower = deps.pace.change((current) => ({
        next: slowDown(current, who, deps.clock()),
        result: undefined,
      }));
      await orNothing(slower);
    },
  };
}

/** A table that does not answer slows nobody down: each worker still has a pace of its own. */
function orNothing<T>(answer: Promise<T>): Promise<T | undefined> {
  return answer.catch(() => undefined);
}

function tooLong(seconds: number): Problem {
  const sentence = 'FreshBooks asked this app for fewer requests, and others come first.';
  return new Problem('too-many', sentence, { retryAfterSeconds: Math.ceil(seconds) });
}
