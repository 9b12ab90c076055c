import type { DataType } from './data-types.ts';
import { type Instant, instantAt, millisOf } from './instant.ts';
import { type SyncSettings, settingFor } from './sync-settings.ts';
import { monthsBefore } from './wall-clock.ts';

/**
 * From when on the records of a data type are served, by when they changed in FreshBooks; `undefined`: all of them.
 * Months count back from the beginning of the day of `now` in UTC, so that the pages of a day have one beginning.
 */
export function servedFrom(
  dataType: DataType,
  everyone: SyncSettings,
  own: SyncSettings | undefined,
  now: Instant,
): Instant | undefined {
  const { syncFromUtc, syncFromWindow } = settingFor(dataType, everyone, own);
  if (syncFromWindow === undefined) return syncFromUtc;
  return monthsBefore(`${now.slice(0, 10)}T00:00:00.000Z`, syncFromWindow);
}

/** Whether a record is served. One that does not say when it changed cannot be too old. */
export function isServed(record: Readonly<Record<string, unknown>>, from: Instant | undefined): boolean {
  const changed = record['sourceModifiedDate'];
  if (from === undefined || typeof changed !== 'string') return true;
  const millis = Date.parse(changed);
  return Number.isNaN(millis) || instantAt(millis) >= instantAt(millisOf(from));
}
