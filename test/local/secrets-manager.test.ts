import { randomUUID } from 'node:crypto';
import {
  DescribeSecretCommand,
  GetSecretValueCommand,
  LimitExceededException,
  ListSecretVersionIdsCommand,
  PutSecretValueCommand,
  ResourceExistsException,
  ResourceNotFoundException,
  UpdateSecretVersionStageCommand,
} from '@aws-sdk/client-secrets-manager';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { RunningStack } from '../../local/start-stack.ts';
import { clientsOf, startFixture } from './fixture.ts';

let stack: RunningStack;
let secrets: ReturnType<typeof clientsOf>['secrets'];
let SecretId: string;

beforeAll(async () => {
  stack = await startFixture();
  secrets = clientsOf(stack).secrets;
  SecretId = stack.outputs['SecretArn'] ?? '';
});
afterAll(() => stack.close());

const put = (SecretString: string, more = {}) =>
  secrets.send(new PutSecretValueCommand({ SecretId, SecretString, ...more }));
const get = (more = {}) => secrets.send(new GetSecretValueCommand({ SecretId, ...more }));
const stages = async () =>
  (await secrets.send(new DescribeSecretCommand({ SecretId }))).VersionIdsToStages ?? {};

describe('a secret', () => {
  it('begins with the value its template asks for', async () => {
    expect((await get()).SecretString).toHaveLength(32);
  });

  it('gives the newest value, under each of its names', async () => {
    await put('second');

    for (const name of [SecretId, 'fixture/app', SecretId.slice(0, -7)]) {
      expect(await get({ SecretId: name })).toMatchObject({
        SecretString: 'second',
        VersionStages: ['AWSCURRENT'],
        Name: 'fixture/app',
      });
    }
  });

  it('keeps the value before it as AWSPREVIOUS, and older ones only by their id', async () => {
    const { VersionId: oldest } = await put('a');
    const { VersionId: older } = await put('b');
    const { VersionId: newest } = await put('c');

    expect(await get({ VersionStage: 'AWSPREVIOUS' })).toMatchObject({ SecretString: 'b' });
    expect(await stages()).toEqual({ [older ?? '']: ['AWSPREVIOUS'], [newest ?? '']: ['AWSCURRENT'] });
    expect(await get({ VersionId: oldest })).toMatchObject({ SecretString: 'a' });
  });

  it('put twice under one token is put once; with another value it is refused', async () => {
    const ClientRequestToken = randomUUID();
    await put('token', { ClientRequestToken });
    const again = await put('token', { ClientRequestToken });

    expect(again.VersionId).toBe(ClientRequestToken);
    await expect(put('other', { ClientRequestToken })).rejects.toBeInstanceOf(ResourceExistsException);
    expect((await get()).SecretString).toBe('token');
  });

  it('takes a label of its own without moving AWSCURRENT', async () => {
    await put('current');
    await put('pending', { VersionStages: ['PENDING'] });

    expect(await get()).toMatchObject({ SecretString: 'current' });
    expect(await get({ VersionStage: 'PENDING' })).toMatchObject({ SecretString: 'pending' });
  });

  it('moves AWSCURRENT only when told from where, and AWSPREVIOUS follows', async () => {
    const { VersionId: from } = await put('from');
    const { VersionId: to } = await put('to', { VersionStages: ['NEXT'] });
    const move = (more = {}) =>
      secrets.send(
        new UpdateSecretVersionStageCommand({
          SecretId,
          VersionStage: 'AWSCURRENT',
          MoveToVersionId: to,
          ...more,
        }),
      );

    await expect(move()).rejects.toMatchObject({ name: 'InvalidParameterException' });
    await move({ RemoveFromVersionId: from });

    expect(await stages()).toMatchObject({
      [to ?? '']: ['NEXT', 'AWSCURRENT'],
      [from ?? '']: ['AWSPREVIOUS'],
    });
  });

  it('lists its versions, those without a label only when asked', async () => {
    const list = async (IncludeDeprecated: boolean) =>
      (await secrets.send(new ListSecretVersionIdsCommand({ SecretId, IncludeDeprecated }))).Versions ?? [];

    const labelled = await list(false);

    expect(labelled.every(({ VersionStages }) => (VersionStages ?? []).length > 0)).toBe(true);
    expect((await list(true)).length).toBeGreaterThan(labelled.length);
  });

  it('holds at most 64 KB', async () => {
    await expect(put('x'.repeat(65_537))).rejects.toMatchObject({ name: 'ValidationException' });
  });

  it('has twenty labels at the most over all its versions', async () => {
    const many = async () => {
      for (let n = 1; n <= 20; n += 1) await put(`value ${n}`, { VersionStages: ['AWSCURRENT', `app-${n}`] });
    };

    await expect(many()).rejects.toBeInstanceOf(LimitExceededException);
  });

  it('that is not of the stack, or a label that nobody carries, does not exist', async () => {
    await expect(get({ SecretId: 'nobody' })).rejects.toBeInstanceOf(ResourceNotFoundException);
    await expect(get({ VersionStage: 'NOBODY' })).rejects.toBeInstanceOf(ResourceNotFoundException);
  });
});
