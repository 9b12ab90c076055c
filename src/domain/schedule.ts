import type { Connection } from './connection.ts';
import { type DataType, dataTypes } from './data-types.ts';
import { type Instant, secondsBetween } from './instant.ts';

/** How often a data type is fetched without anybody asking; hours between two runs, 0 for never. */
export const frequencyHours = { none: 0, hourly: 1, daily: 24, weekly: 168, monthly: 720 } as const;

/** Hours between two scheduled runs of a data type; 0: never scheduled. */
export type HoursOf = (dataType: DataType) => number;

/** Every data type every hour: what a deployment does until somebody says otherwise. */
export const everyHour: HoursOf = () => frequencyHours.hourly;

/**
 * The schedule looks at a connection at its own minute of each hour, and a run never starts on the second: a run is
 * due a few minutes early rather than an hour late.
 */
const earlySeconds = 300;

/** Data types of a linked connection that the schedule would fetch now, in the order of `dataTypes`. */
export function dueTypes(connection: Connection, hoursOf: HoursOf, now: Instant): DataType[] {
  if (connection.state !== 'Linked' || connection.erasing !== undefined) return [];
  return dataTypes.filter((dataType) => {
    const hours = hoursOf(dataType);
    if (hours <= 0) return false;
    const lastRun = connection.datasets[dataType]?.lastRun;
    return lastRun === undefined || secondsBetween(lastRun, now) >= hours * 3600 - earlySeconds;
  });
}
