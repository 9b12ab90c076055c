import { secondsBetween } from '../../domain/instant.ts';
import { isDigestOf } from '../digest.ts';
import type { ApiKey, ApiKeys, Clock, Log } from '../ports.ts';
import { keyIdOf } from './key-text.ts';

/**
 * The stored key that a caller's text is, or nothing: unknown, wrong, revoked and expired are one answer. The key is
 * read from the table at each request, so one that is revoked is refused from the next request on, everywhere.
 */
export type VerifyKey = (text: string) => Promise<ApiKey | undefined>;

/** When a key was last used is told to the hour: it is written no oftener. */
const coarseSeconds = 3600;

type Deps = { apiKeys: Pick<ApiKeys, 'find' | 'change'>; clock: Clock; log: Pick<Log, 'warn'> };

export function makeVerifyKey(deps: Deps): VerifyKey {
  const { apiKeys, clock } = deps;
  return async (text) => {
    const id = keyIdOf(text);
    const key = id === undefined ? undefined : await apiKeys.find(id);
    if (!key || !isDigestOf(key.hash, text)) return undefined;
    if (key.expires !== undefined && key.expires <= clock()) return undefined;
    await noteUse(deps, key);
    return key;
  };
}

/** Nobody is refused because it could not be written down. */
async function noteUse({ apiKeys, clock, log }: Deps, key: ApiKey): Promise<void> {
  const now = clock();
  if (!isOld(key, now)) return;
  try {
    await apiKeys.change(key.id, (current) =>
      isOld(current, now)
        ? { next: { ...current, lastUsed: now }, result: undefined }
        : { result: undefined },
    );
  } catch (error) {
    log.warn('key.use.not-noted', { key: key.id, error: String(error) });
  }
}

function isOld({ lastUsed }: ApiKey, now: string): boolean {
  return lastUsed === undefined || secondsBetween(lastUsed, now) >= coarseSeconds;
}
