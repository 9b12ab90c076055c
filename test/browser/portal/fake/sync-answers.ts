import { type DataType, dataTypes } from '../../../../src/domain/data-types.ts';
import { noSettings, settingFor } from '../../../../src/domain/sync-settings.ts';
import { type Answers, done, ok } from './answers.ts';
import { of } from './company-answers.ts';
import type { FakeSetting } from './fake-ledgerlink.ts';

type Settings = Map<string, FakeSetting>;

/** How often each data type is read, for all companies and for one. */
export const syncAnswers: Answers = {
  getSyncSettings: ({ settings }) => ok({ clientId: '', ...shown(settings) }),
  updateSyncSettings: (server, { body }) => {
    save(server.settings, body);
    return done;
  },
  getCompanySyncSettings: of(({ settings, ownSettings }, { id }) => {
    const own = ownSettings.get(id) ?? new Map();
    const { settings: all } = shown(new Map([...settings, ...own]));
    return ok({ companyId: id, settings: all, overridesDefaults: own.size > 0 });
  }),
  setCompanySyncSettings: of(({ ownSettings }, { id }, { body }) => {
    const own = ownSettings.get(id) ?? new Map();
    save(own, body);
    ownSettings.set(id, own);
    return done;
  }),
};

function shown(settings: Settings) {
  return {
    settings: dataTypes.map((dataType) => settings.get(dataType) ?? standard(dataType)),
    overridesDefaults: settings.size > 0,
  };
}

function standard(dataType: DataType): FakeSetting {
  return { ...settingFor(dataType, noSettings, undefined), dataType, isLocked: false };
}

function save(held: Settings, body: Readonly<Record<string, unknown>>) {
  if (body['overridesDefaults'] === false) held.clear();
  const { settings } = body;
  if (!Array.isArray(settings)) return;
  for (const one of settings) held.set(one.dataType, one);
}
