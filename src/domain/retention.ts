import * as z from 'zod';
import type { Connection } from './connection.ts';
import { type Instant, plusSeconds, secondsBetween } from './instant.ts';

const daySeconds = 86_400;

/**
 * How long the past of the books can be read: so many days, or for ever (`null`). What is current is kept whatever
 * this says.
 */
export const Retention = z.object({ days: z.int().min(1).max(36_500).nullable() });
export type Retention = z.infer<typeof Retention>;

/** A year, and time to close it. */
export const defaultRetention: Retention = { days: 400 };

/** The earliest instant whose state can still be read; `undefined` when every past state can. */
export function keptSince({ days }: Retention, now: Instant): Instant | undefined {
  return days === null ? undefined : plusSeconds(now, -days * daySeconds);
}

/** No function lives longer: after it not even a worker that was frozen writes another object. */
export const longestRunSeconds = 900;

/** The schedule looks once an hour, so a little early rather than an hour late. */
const earlySeconds = 300;

/** Whether what nothing refers to is to be removed from a connection's books: once a day, where there are books. */
export function sweepDue(connection: Connection, now: Instant): boolean {
  if (connection.epoch === 0 || connection.erasing !== undefined) return false;
  const last = connection.swept?.at ?? connection.created;
  return secondsBetween(last, now) >= daySeconds - earlySeconds;
}
