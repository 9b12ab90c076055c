import type { Want } from './connection.ts';
import { type Instant, plusSeconds, secondsBetween } from './instant.ts';

const firstSeconds = 60;
/** After 1, 2, 4, 8, 16 and 32 minutes: then it ends as a failure, and the schedule goes on. */
const mostTries = 6;

/**
 * A pull whose turn came to nothing because a service that we run on did not answer: it waits under its own id, each
 * time twice as long. `undefined` when it was tried often enough.
 */
export function putOff(want: Want, now: Instant): Want | undefined {
  const tries = (want.again?.tries ?? 0) + 1;
  if (tries > mostTries) return undefined;
  return { ...want, again: { after: plusSeconds(now, firstSeconds * 2 ** (tries - 1)), tries } };
}

/** Whether it may be served now. */
export function isReady({ again }: Want, now: Instant): boolean {
  return again === undefined || again.after <= now;
}

/** Seconds until the first of these may be served; none when one may be now. */
export function secondsUntilReady(wants: readonly Want[], now: Instant): number {
  const waits = wants.map(({ again }) => (again === undefined ? 0 : secondsBetween(now, again.after)));
  return Math.max(0, Math.ceil(Math.min(...waits)));
}
