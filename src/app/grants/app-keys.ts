import type { AppKeys, IntegrationStore, OpenAppKeys } from '../ports.ts';

export type VersionedKeys = { keys: AppKeys; appVersion: number };

/** The app's keys as they were saved in one version; `undefined` when that version was never saved. */
export type AppKeysOf = (appVersion: number) => Promise<VersionedKeys | undefined>;

/** The keys that are saved now; `undefined` before the first set-up. */
export type CurrentAppKeys = () => Promise<VersionedKeys | undefined>;

type Deps = { integration: IntegrationStore; openAppKeys: OpenAppKeys };

/** Finds and opens a version of the app's keys. */
export function makeAppKeys({ integration, openAppKeys }: Deps): { of: AppKeysOf; current: CurrentAppKeys } {
  async function open(appVersion: number, secretVersions: Record<string, string>) {
    const versionId = secretVersions[String(appVersion)];
    return versionId === undefined ? undefined : { keys: await openAppKeys(versionId), appVersion };
  }

  return {
    async of(appVersion) {
      const found = await integration.find();
      return found && open(appVersion, found.secretVersions);
    },
    async current() {
      const found = await integration.find();
      return found && open(found.appVersion, found.secretVersions);
    },
  };
}
