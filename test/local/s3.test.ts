import { Readable } from 'node:stream';
import {
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  NoSuchBucket,
  NoSuchKey,
  NotFound,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { RunningStack } from '../../local/start-stack.ts';
import { clientsOf, startFixture } from './fixture.ts';

let stack: RunningStack;
let s3: ReturnType<typeof clientsOf>['s3'];
let Bucket: string;

beforeAll(async () => {
  stack = await startFixture();
  s3 = clientsOf(stack).s3;
  Bucket = stack.outputs['BucketName'] ?? '';
});
afterAll(() => stack.close());

const put = (Key: string, Body: string | Uint8Array | Readable = 'x', more = {}) =>
  s3.send(new PutObjectCommand({ Bucket, Key, Body, ...more }));
const read = async (Key: string, more = {}) =>
  (await s3.send(new GetObjectCommand({ Bucket, Key, ...more }))).Body?.transformToString();

describe('an object', () => {
  it('is read as it was written, with its headers', async () => {
    const bytes = new Uint8Array([0, 255, 10, 13]);
    await put('bytes', bytes, {
      ContentType: 'application/zstd',
      ContentEncoding: 'zstd',
      Metadata: { run: '7' },
    });

    const object = await s3.send(new GetObjectCommand({ Bucket, Key: 'bytes' }));

    expect(await object.Body?.transformToByteArray()).toEqual(bytes);
    expect(object).toMatchObject({
      ContentType: 'application/zstd',
      ContentEncoding: 'zstd',
      ContentLength: 4,
      Metadata: { run: '7' },
    });
  });

  it.each([
    'plain',
    'with space',
    'slash/and/slash',
    'plus+and&amp',
    "quote'()*!",
    'école/日本',
    '100%',
    'a=b;c:d@e',
  ])('may be called %s', async (key) => {
    await put(key, `body of ${key}`);

    expect(await read(key)).toBe(`body of ${key}`);
  });

  it('may come as a stream of unknown length', async () => {
    await put('stream', Readable.from([Buffer.from('first '), Buffer.from('second')]), { ContentLength: 12 });

    expect(await read('stream')).toBe('first second');
  });

  it('is written only once under If-None-Match: *', async () => {
    await put('once', 'first', { IfNoneMatch: '*' });

    await expect(put('once', 'second', { IfNoneMatch: '*' })).rejects.toMatchObject({
      name: 'PreconditionFailed',
      $metadata: { httpStatusCode: 412 },
    });
    expect(await read('once')).toBe('first');
  });

  it('is written by one of many that race under If-None-Match: *', async () => {
    const outcomes = await Promise.allSettled(
      Array.from({ length: 8 }, (_, index) => put('race', `${index}`, { IfNoneMatch: '*' })),
    );

    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('is replaced only when it is the one that was read, under If-Match', async () => {
    const { ETag } = await put('swap', 'first');
    await put('swap', 'second', { IfMatch: ETag });

    await expect(put('swap', 'third', { IfMatch: ETag })).rejects.toMatchObject({
      name: 'PreconditionFailed',
    });
    expect(await read('swap')).toBe('second');
  });

  it('is read in part', async () => {
    await put('range', '0123456789');

    expect(await read('range', { Range: 'bytes=2-4' })).toBe('234');
    expect(await read('range', { Range: 'bytes=-3' })).toBe('789');
  });

  it('is not sent again to who has it', async () => {
    const { ETag } = await put('same', 'x');

    await expect(
      s3.send(new GetObjectCommand({ Bucket, Key: 'same', IfNoneMatch: ETag })),
    ).rejects.toMatchObject({ $metadata: { httpStatusCode: 304 } });
  });

  it('is looked at without its body', async () => {
    await put('head', 'four');

    expect(await s3.send(new HeadObjectCommand({ Bucket, Key: 'head' }))).toMatchObject({ ContentLength: 4 });
    await expect(s3.send(new HeadObjectCommand({ Bucket, Key: 'nowhere' }))).rejects.toBeInstanceOf(NotFound);
  });

  it('is deleted, alone or with others, and deleting what is not there is no error', async () => {
    for (const key of ['gone/1', 'gone/2', 'gone/3']) await put(key);

    await s3.send(new DeleteObjectCommand({ Bucket, Key: 'gone/1' }));
    const { Deleted } = await s3.send(
      new DeleteObjectsCommand({
        Bucket,
        Delete: { Objects: [{ Key: 'gone/2' }, { Key: 'gone/3' }, { Key: 'gone/4' }] },
      }),
    );

    expect(Deleted).toHaveLength(3);
    const { KeyCount } = await s3.send(new ListObjectsV2Command({ Bucket, Prefix: 'gone/' }));
    expect(KeyCount).toBe(0);
    await expect(read('gone/1')).rejects.toBeInstanceOf(NoSuchKey);
  });
});

describe('a bucket', () => {
  const list = (more = {}) => s3.send(new ListObjectsV2Command({ Bucket, ...more }));

  it('lists its keys in UTF-8 order, page by page', async () => {
    const keys = ['list/B', 'list/a', 'list/z', 'list/é', 'list/日'];
    for (const key of keys) await put(key);

    const first = await list({ Prefix: 'list/', MaxKeys: 2 });
    const rest = await list({ Prefix: 'list/', ContinuationToken: first.NextContinuationToken });

    expect(first.IsTruncated).toBe(true);
    expect([...(first.Contents ?? []), ...(rest.Contents ?? [])].map(({ Key }) => Key)).toEqual(keys);
    expect(rest.IsTruncated).toBe(false);
  });

  it('lists from a key on', async () => {
    for (const key of ['from/1', 'from/2', 'from/3']) await put(key);

    const { Contents } = await list({ Prefix: 'from/', StartAfter: 'from/1' });

    expect(Contents?.map(({ Key }) => Key)).toEqual(['from/2', 'from/3']);
  });

  it('lists folders once when given a delimiter', async () => {
    for (const key of ['tree/a/1', 'tree/a/2', 'tree/b/1', 'tree/leaf']) await put(key);

    const { CommonPrefixes, Contents } = await list({ Prefix: 'tree/', Delimiter: '/' });

    expect(CommonPrefixes?.map(({ Prefix }) => Prefix)).toEqual(['tree/a/', 'tree/b/']);
    expect(Contents?.map(({ Key }) => Key)).toEqual(['tree/leaf']);
  });

  it('does not take a prefix for a pattern', async () => {
    for (const key of ['pat/a_c', 'pat/abc', 'pat/a%c']) await put(key);

    expect((await list({ Prefix: 'pat/a_' })).Contents?.map(({ Key }) => Key)).toEqual(['pat/a_c']);
  });

  it('that is not of the stack does not exist', async () => {
    await expect(s3.send(new GetObjectCommand({ Bucket: 'elsewhere', Key: 'x' }))).rejects.toBeInstanceOf(
      NoSuchBucket,
    );
  });
});
