import type { Connection } from './connection.ts';
import { dataTypes } from './data-types.ts';
import type { ResourceState } from './dataset.ts';
import type { Instant } from './instant.ts';
import { dueTypes, isRead, isTimeFor, type LastTry } from './schedule.ts';
import { type SyncSettings, settingFor, type TypeSetting } from './sync-settings.ts';

/**
 * Resources that no data type is made of, of the given ones, that are to be read now: each by how its own latest read
 * ended, whatever data types a run is for. With linking and "refresh all", then as often as the most frequent data
 * type, and an hour after a failure that passes.
 */
export function dueRawOnly(
  connection: Connection,
  rawOnly: readonly string[],
  everyone: SyncSettings,
  now: Instant,
): string[] {
  if (!isRead(connection)) return [];
  const setting = settingForRawOnly(everyone, connection.syncSettings);
  return rawOnly.filter((resource) => {
    const last = lastTryOf(connection.resources[resource]);
    return isAskedFor(connection, last, setting) || isTimeFor(connection, last, setting, now);
  });
}

/** Whether the schedule finds anything to read now. */
export function isAnythingDue(
  connection: Connection,
  rawOnly: readonly string[],
  everyone: SyncSettings,
  now: Instant,
): boolean {
  return (
    dueTypes(connection, everyone, now).length > 0 ||
    dueRawOnly(connection, rawOnly, everyone, now).length > 0
  );
}

/** Nobody sets how they are fetched: as the most frequent data type is, and by linking where that fetches anything. */
function settingForRawOnly(everyone: SyncSettings, own: SyncSettings | undefined): TypeSetting {
  const settings = dataTypes.map((type) => settingFor(type, everyone, own));
  const [most] = settings
    .filter(({ syncSchedule }) => syncSchedule > 0)
    .toSorted((one, other) => one.syncSchedule - other.syncSchedule);
  const fetchOnFirstLink = settings.some((setting) => setting.fetchOnFirstLink);
  return { syncSchedule: 0, syncOrder: 0, ...most, fetchOnFirstLink };
}

/** What a service of ours kept away was no try: it is as due as it was. */
function lastTryOf({ proof, trouble }: ResourceState = {}): LastTry {
  const held = proof !== undefined;
  if (trouble === undefined || trouble.reason === 'services-down') {
    return { at: proof?.at, status: undefined, held };
  }
  return { at: trouble.at, status: trouble.status, held };
}

/** Whether its customer authorised, or somebody asked for everything, since it was last tried. */
function isAskedFor(
  { authorised, allAsked }: Connection,
  { at }: LastTry,
  { fetchOnFirstLink }: TypeSetting,
): boolean {
  if (!fetchOnFirstLink) return false;
  return at === undefined || [authorised, allAsked].some((asked) => asked !== undefined && at < asked);
}
