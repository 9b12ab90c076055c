import {
  GetSecretValueCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import * as z from 'zod';
import type { AppKeys, KeepAppKeys, OpenAppKeys } from '../../app/ports.ts';
import { Problem } from '../../domain/problem.ts';
import { tellWhenDown } from './tell-when-down.ts';

const StoredKeys: z.ZodType<AppKeys> = z.object({ clientId: z.string(), clientSecret: z.string() });

/** All versions of a secret together have twenty staging labels, of which AWSCURRENT and AWSPREVIOUS are two. */
const keptVersions = 18;

/**
 * Staging label of an app version: Secrets Manager keeps a version for as long as a label stands on it. Labels come
 * round again, so that the newest eighteen pairs of keys can be opened and no label ever has to be taken away.
 */
function label(appVersion: number): string {
  return `app-${appVersion % keptVersions}`;
}

/** Saves a pair of app keys as a new version of the secret; answers its version id. */
export function makeKeepAppKeys(secretId: string, client = new SecretsManagerClient({})): KeepAppKeys {
  tellWhenDown(client);
  return async (keys, appVersion) => {
    const { VersionId } = await client.send(
      new PutSecretValueCommand({
        SecretId: secretId,
        SecretString: JSON.stringify(keys),
        VersionStages: ['AWSCURRENT', label(appVersion)],
      }),
    );
    if (VersionId === undefined) throw new Problem('broken', 'Secrets Manager named no version');
    return VersionId;
  };
}

/** Opens a version of the app keys; versions never change, so each is read once a process. */
export function makeOpenAppKeys(secretId: string, client = new SecretsManagerClient({})): OpenAppKeys {
  tellWhenDown(client);
  const opened = new Map<string, AppKeys>();
  return async (versionId) => {
    const known = opened.get(versionId);
    if (known !== undefined) return known;
    const { SecretString } = await client.send(
      new GetSecretValueCommand({ SecretId: secretId, VersionId: versionId }),
    );
    if (SecretString === undefined) throw new Problem('broken', 'the app secret holds no text');
    const keys = StoredKeys.parse(JSON.parse(SecretString));
    opened.set(versionId, keys);
    return keys;
  };
}
