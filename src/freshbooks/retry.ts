import { Problem } from '../domain/problem.ts';

export type RetryTools = {
  /** Waits that many milliseconds. */
  sleep: (millis: number) => Promise<void>;
  /** 0 ≤ x < 1. */
  random: () => number;
  /** Milliseconds since the epoch. */
  now: () => number;
};

export type RetryRules = {
  attempts: number;
  /** When FreshBooks asks for fewer requests it is alive, and says when to come back. */
  attemptsWhenTooMany: number;
  /** Longest random wait before the second attempt, in milliseconds; doubles with each one. */
  firstWait: number;
  longestWait: number;
  /** Who is asked to wait longer than so many milliseconds does not wait: others have work to publish meanwhile. */
  longestAsked: number;
};

const readingRules: RetryRules = {
  attempts: 5,
  attemptsWhenTooMany: 12,
  firstWait: 400,
  longestWait: 10_000,
  longestAsked: 90_000,
};

/**
 * The one place that tries again: what FreshBooks may grant later (Problems that say `retry: later`), after a random
 * part of a growing wait, or after what Retry-After asks for. Gives up with the last Problem when the attempts are
 * used up, `deadline` (milliseconds since the epoch) would come first, or FreshBooks asks for a longer wait than a run
 * may spend: the next run comes in any case.
 */
export async function withRetry<T>(
  attempt: () => Promise<T>,
  tools: RetryTools,
  deadline: number,
  rules: RetryRules = readingRules,
): Promise<T> {
  for (let tried = 1; ; tried += 1) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof Problem) || error.retry === 'never') throw error;
      if (tried >= (error.kind === 'too-many' ? rules.attemptsWhenTooMany : rules.attempts)) throw error;
      const wait = waitFor(error, tried, tools.random, rules);
      if ((error.retryAfterSeconds ?? 0) * 1000 > rules.longestAsked) throw error;
      if (tools.now() + wait >= deadline) throw error;
      await tools.sleep(wait);
    }
  }
}

/** Full jitter, so that many workers that failed together do not come back together; never before Retry-After. */
function waitFor(problem: Problem, tried: number, random: () => number, rules: RetryRules): number {
  const jitter = random() * Math.min(rules.longestWait, rules.firstWait * 2 ** (tried - 1));
  return (problem.retryAfterSeconds ?? 0) * 1000 + jitter;
}
