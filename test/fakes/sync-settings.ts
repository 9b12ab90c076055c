import { type DataType, dataTypes } from '../../src/domain/data-types.ts';
import type { SyncSettings, TypeSetting } from '../../src/domain/sync-settings.ts';

/** Settings by which a data type is fetched so often by the schedule; of the others nothing is said. */
export function settingsOf(
  types: Partial<Record<DataType, Partial<TypeSetting>>>,
  revision = 1,
): SyncSettings {
  const standard = { fetchOnFirstLink: true, syncSchedule: 1, syncOrder: 0 };
  const given = Object.entries(types).map(([type, setting]) => [type, { ...standard, ...setting }]);
  return { revision, types: Object.fromEntries(given) };
}

/** Every data type with one setting, except some. */
export function everyType(
  setting: Partial<TypeSetting>,
  except: Partial<Record<DataType, Partial<TypeSetting>>> = {},
): SyncSettings {
  return settingsOf({ ...Object.fromEntries(dataTypes.map((type) => [type, setting])), ...except });
}
