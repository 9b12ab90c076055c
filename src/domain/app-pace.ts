import * as z from 'zod';
import { type Instant, instantAt, millisOf, secondsBetween } from './instant.ts';

/**
 * How fast all workers together call FreshBooks. FreshBooks publishes no limit and does not say whether it counts by
 * person or by app: while only single customers are asked to slow down nothing is shared, and nothing is waited for.
 */
export const AppPace = z.object({
  /** Who was asked for fewer requests in the last minute; each once. */
  hits: z.array(z.object({ who: z.string(), at: z.string() })),
  /** Calls a second for everybody together; absent while there is no limit that we know of. */
  rate: z.number().optional(),
  /** Since when the rate is what it is. */
  changed: z.string(),
  /** Every call before it is given away. */
  free: z.string(),
});
export type AppPace = z.infer<typeof AppPace>;

/** So many customers at once are no longer each one's own affair. */
const many = 3;
const hitSeconds = 60;
/** From here on there is no limit worth keeping; the first cut begins here. */
const fastest = 40;
const slowest = 0.5;
/** Calls that were under way when the rate was cut say nothing about the new one. */
const settleSeconds = 10;
const growthAMinute = 1.2;
/** A worker takes calls of so many seconds at a time, so everybody's turn comes soon. */
const turnSeconds = 2;

/** FreshBooks asked this customer's calls to slow down. `who` is any text that tells customers apart. */
export function slowDown(pace: AppPace | undefined, who: string, now: Instant): AppPace {
  const recent = (pace?.hits ?? []).filter(
    (hit) => hit.who !== who && secondsBetween(hit.at, now) < hitSeconds,
  );
  const hits = [...recent, { who, at: now }].slice(-many);
  const held = { changed: now, free: now, ...pace, hits };
  const settled = pace?.rate === undefined || secondsBetween(pace.changed, now) >= settleSeconds;
  if (hits.length < many || !settled) return held;
  const rate = Math.max(slowest, (rateNow(pace, now) ?? fastest) / 2);
  return { ...held, rate, changed: now };
}

/** The rate as it has grown since it was cut; `undefined` when it has grown beyond being a limit. */
export function rateNow(pace: AppPace | undefined, now: Instant): number | undefined {
  if (pace?.rate === undefined) return undefined;
  const rate = pace.rate * growthAMinute ** (secondsBetween(pace.changed, now) / 60);
  return rate >= fastest ? undefined : rate;
}

/** Some calls for one worker: how many, and how long they are to wait for. */
export type Turn = { calls: number; waitSeconds: number };

/** The next free calls, in the order of asking; `undefined` when there is no limit. */
export function takeTurn(pace: AppPace | undefined, now: Instant): { next: AppPace; turn: Turn } | undefined {
  const rate = rateNow(pace, now);
  if (pace === undefined || rate === undefined) return undefined;
  const calls = Math.max(1, Math.floor(rate * turnSeconds));
  const begins = Math.max(millisOf(now), millisOf(pace.free));
  const free = instantAt(Math.ceil(begins + (calls / rate) * 1000));
  return { next: { ...pace, free }, turn: { calls, waitSeconds: (begins - millisOf(now)) / 1000 } };
}
