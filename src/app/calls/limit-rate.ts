import { type Instant, instantAt, millisOf, plusSeconds, secondsBetween } from '../../domain/instant.ts';
import type { Exceeded } from '../events/tell-rate-limit.ts';
import type { Clock, CountCall, RateLimitStore } from '../ports.ts';

/** Where a caller stands after this request: how many a minute, how many are left, and when they are all back. */
export type RateLimit = {
  limit: number;
  remaining: number;
  reset: Instant;
  retryAfterSeconds: number;
  reached: boolean;
};

/** `undefined` while there is no limit. */
export type LimitRate = (keyId: string) => Promise<RateLimit | undefined>;

const windowSeconds = 60;
/** A change of the setting is known everywhere after so long. */
const rememberedSeconds = 30;

/**
 * Counts a key's requests by the minute, in one place for all instances of the function: one write a request. Who is
 * beyond the limit costs nothing more: this instance remembers it until the minute is over.
 */
export function makeLimitRate(deps: {
  limits: Pick<RateLimitStore, 'find'>;
  countCall: CountCall;
  clock: Clock;
  /** Hears once a minute of each key that is beyond its limit. */
  onReached: (exceeded: Exceeded) => Promise<void>;
}): LimitRate {
  const settingOf = remembered(deps);
  const spent = new Map<string, Instant>();
  return async (keyId) => {
    const limit = await settingOf();
    if (limit === 0) return undefined;
    const now = deps.clock();
    const start = instantAt(Math.floor(millisOf(now) / 1000 / windowSeconds) * windowSeconds * 1000);
    const reset = plusSeconds(start, windowSeconds);
    const window = { limit, reset, retryAfterSeconds: secondsBetween(now, reset) };
    if (spent.get(keyId) === reset) return { ...window, remaining: 0, reached: true };
    const used = await deps.countCall(keyId, { start, end: reset });
    if (used > limit) {
      spent.set(keyId, reset);
      await deps.onReached({ keyId, ...window });
    }
    return { ...window, remaining: Math.max(0, limit - used), reached: used > limit };
  };
}

function remembered({
  limits,
  clock,
}: {
  limits: Pick<RateLimitStore, 'find'>;
  clock: Clock;
}): () => Promise<number> {
  let held: { requestsPerMinute: number; since: Instant } | undefined;
  return async () => {
    const now = clock();
    if (held === undefined || secondsBetween(held.since, now) >= rememberedSeconds) {
      held = { ...(await limits.find()), since: now };
    }
    return held.requestsPerMinute;
  };
}
