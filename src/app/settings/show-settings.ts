import { type DataType, dataTypes } from '../../domain/data-types.ts';
import { type SyncSettings, settingFor, type TypeSetting } from '../../domain/sync-settings.ts';
import { findCompany } from '../companies/find-company.ts';
import type { Companies, SyncSettingsStore } from '../ports.ts';

/** The setting of one data type, by name. */
export type NamedSetting = TypeSetting & { dataType: DataType };

/** What holds for each data type, and whether somebody said so or it is what a new installation does. */
export type ShownSettings = { settings: NamedSetting[]; overridesDefaults: boolean };

type SettingsDeps = { syncSettings: Pick<SyncSettingsStore, 'find'> };

/** The sync settings that hold for companies without their own. */
export function makeShowSettings({ syncSettings }: SettingsDeps) {
  return async (): Promise<ShownSettings> => {
    const everyone = await syncSettings.find();
    return { settings: named(everyone, undefined), overridesDefaults: hasAny(everyone) };
  };
}

/** The sync settings that hold for one company. Problem `not-found` when there is none such. */
export function makeShowCompanySettings(deps: SettingsDeps & { companies: Pick<Companies, 'find'> }) {
  return async (companyId: string): Promise<ShownSettings> => {
    const [company, everyone] = await Promise.all([
      findCompany(deps.companies, companyId),
      deps.syncSettings.find(),
    ]);
    const own = company.syncSettings;
    return { settings: named(everyone, own), overridesDefaults: own !== undefined && hasAny(own) };
  };
}

function named(everyone: SyncSettings, own: SyncSettings | undefined): NamedSetting[] {
  return dataTypes.map((dataType) => ({ dataType, ...settingFor(dataType, everyone, own) }));
}

function hasAny({ types }: SyncSettings): boolean {
  return Object.keys(types).length > 0;
}
