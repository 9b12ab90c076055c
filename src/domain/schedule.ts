import type { Connection } from './connection.ts';
import { type DataType, dataTypes } from './data-types.ts';
import type { DatasetState, PullStatus } from './dataset.ts';
import { type Instant, secondsBetween } from './instant.ts';
import { type SyncSettings, settingFor, type TypeSetting } from './sync-settings.ts';
import { daysBetween, latestAt, type WallTime } from './wall-clock.ts';

/**
 * The schedule looks at a connection at its own minute of each hour, and a run never starts on the second: a run is
 * due a few minutes early rather than an hour late.
 */
const earlySeconds = 300;
const dayHours = 24;

/** What FreshBooks could not give just then, or a fault of ours kept away: it is not left until a later day. */
const passing: readonly PullStatus[] = ['FetchError', 'RateLimitError', 'InternalError'];

/** How something was last tried to be read, as the schedule counts from it. */
export type LastTry = {
  /** When the run began. */
  at: Instant | undefined;
  /** How it ended; absent for what was never tried, or read. */
  status: PullStatus | undefined;
  /** It was read once, then or before. */
  held: boolean;
};

/** Data types of a linked connection that the schedule would fetch now, in the order of `dataTypes`. */
export function dueTypes(connection: Connection, everyone: SyncSettings, now: Instant): DataType[] {
  if (!isRead(connection)) return [];
  return dataTypes.filter((dataType) => {
    const setting = settingFor(dataType, everyone, connection.syncSettings);
    return isTimeFor(connection, lastTryOf(connection.datasets[dataType]), setting, now);
  });
}

/** Whether the schedule looks at what FreshBooks has for this connection. */
export function isRead({ state, erasing }: Connection): boolean {
  return state === 'Linked' && erasing === undefined;
}

/** Whether something that is fetched like this, and was last tried like that, is to be read now. */
export function isTimeFor(
  connection: Connection,
  last: LastTry,
  setting: TypeSetting,
  now: Instant,
): boolean {
  if (isDueAgain(last, setting, now)) return true;
  return setting.syncSchedule > 0 && isDue(countedFrom(connection, last, setting), setting, now);
}

/** Data types that linking and "refresh all" fetch, in the order of `dataTypes`. */
export function typesOnFirstLink(everyone: SyncSettings, own: SyncSettings | undefined): DataType[] {
  return dataTypes.filter((dataType) => settingFor(dataType, everyone, own).fetchOnFirstLink);
}

/** The time of day at which a data type's scheduled runs begin; none while they follow each other by hours. */
export function wallTimeOf(setting: TypeSetting): WallTime | undefined {
  const { timeOfDay, timeZone = 'UTC', syncSchedule } = setting;
  return timeOfDay === undefined || syncSchedule < dayHours ? undefined : { timeOfDay, timeZone };
}

function lastTryOf(dataset: DatasetState | undefined): LastTry {
  const { lastRun: at, status, snapshot } = dataset ?? {};
  return { at, status, held: snapshot !== undefined };
}

/** Read in vain an hour ago, of what is scheduled at all, or was to be read once and never was. */
function isDueAgain(
  { at, status, held }: LastTry,
  { syncSchedule, fetchOnFirstLink }: TypeSetting,
  now: Instant,
): boolean {
  if (at === undefined || status === undefined || !passing.includes(status)) return false;
  const isAwaited = syncSchedule > 0 || (fetchOnFirstLink && !held);
  return isAwaited && isHoursAgo(at, 1, now);
}

/** What linking does not fetch is due an interval after the linking; anything else that never ran is due at once. */
function countedFrom(
  connection: Connection,
  { at }: LastTry,
  { fetchOnFirstLink }: TypeSetting,
): Instant | undefined {
  if (at !== undefined || fetchOnFirstLink) return at;
  return connection.authorised ?? connection.stateSince;
}

function isDue(lastRun: Instant | undefined, setting: TypeSetting, now: Instant): boolean {
  if (lastRun === undefined) return true;
  const wallTime = wallTimeOf(setting);
  if (wallTime === undefined) {
    return isHoursAgo(lastRun, setting.syncSchedule, now);
  }
  const latest = latestAt(wallTime, now);
  const days = Math.round(setting.syncSchedule / dayHours);
  // Every day means every day, also when somebody asked for the data an hour before.
  return lastRun < latest && (days <= 1 || daysBetween(lastRun, latest, wallTime.timeZone) >= days);
}

function isHoursAgo(then: Instant, hours: number, now: Instant): boolean {
  return secondsBetween(then, now) >= hours * 3600 - earlySeconds;
}
