import { randomBytes, randomUUID } from 'node:crypto';
import { systemClock } from '../adapters/clock.ts';
import { waitSeconds } from '../adapters/timers.ts';
import type { Count, Log } from '../app/ports.ts';

/** Where a function's events and counts go; `lambdas/edge.ts` makes it of Powertools. */
export type Telemetry = { log: Log; count: Count };

/** Time, chance and waiting, as every function has them. */
export const world = {
  clock: systemClock,
  wait: waitSeconds,
  newId: () => randomUUID(),
  /** 256 bits: for link URLs, OAuth states and API keys. */
  newToken: () => randomBytes(32).toString('base64url'),
};

/** What a vendor's client needs to wait and to try again. */
export const retryTools = {
  sleep: (millis: number) => waitSeconds(millis / 1000),
  random: Math.random,
  now: () => Date.parse(systemClock()),
};

/** The one redirect URI, as it is registered with the FreshBooks app. */
export function redirectUriOf(config: { PUBLIC_URL: string }): string {
  return `${config.PUBLIC_URL}/oauth/callback`;
}
