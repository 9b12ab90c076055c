import {
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { DecryptCommand, GenerateDataKeyCommand } from '@aws-sdk/client-kms';
import { DeleteObjectsCommand, GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { GetSecretValueCommand, PutSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { policiesFor } from '../../local/iam/access-book.ts';
import { evaluate } from '../../local/iam/evaluate.ts';
import { policiesOf } from '../../local/policies-of.ts';
import type { RunningStack } from '../../local/start-stack.ts';
import { clientsOf, control, fixtureAssembly, type Keys, startFixture } from './fixture.ts';

const Invoked = z.object({ payload: z.string() });
const Answer = z.object({ body: z.string() });
const Environment = z.object({
  env: z.object({
    AWS_ACCESS_KEY_ID: z.string(),
    AWS_SECRET_ACCESS_KEY: z.string(),
    AWS_SESSION_TOKEN: z.string(),
  }),
});
const Authorizations = z.array(
  z.object({
    function: z.string(),
    role: z.string(),
    action: z.string(),
    resource: z.string(),
    decision: z.string(),
    statement: z.object({ policy: z.string(), index: z.number(), sid: z.string().optional() }).nullable(),
    count: z.number(),
    context: z.record(z.string(), z.array(z.string())),
  }),
);

let stack: RunningStack;
let api: ReturnType<typeof clientsOf>;
let stranger: ReturnType<typeof clientsOf>;
let lines: string[];
let strangerName: string;

/** The credentials that the function of that name runs with. */
async function keysOf(name: string): Promise<Keys> {
  const { payload } = Invoked.parse(await control(stack, 'POST', `/functions/${name}/invoke`, {}));
  const { env } = Environment.parse(JSON.parse(Answer.parse(JSON.parse(payload)).body));
  return {
    accessKeyId: env.AWS_ACCESS_KEY_ID,
    secretAccessKey: env.AWS_SECRET_ACCESS_KEY,
    sessionToken: env.AWS_SESSION_TOKEN,
  };
}

const output = (name: string) => stack.outputs[name] ?? '';

beforeAll(async () => {
  lines = [];
  stack = await startFixture({ onLog: (line) => lines.push(line) });
  const logical = z
    .array(z.object({ name: z.string(), logicalId: z.string() }))
    .parse(await control(stack, 'GET', '/functions'));
  const named = (start: string) => logical.find(({ logicalId }) => logicalId.startsWith(start))?.name ?? '';
  api = clientsOf(stack, await keysOf(named('Api')));
  strangerName = named('Stranger');
  stranger = clientsOf(stack, await keysOf(strangerName));
});
afterAll(() => stack.close());

const key = (pk: string) => ({ pk: { S: pk }, sk: { S: '1' } });

describe('DynamoDB lets a role', () => {
  it('reach the rows its leading key names, and refuses the others in AWS words', async () => {
    const TableName = output('TableName');
    await stranger.dynamodb.send(new PutItemCommand({ TableName, Item: key('mine') }));

    await expect(
      stranger.dynamodb.send(new GetItemCommand({ TableName, Key: key('yours') })),
    ).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: expect.stringMatching(
        /^User: arn:aws:sts::000000000000:assumed-role\/.+ is not authorized to perform: dynamodb:GetItem on resource: arn:aws:dynamodb:.+ because no identity-based policy allows the dynamodb:GetItem action$/,
      ),
      $metadata: { httpStatusCode: 400 },
    });
  });

  it('do each part of a transaction that it may do alone', async () => {
    const TableName = output('TableName');
    const write = (item: object) =>
      stranger.dynamodb.send(new TransactWriteItemsCommand({ TransactItems: [item] }));

    await write({ Put: { TableName, Item: key('mine') } });

    await expect(write({ Delete: { TableName, Key: key('mine') } })).rejects.toMatchObject({
      message: expect.stringMatching(/dynamodb:DeleteItem/),
    });
    await expect(
      write({ ConditionCheck: { TableName, Key: key('mine'), ConditionExpression: 'attribute_exists(pk)' } }),
    ).rejects.toMatchObject({ message: expect.stringMatching(/dynamodb:ConditionCheckItem/) });
  });

  it('query a table, which is not its index', async () => {
    const query = { TableName: output('TableName'), ExpressionAttributeValues: { ':k': { S: 'x' } } };
    await stranger.dynamodb.send(new QueryCommand({ ...query, KeyConditionExpression: 'pk = :k' }));

    const onIndex = {
      ...query,
      IndexName: 'by-owner',
      KeyConditionExpression: '#o = :k',
      ExpressionAttributeNames: { '#o': 'owner' },
    };
    await expect(stranger.dynamodb.send(new QueryCommand(onIndex))).rejects.toMatchObject({
      message: expect.stringMatching(/index\/by-owner/),
    });
    await api.dynamodb.send(new QueryCommand(onIndex));
  });
});

describe('S3 lets a role', () => {
  it('not tell a missing object from a forbidden one, without the right to list', async () => {
    const missing = { Bucket: output('BucketName'), Key: 'open/missing' };

    await expect(stranger.s3.send(new GetObjectCommand(missing))).rejects.toMatchObject({
      name: 'AccessDenied',
      $metadata: { httpStatusCode: 403 },
    });
    await expect(api.s3.send(new GetObjectCommand(missing))).rejects.toMatchObject({ name: 'NoSuchKey' });
  });

  it('not write under a key it may not use', async () => {
    const put = new PutObjectCommand({ Bucket: output('BucketName'), Key: 'open/x', Body: 'x' });

    await expect(stranger.s3.send(put)).rejects.toMatchObject({ name: 'AccessDenied' });
    await api.s3.send(put);
  });

  it('delete of many objects only those it may', async () => {
    const { Errors, Deleted } = await stranger.s3.send(
      new DeleteObjectsCommand({ Bucket: output('BucketName'), Delete: { Objects: [{ Key: 'open/x' }] } }),
    );

    expect(Deleted ?? []).toEqual([]);
    expect(Errors).toMatchObject([{ Key: 'open/x', Code: 'AccessDenied' }]);
  });
});

describe('SQS lets a role', () => {
  it('not send to a queue whose key it may not use', async () => {
    const send = new SendMessageCommand({ QueueUrl: output('QueueUrl'), MessageBody: 'x' });

    await expect(stranger.sqs.send(send)).rejects.toMatchObject({
      message: expect.stringMatching(/kms:GenerateDataKey/),
    });
  });

  it('not send where a statement denies it, though another allows it', async () => {
    const send = stranger.sqs.send(
      new SendMessageCommand({ QueueUrl: output('IdleQueueUrl'), MessageBody: 'x' }),
    );

    await expect(send).rejects.toMatchObject({
      $metadata: { httpStatusCode: 403 },
      message: expect.stringMatching(/explicit deny/),
    });
  });
});

describe('Secrets Manager lets a role', () => {
  it('not open a secret whose key it may not use', async () => {
    const get = new GetSecretValueCommand({ SecretId: output('SecretArn') });

    await expect(stranger.secrets.send(get)).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: 'Access to KMS is not allowed',
    });
    await api.secrets.send(get);
  });

  it('not write a secret it may only read', async () => {
    const put = stranger.secrets.send(
      new PutSecretValueCommand({ SecretId: output('SecretArn'), SecretString: 'x' }),
    );

    await expect(put).rejects.toMatchObject({
      message: expect.stringMatching(/secretsmanager:PutSecretValue/),
    });
  });
});

