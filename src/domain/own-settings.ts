import type { Connection } from './connection.ts';
import { type Instant, millisOf } from './instant.ts';
import { slotOf } from './new-connection.ts';
import { wallTimeOf } from './schedule.ts';
import type { SyncSettings } from './sync-settings.ts';
import { latestAt } from './wall-clock.ts';

/**
 * The connection with its company's own sync settings; `undefined` when it has them, or newer ones, already. With a
 * time of day among them the schedule looks at it in that very minute of the hour: of several times, the first one's.
 */
export function withOwnSettings(
  connection: Connection,
  own: SyncSettings | undefined,
  now: Instant,
): Connection | undefined {
  if (own === undefined || (connection.syncSettings?.revision ?? 0) >= own.revision) return undefined;
  const times = Object.values(own.types).flatMap((setting) => wallTimeOf(setting) ?? []);
  const [first] = times.toSorted((a, b) => (a.timeOfDay < b.timeOfDay ? -1 : 1));
  const slot = first === undefined ? slotOf(connection.id) : minuteOf(latestAt(first, now));
  return { ...connection, syncSettings: own, slot };
}

/** Minute of the hour in UTC: some zones are half an hour off. */
function minuteOf(instant: Instant): number {
  return Math.floor(millisOf(instant) / 60_000) % 60;
}
