import { z } from 'zod';
import { PolicyDocument } from '../iam/policy.ts';
import { arn, count, digestOf, flag, generatedName, idle, type ResourceType, tags } from './resource-type.ts';

const Key = z.strictObject({
  Description: idle('words for people'),
  KeyPolicy: PolicyDocument,
  EnableKeyRotation: idle('the key material is as old as the state folder'),
  RotationPeriodInDays: idle('the key material is as old as the state folder'),
  PendingWindowInDays: idle('nothing deletes a key here'),
  KeySpec: z.literal('SYMMETRIC_DEFAULT').optional(),
  KeyUsage: z.literal('ENCRYPT_DECRYPT').optional(),
  Enabled: z.literal(true).optional(),
  MultiRegion: z.literal(false).optional(),
  Tags: tags,
});

const Alias = z.strictObject({ AliasName: z.string().startsWith('alias/'), TargetKeyId: z.string() });

const Secret = z.strictObject({
  Name: z.string().optional(),
  Description: z.string().optional(),
  KmsKeyId: z.string().optional(),
  SecretString: z.string().optional(),
  GenerateSecretString: z
    .strictObject({
      PasswordLength: count.optional(),
      ExcludeCharacters: z.string().optional(),
      ExcludePunctuation: flag.optional(),
      IncludeSpace: flag.optional(),
      SecretStringTemplate: z.string().optional(),
      GenerateStringKey: z.string().optional(),
      RequireEachIncludedType: idle('the generated text is random enough'),
    })
    .optional(),
  Tags: tags,
});

export const secretTypes = {
  'AWS::KMS::Key': {
    defaultName: (logicalId, place) =>
      digestOf(place.stackName, logicalId).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5'),
    identify: (name, place) => ({
      ref: name,
      attributes: { Arn: arn('kms', place, `key/${name}`), KeyId: name },
    }),
    properties: Key,
  },
  'AWS::KMS::Alias': {
    nameProperty: 'AliasName',
    defaultName: (logicalId, place) => `alias/${generatedName(logicalId, place)}`,
    identify: (name) => ({ ref: name, attributes: {} }),
    properties: Alias,
  },
  'AWS::SecretsManager::Secret': {
    nameProperty: 'Name',
    defaultName: generatedName,
    identify: (name, place, logicalId) => {
      const tail = digestOf(place.stackName, logicalId, 'secret').slice(0, 6);
      const ref = arn('secretsmanager', place, `secret:${name}-${tail}`);
      return { ref, attributes: { Id: ref } };
    },
    properties: Secret,
  },
} satisfies Record<string, ResourceType>;