describe('KMS lets a role', () => {
  const seal = (EncryptionContext?: Record<string, string>) =>
    stranger.kms.send(
      new GenerateDataKeyCommand({
        KeyId: output('KeyArn'),
        KeySpec: 'AES_256',
        ...(EncryptionContext ? { EncryptionContext } : {}),
      }),
    );

  it('use a key under the encryption context its statement names, and no other', async () => {
    const EncryptionContext = { stage: 'test' };
    const { CiphertextBlob } = await seal(EncryptionContext);
    await stranger.kms.send(new DecryptCommand({ CiphertextBlob, EncryptionContext }));

    await expect(seal({ stage: 'live' })).rejects.toMatchObject({ name: 'AccessDeniedException' });
    await expect(seal()).rejects.toMatchObject({ name: 'AccessDeniedException' });
  });
});

describe('nobody gets in', () => {
  const get = (credentials: Keys) =>
    clientsOf(stack, credentials).dynamodb.send(
      new GetItemCommand({ TableName: output('TableName'), Key: key('mine') }),
    );

  it.each<[string, (keys: Keys) => Keys]>([
    ['an unknown access key', (keys) => ({ ...keys, accessKeyId: 'ASIA0000000000000000' })],
    ['another secret', (keys) => ({ ...keys, secretAccessKey: 'guessed' })],
    ['another session token', (keys) => ({ ...keys, sessionToken: 'guessed' })],
  ])('with %s', async (_title, change) => {
    await expect(get(change(stack.owner))).rejects.toMatchObject({ $metadata: { httpStatusCode: 403 } });
  });

  it('without a signature', async () => {
    const reply = await fetch(stack.awsUrl, {
      method: 'POST',
      headers: { 'x-amz-target': 'DynamoDB_20120810.ListTables' },
      body: '{}',
    });

    expect(reply.status).toBe(403);
  });
});

