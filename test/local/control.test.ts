import { request } from 'node:http';
import { GetItemCommand, PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import type { RunningStack } from '../../local/start-stack.ts';
import { clientsOf, control, startFixture } from './fixture.ts';

let stack: RunningStack;
beforeAll(async () => {
  stack = await startFixture();
});
afterAll(() => stack.close());

const Functions = z.array(z.object({ name: z.string(), logicalId: z.string() }));
const Outcome = z.object({
  kind: z.string(),
  errorType: z.string().optional(),
  payload: z.string().optional(),
});

async function invoke(logical: string, event: object) {
  const all = Functions.parse(await control(stack, 'GET', '/functions'));
  const { name } = all.find(({ logicalId }) => logicalId.startsWith(logical)) ?? { name: 'nobody' };
  return Outcome.parse(await control(stack, 'POST', `/functions/${name}/invoke`, event));
}

const TableName = () => stack.outputs['TableName'];
const put = (sk: string, more = {}) =>
  clientsOf(stack).dynamodb.send(
    new PutItemCommand({ TableName: TableName(), Item: { pk: { S: 'p' }, sk: { S: sk }, ...more } }),
  );
const get = async (sk: string) =>
  (
    await clientsOf(stack).dynamodb.send(
      new GetItemCommand({ TableName: TableName(), Key: { pk: { S: 'p' }, sk: { S: sk } } }),
    )
  ).Item;
const fault = (more: object) =>
  control(stack, 'POST', '/faults', { service: 'dynamodb', operation: 'PutItem', ...more });

describe('an injected fault', () => {
  it('throttles so many calls and then lets them through', async () => {
    await fault({ kind: 'throttle', times: 2 });

    await expect(put('1')).rejects.toMatchObject({ name: 'ProvisionedThroughputExceededException' });
    await expect(put('1')).rejects.toMatchObject({ name: 'ProvisionedThroughputExceededException' });
    await expect(put('1')).resolves.toBeDefined();
  });

  it('fails before the work, or after it', async () => {
    await fault({ kind: 'fail' });
    await expect(put('before')).rejects.toMatchObject({ $metadata: { httpStatusCode: 500 } });
    await fault({ kind: 'fail-after' });
    await expect(put('after')).rejects.toMatchObject({ $metadata: { httpStatusCode: 500 } });

    expect(await get('before')).toBeUndefined();
    expect(await get('after')).toBeDefined();
  });

  it('denies in the words of the service', async () => {
    await fault({ kind: 'deny' });
    await expect(put('1')).rejects.toMatchObject({ name: 'AccessDeniedException' });

    await fault({ service: 's3', operation: '*', kind: 'deny' });
    const object = clientsOf(stack).s3.send(
      new PutObjectCommand({ Bucket: stack.outputs['BucketName'], Key: 'x', Body: '' }),
    );
    await expect(object).rejects.toMatchObject({ name: 'AccessDenied' });
  });

  it('strikes only the operation it names, and can be taken back', async () => {
    await fault({ kind: 'fail' });

    expect(await get('nothing')).toBeUndefined();
    expect(await control(stack, 'DELETE', '/faults')).toEqual([]);
    await expect(put('1')).resolves.toBeDefined();
  });

  it('that makes no sense is refused', async () => {
    await expect(fault({ kind: 'explode' })).rejects.toThrow(/400/);
  });
});

describe('a kill at a call', () => {
  const Seen = z.object({
    pid: z.number(),
    env: z.object({
      AWS_ACCESS_KEY_ID: z.string(),
      AWS_SECRET_ACCESS_KEY: z.string(),
      AWS_SESSION_TOKEN: z.string(),
    }),
  });
  const Reply = z.object({ body: z.string() });

  /** A process of the function, and a client that calls as this process does. */
  async function process() {
    const { payload } = await invoke('Api', {});
    const { pid, env } = Seen.parse(JSON.parse(Reply.parse(JSON.parse(payload ?? '')).body));
    const credentials = {
      accessKeyId: env.AWS_ACCESS_KEY_ID,
      secretAccessKey: env.AWS_SECRET_ACCESS_KEY,
      sessionToken: env.AWS_SESSION_TOKEN,
    };
    const call = (sk: string) =>
      clientsOf(stack, credentials).dynamodb.send(
        new PutItemCommand({ TableName: TableName(), Item: { pk: { S: 'p' }, sk: { S: sk } } }),
      );
    return { pid, call };
  }
  const Pids = z.array(z.object({ sandboxes: z.array(z.object({ pid: z.number(), state: z.string() })) }));
  const isAlive = async (pid: number) =>
    Pids.parse(await control(stack, 'GET', '/functions'))
      .flatMap(({ sandboxes }) => sandboxes)
      .some((one) => one.pid === pid && one.state !== 'dead');

  it.each([
    { kind: 'kill', done: false },
    { kind: 'kill-after', done: true },
  ])('$kind ends the process that makes it, the work done: $done, and nobody is answered', async (row) => {
    const { pid, call } = await process();
    await fault({ kind: row.kind, role: 'ApiRole', skip: 1 });
    await call(`${row.kind}-spared`);
    expect(await isAlive(pid)).toBe(true);

    await expect(call(row.kind)).rejects.toThrow(/hang up|ECONNRESET/);

    expect(await isAlive(pid)).toBe(false);
    expect((await get(row.kind)) !== undefined).toBe(row.done);
    const next = await process();
    expect(next.pid).not.toBe(pid);
    await expect(next.call('again')).resolves.toBeDefined();
  });

  it('leaves alone who is no process of a function', async () => {
    await fault({ kind: 'kill' });

    await expect(put('owner')).resolves.toBeDefined();
    expect(await control(stack, 'DELETE', '/faults')).toEqual([]);
  });

  it('can be aimed: the operations that a function called are listed', async () => {
    const { call } = await process();
    await call('listed');

    expect(await control(stack, 'GET', '/calls')).toContainEqual({
      function: expect.stringContaining('Api'),
      service: 'dynamodb',
      operation: 'PutItem',
      count: expect.any(Number),
    });
  });
});

describe('an index that lags', () => {
  const owned = async () =>
    (
      await clientsOf(stack).dynamodb.send(
        new QueryCommand({
          TableName: TableName(),
          IndexName: 'by-owner',
          KeyConditionExpression: '#o = :o',
          ExpressionAttributeNames: { '#o': 'owner' },
          ExpressionAttributeValues: { ':o': { S: 'late' } },
        }),
      )
    ).Items?.map((item) => item['sk']?.S);

  it('does not know a row that is new to it, and still knows one that was there', async () => {
    await put('old', { owner: { S: 'late' } });
    await control(stack, 'POST', '/index-lag', { milliseconds: 60_000 });

    await put('old', { owner: { S: 'late' }, n: { N: '1' } });
    await put('new', { owner: { S: 'late' } });

    expect(await owned()).toEqual(['old']);
    await control(stack, 'POST', '/index-lag', { milliseconds: 0 });
    expect(await owned()).toEqual(['new', 'old']);
  });
});

describe('a function at its limits', () => {
  it('is refused a third sandbox when two are reserved for it', async () => {
    const outcomes = await Promise.all([1, 2, 3].map(() => invoke('Worker', { sleep: 4000 })));

    expect(outcomes.map(({ kind }) => kind).toSorted()).toEqual(['done', 'done', 'throttled']);
  });

  it('ends when it takes more memory than it has', async () => {
    expect(await invoke('Worker', { grow: true })).toMatchObject({
      kind: 'failed',
      errorType: 'Runtime.ExitError',
    });
  });

  it('gives nothing of more than 6 MB', async () => {
    const event = { queryStringParameters: { mode: 'large', bytes: '6291560' } };

    expect(await invoke('Api', event)).toMatchObject({
      kind: 'failed',
      errorType: 'Function.ResponseSizeTooLarge',
    });
  });
});

describe('the control server', () => {
  const status = (headers: Record<string, string>, method = 'GET') =>
    new Promise<number | undefined>((resolve, reject) => {
      const { hostname, port } = new URL(stack.controlUrl);
      request({ hostname, port, path: '/clock', method, headers }, (reply) =>
        resolve(reply.resume().statusCode),
      )
        .on('error', reject)
        .end();
    });

  it('answers under a name of this machine only, so that no page can reach it by a name of its own', async () => {
    expect(await status({ host: 'evil.test' })).toBe(403);
    expect(await status({ host: 'localhost:1' })).toBe(200);
  });

  it('takes JSON only, which no page may send it unasked', async () => {
    expect(await status({ 'content-type': 'text/plain' }, 'POST')).toBe(415);
  });

  it('says what there is when asked for something else', async () => {
    await expect(control(stack, 'GET', '/nothing')).rejects.toThrow(/404.*GET \/authorizations/);
  });
});
