import { randomBytes, randomUUID } from 'node:crypto';
import type { BucketFacts } from '../services/s3-objects.ts';
import type { SecretFacts, SecretStore } from '../services/secret-store.ts';
import type { Stack } from '../template/read-stack.ts';
import { Refusal } from '../template/refusal.ts';

/** Every name a key of the stack goes by → its ARN. */
export function readKeys(stack: Stack): Map<string, string> {
  const names = new Map<string, string>();
  for (const { identity } of stack.all('AWS::KMS::Key')) {
    const arn = String(identity.attributes['Arn']);
    names.set(identity.ref, arn).set(arn, arn);
  }
  for (const { logicalId, properties } of stack.all('AWS::KMS::Alias')) {
    const arn = names.get(properties.TargetKeyId);
    if (arn === undefined)
      throw new Refusal(
        `the key ${properties.TargetKeyId}`,
        `Resources.${logicalId}`,
        'the stack has no such key',
        'Correct the alias',
      );
    const prefix = arn.slice(0, arn.indexOf(':key/') + 1);
    names.set(properties.AliasName, arn).set(`${prefix}${properties.AliasName}`, arn);
  }
  return names;
}

export function readBuckets(stack: Stack, keys: ReadonlyMap<string, string>): Map<string, BucketFacts> {
  const buckets = stack.all('AWS::S3::Bucket').map(({ identity, properties }): BucketFacts => {
    const rule = properties.BucketEncryption?.ServerSideEncryptionConfiguration[0];
    const keyArn = keys.get(rule?.ServerSideEncryptionByDefault?.KMSMasterKeyID ?? '');
    return {
      name: identity.ref,
      bucketKey: rule?.BucketKeyEnabled === true,
      ...(keyArn === undefined ? {} : { keyArn }),
    };
  });
  return new Map(buckets.map((bucket) => [bucket.name, bucket]));
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const PUNCTUATION = '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~';

type Generate = ReturnType<typeof secretsOf>[number]['properties']['GenerateSecretString'];

function secretsOf(stack: Stack) {
  return stack.all('AWS::SecretsManager::Secret');
}

function generate(rules: Generate): string {
  const alphabet = [
    ...LETTERS,
    ...(rules?.ExcludePunctuation ? '' : PUNCTUATION),
    ...(rules?.IncludeSpace ? ' ' : ''),
  ];
  const usable = alphabet.filter((letter) => !(rules?.ExcludeCharacters ?? '').includes(letter));
  const drawn = [...randomBytes((rules?.PasswordLength ?? 32) * 2)];
  const text = drawn
    .slice(0, rules?.PasswordLength ?? 32)
    .map((byte, index) => usable[(byte * 256 + (drawn.at(-index - 1) ?? 0)) % usable.length])
    .join('');
  if (rules?.SecretStringTemplate === undefined || rules.GenerateStringKey === undefined) return text;
  return JSON.stringify({ ...JSON.parse(rules.SecretStringTemplate), [rules.GenerateStringKey]: text });
}

export function readSecrets(stack: Stack, keys: ReadonlyMap<string, string>): SecretFacts[] {
  return secretsOf(stack).map(({ identity, properties }) => {
    const arn = identity.ref;
    const name = (arn.split(':secret:')[1] ?? '').replace(/-[^-]{6}$/, '');
    const keyArn = keys.get(properties.KmsKeyId ?? '');
    return {
      arn,
      name,
      ...(properties.Description === undefined ? {} : { description: properties.Description }),
      ...(keyArn === undefined ? {} : { keyArn }),
    };
  });
}

/** Gives each secret the first value its template asks for, once in the life of a state folder. */
export function fillSecrets(stack: Stack, secrets: readonly SecretFacts[], store: SecretStore): void {
  for (const { identity, properties } of secretsOf(stack)) {
    const secret = secrets.find(({ arn }) => arn === identity.ref);
    const asked =
      properties.SecretString ??
      (properties.GenerateSecretString && generate(properties.GenerateSecretString));
    if (!secret || asked === undefined || store.versions(secret).length > 0) continue;
    store.put(secret, randomUUID(), { SecretString: asked }, ['AWSCURRENT']);
  }
}