describe('every decision is kept', () => {
  it('with the statement that made it and how often', async () => {
    const kept = Authorizations.parse(await control(stack, 'GET', '/authorizations'));
    const denied = kept.find(
      ({ action, resource }) => action === 'sqs:SendMessage' && resource.includes('Idle'),
    );

    expect(denied).toMatchObject({
      decision: 'explicitDeny',
      statement: { policy: expect.stringMatching(/^StrangerRole/) },
      count: 1,
    });
    expect(kept.find(({ action }) => action === 'dynamodb:DeleteItem')).toMatchObject({
      decision: 'implicitDeny',
      statement: null,
    });
  });

  it('for what AWS does with the role: polling its queue, writing its logs, using its keys through services', async () => {
    const kept = Authorizations.parse(await control(stack, 'GET', '/authorizations'));
    const allowed = new Set(
      kept
        .filter(({ decision }) => decision === 'allowed')
        .map(({ action, function: who }) => `${who.split('-')[1]?.replace(/[0-9A-F]{8}$/, '')} ${action}`),
    );

    expect([...allowed]).toEqual(
      expect.arrayContaining([
        'Worker sqs:ReceiveMessage',
        'Worker sqs:GetQueueAttributes',
        'Worker kms:Decrypt',
        'Api kms:GenerateDataKey',
      ]),
    );
  });

  it('and compared with every statement as it was written', async () => {
    const statements = z
      .array(
        z.object({ role: z.string(), policy: z.string(), index: z.number(), actions: z.array(z.string()) }),
      )
      .parse(await control(stack, 'GET', '/statements'));
    const kept = Authorizations.parse(await control(stack, 'GET', '/authorizations'));
    const used = kept.filter(({ statement, role }) => statement && !role.endsWith('.amazonaws.com'));

    for (const { role, statement } of used) {
      expect(statements).toContainEqual(
        expect.objectContaining({ role, policy: statement?.policy, index: statement?.index }),
      );
    }
    expect(used.length).toBeGreaterThan(5);
  });

  it('and the lines of a function without leave to write logs are lost, which is said', async () => {
    await control(stack, 'POST', `/functions/${strangerName}/invoke`, {
      queryStringParameters: { mode: 'log', word: 'unseen' },
    });

    expect(lines.join('\n')).toMatch(
      /the logs of Fixture-Stranger.* are lost: its role may not logs:CreateLogGroup/,
    );
    expect(lines.join('\n')).not.toMatch(/logged unseen/);
  });
});

describe('a recorded question', () => {
  it('asked again of the policies as written gets the same answer, and another one without its statement', async () => {
    const book = policiesOf(fixtureAssembly());
    const kept = Authorizations.parse(await control(stack, 'GET', '/authorizations'));
    const asked = kept.find(
      ({ action, decision }) => action === 'dynamodb:PutItem' && decision === 'allowed',
    );
    const { role = '', action = '', resource = '', context = {}, statement } = asked ?? {};
    const arn = `arn:aws:iam::000000000000:role/${role}`;
    const request = {
      principal: { kind: 'role' as const, arn, sessionArn: arn, account: '000000000000' },
      action,
      resource,
      context,
    };
    const policies = policiesFor(book, role, resource);
    const without = policies.identity.map(({ name, document }) => ({
      name,
      document: {
        ...document,
        Statement: document.Statement.filter(
          (_each, index) => name !== statement?.policy || index !== statement.index,
        ),
      },
    }));

    expect(evaluate(policies, request)).toEqual({ decision: 'allowed', statement });
    expect(evaluate({ ...policies, identity: without }, request).decision).toBe('implicitDeny');
  });
});
