import { randomUUID } from 'node:crypto';
import { AwsError, type Need, type Plan, type Service } from '../aws/aws-request.ts';
import { keyNeed } from '../aws/gatekeeper.ts';
import { jsonErrors, jsonReply, plainProtocol, readOperation } from '../aws/json-service.ts';
import { type JsonObject, listAt, textAt } from '../template/json.ts';
import type { SecretFacts, SecretStore, SecretVersion } from './secret-store.ts';

const protocol = plainProtocol('application/x-amz-json-1.1');
const MAX_SECRET_BYTES = 65_536;

const seconds = (milliseconds: number) => milliseconds / 1000;

function versionReply(secret: SecretFacts, version: SecretVersion) {
  return { ARN: secret.arn, Name: secret.name, VersionId: version.id, VersionStages: version.stages };
}

type Answer = (store: SecretStore, secret: SecretFacts, input: JsonObject) => unknown;

const getSecretValue: Answer = (store, secret, input) => {
  const version = store.version(secret, textAt(input, 'VersionId'), textAt(input, 'VersionStage'));
  return { ...versionReply(secret, version), ...version.value, CreatedDate: seconds(version.created) };
};

const putSecretValue: Answer = (store, secret, input) => {
  const value = { SecretString: textAt(input, 'SecretString'), SecretBinary: textAt(input, 'SecretBinary') };
  const size = Buffer.byteLength(value.SecretString ?? value.SecretBinary ?? '');
  if (size === 0)
    throw new AwsError('InvalidParameterException', 'You must provide either SecretString or SecretBinary.');
  if (size > MAX_SECRET_BYTES)
    throw new AwsError('ValidationException', `A secret value is at most ${MAX_SECRET_BYTES} bytes long.`);
  const stages = listAt(input, 'VersionStages').map(String);
  const id = textAt(input, 'ClientRequestToken') ?? randomUUID();
  return versionReply(secret, store.put(secret, id, value, stages.length ? stages : ['AWSCURRENT']));
};

const describeSecret: Answer = (store, secret) => {
  const versions = store.versions(secret).filter(({ stages }) => stages.length > 0);
  return {
    ARN: secret.arn,
    Name: secret.name,
    Description: secret.description,
    KmsKeyId: secret.keyArn,
    VersionIdsToStages: Object.fromEntries(versions.map(({ id, stages }) => [id, stages])),
  };
};

const listVersions: Answer = (store, secret, input) => {
  const all = store.versions(secret);
  const shown = input['IncludeDeprecated'] === true ? all : all.filter(({ stages }) => stages.length > 0);
  return {
    ARN: secret.arn,
    Name: secret.name,
    Versions: shown.map(({ id, stages, created }) => ({
      VersionId: id,
      VersionStages: stages,
      CreatedDate: seconds(created),
    })),
  };
};

const moveStage: Answer = (store, secret, input) => {
  const stage = textAt(input, 'VersionStage') ?? '';
  store.moveStage(secret, stage, textAt(input, 'MoveToVersionId'), textAt(input, 'RemoveFromVersionId'));
  return { ARN: secret.arn, Name: secret.name };
};

type KeyUse = 'kms:Decrypt' | 'kms:GenerateDataKey';

/**
 * Operation → its answer, and what the caller needs of the secret's own key. Who changes a secret value needs both
 * (Secrets Manager user guide, "Permissions for the KMS key").
 */
const operations: Readonly<Record<string, { answer: Answer; key: readonly KeyUse[] }>> = {
  GetSecretValue: { answer: getSecretValue, key: ['kms:Decrypt'] },
  PutSecretValue: { answer: putSecretValue, key: ['kms:GenerateDataKey', 'kms:Decrypt'] },
  DescribeSecret: { answer: describeSecret, key: [] },
  UpdateSecretVersionStage: { answer: moveStage, key: [] },
  ListSecretVersionIds: { answer: listVersions, key: [] },
};

function conditionKeys(input: JsonObject): Need['context'] {
  const stage = textAt(input, 'VersionStage');
  const id = textAt(input, 'VersionId');
  return {
    ...(stage === undefined ? {} : { 'secretsmanager:VersionStage': [stage] }),
    ...(id === undefined ? {} : { 'secretsmanager:VersionId': [id] }),
  };
}

/** Secrets Manager for the secrets of the stack. */
export function makeSecretsManager(secrets: readonly SecretFacts[], store: SecretStore): Service {
  const find = (input: JsonObject): SecretFacts => {
    const id = textAt(input, 'SecretId') ?? '';
    const secret = secrets.find(({ arn, name }) => arn === id || name === id || arn.startsWith(`${id}-`));
    if (secret) return secret;
    throw new AwsError('ResourceNotFoundException', "Secrets Manager can't find the specified secret.");
  };
  return {
    ...jsonErrors(protocol),
    denied: (message, need) =>
      new AwsError(
        'AccessDeniedException',
        need.action.startsWith('kms:') ? 'Access to KMS is not allowed' : message,
      ),
    plan: (request): Plan => {
      const { operation, input } = readOperation(request);
      const known = operations[operation];
      if (!known) throw new AwsError('InvalidRequestException', `${operation} is not served on one machine`);
      const secret = find(input);
      const own = {
        action: `secretsmanager:${operation}`,
        resource: secret.arn,
        context: conditionKeys(input),
      };
      const { keyArn } = secret;
      const key = keyArn
        ? known.key.map((use) => keyNeed(use, keyArn, 'secretsmanager', { SecretARN: secret.arn }))
        : [];
      return {
        operation,
        needs: [own, ...key],
        perform: () => jsonReply(protocol, known.answer(store, secret, input), request.id),
      };
    },
  };
}
