import type { Integration } from '../../domain/integration.ts';
import { Problem } from '../../domain/problem.ts';
import { readScopes } from '../../domain/scopes.ts';
import type { Clock, IntegrationStore, KeepAppKeys, Log } from '../ports.ts';
import { checkScopes, type RefuseSilentChange } from './save-scopes.ts';

type KeysWish = { clientId: string; clientSecret: string; scopes?: readonly string[] | undefined };
export type SaveKeys = (wish: KeysWish) => Promise<void>;

type Deps = {
  integration: IntegrationStore;
  keepAppKeys: KeepAppKeys;
  refuseSilentChange: RefuseSilentChange;
  clock: Clock;
  log: Log;
};

/**
 * Saves the keys of the FreshBooks app as a new version. Consents given before keep the version they were made with.
 * Throws Problem `invalid` for keys that cannot be right, `conflict` when two people save at the same moment.
 */
export function makeSaveKeys(deps: Deps): SaveKeys {
  return async ({ clientId, clientSecret, scopes }) => {
    checkKey('Client ID', clientId);
    checkKey('Client secret', clientSecret);
    const wished = scopes === undefined ? undefined : checkScopes(scopes);
    const before = await deps.integration.find();
    if (wished !== undefined && before !== undefined) await deps.refuseSilentChange(before, wished);
    const appVersion = (before?.appVersion ?? 0) + 1;
    const versionId = await deps.keepAppKeys({ clientId, clientSecret }, appVersion);
    const now = deps.clock();
    const saved = await deps.integration.change((current) => {
      if (current?.appVersion !== before?.appVersion) return { result: false };
      const next = withKeys(current, { clientId, appVersion, versionId, scopes: wished, now });
      return { next, result: true };
    });
    if (!saved)
      throw new Problem(
        'conflict',
        'Somebody else saved keys at the same moment. Look at them and save again.',
      );
    deps.log.info('setup.keys-saved', { appVersion });
  };
}

type NewKeys = {
  clientId: string;
  appVersion: number;
  versionId: string;
  scopes: string[] | undefined;
  now: string;
};

function withKeys(current: Integration | undefined, keys: NewKeys): Integration {
  const { clientId, appVersion, versionId, now } = keys;
  return {
    clientId,
    appVersion,
    secretVersions: { ...current?.secretVersions, [String(appVersion)]: versionId },
    scopes: keys.scopes ?? current?.scopes ?? [...readScopes],
    enabled: current?.enabled ?? false,
    keysSaved: now,
    changed: now,
  };
}

const longest = 512;

/** FreshBooks' keys are words of printable ASCII; what is pasted along with them is the usual reason for a refusal. */
function checkKey(name: string, key: string): void {
  if (key === '') throw new Problem('invalid', `The ${name} is empty. Copy it from your app in FreshBooks.`);
  if (/\s/u.test(key)) {
    throw new Problem(
      'invalid',
      `The ${name} holds white space. Copy it again without spaces or line breaks.`,
    );
  }
  if (key.length > longest || !/^[\x21-\x7e]+$/.test(key)) {
    throw new Problem(
      'invalid',
      `The ${name} holds characters that no key has. Copy it again from FreshBooks.`,
    );
  }
}
