import type { Company } from '../../domain/company.ts';
import { withOwnSettings } from '../../domain/own-settings.ts';
import { Problem } from '../../domain/problem.ts';
import { noSettings, type SyncSettings, settingFor, TypeSetting } from '../../domain/sync-settings.ts';
import { noSuchCompany } from '../companies/find-company.ts';
import type { Clock, Companies, Connections, SyncSettingsStore } from '../ports.ts';
import type { NamedSetting } from './show-settings.ts';

/** Settings of some data types; the others stay as they are. Without `overridesDefaults` all are taken back. */
export type SettingsWish = { settings: readonly NamedSetting[]; overridesDefaults: boolean };

/** Saves the sync settings that hold for all companies without their own; the next tick and run go by them. */
export function makeSaveSettings({ syncSettings }: { syncSettings: Pick<SyncSettingsStore, 'change'> }) {
  return (wish: SettingsWish): Promise<void> =>
    syncSettings.change((current) => ({ next: after(current, wish), result: undefined }));
}

/**
 * Saves a company's own sync settings, and the copy that each of its connections has. Repeating it after a failure
 * brings both into step; of two at the same moment the later revision wins in both places. Problem `conflict` for a
 * setting that is locked for all companies.
 */
export function makeSaveCompanySettings(deps: {
  companies: Pick<Companies, 'change'>;
  connections: Pick<Connections, 'ofCompany' | 'change'>;
  syncSettings: Pick<SyncSettingsStore, 'find'>;
  clock: Clock;
}) {
  return async (companyId: string, wish: SettingsWish): Promise<void> => {
    refuseLocked(await deps.syncSettings.find(), wish);
    const company = await deps.companies.change(companyId, (current): { next: Company; result: Company } => {
      const next = { ...current, syncSettings: after(current.syncSettings ?? noSettings, wish) };
      return { next, result: next };
    });
    if (!company) throw noSuchCompany(companyId);
    for (const { id } of await deps.connections.ofCompany(companyId)) {
      await deps.connections.change({ companyId, connectionId: id }, (connection) => {
        const next = withOwnSettings(connection, company.syncSettings, deps.clock());
        return { ...(next && { next }), result: undefined };
      });
    }
  };
}

function after(
  { revision, types }: SyncSettings,
  { settings, overridesDefaults }: SettingsWish,
): SyncSettings {
  const given = settings.map(({ dataType, ...setting }) => [dataType, setting] as const);
  return {
    revision: revision + 1,
    types: overridesDefaults ? { ...types, ...Object.fromEntries(given) } : {},
  };
}

/** Who shows settings, changes one and sends all back sends the locked ones along: as they are they are no change. */
function refuseLocked(everyone: SyncSettings, { settings, overridesDefaults }: SettingsWish): void {
  if (!overridesDefaults) return;
  for (const { dataType, ...setting } of settings) {
    const general = settingFor(dataType, everyone, undefined);
    if (general.isLocked !== true || isSame(general, setting)) continue;
    throw new Problem(
      'conflict',
      `The setting of ${dataType} is locked for all companies. Leave it as it is, or unlock it for all first.`,
    );
  }
}

function isSame(a: TypeSetting, b: TypeSetting): boolean {
  return TypeSetting.keyof().options.every((property) => a[property] === b[property]);
}
