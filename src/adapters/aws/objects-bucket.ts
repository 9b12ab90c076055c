import {
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  NoSuchKey,
  PutObjectCommand,
  S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import type { Objects } from '../../app/ports.ts';
import { tellWhenDown, told } from './tell-when-down.ts';

/**
 * Immutable objects in the books bucket. To a role that may not list, S3 says of a missing object that access is denied
 * (API reference, GetObject): with `mayList` false that reads as missing.
 */
export function makeObjects(bucket: string, client = new S3Client({}), mayList = true): Objects {
  tellWhenDown(client);
  return {
    put: async (name, bytes, contentType) => {
      await client.send(
        new PutObjectCommand({ Bucket: bucket, Key: name, Body: bytes, ContentType: contentType }),
      );
    },
    get: async (name) => {
      try {
        const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: name }));
        return await Body?.transformToByteArray();
      } catch (error) {
        if (error instanceof NoSuchKey || (!mayList && isDenied(error))) return undefined;
        // A body may break off after its call was answered.
        throw told(error);
      }
    },
    list: (prefix) => listObjects(client, bucket, prefix),
    remove: async (names) => {
      await Promise.all(
        names.map((name) => client.send(new DeleteObjectCommand({ Bucket: bucket, Key: name }))),
      );
    },
  };
}

function isDenied(error: unknown): boolean {
  const { cause } = error instanceof Error ? error : {};
  return cause instanceof S3ServiceException && cause.name === 'AccessDenied';
}

async function* listObjects(client: S3Client, bucket: string, prefix: string): AsyncIterable<string> {
  let from: string | undefined;
  do {
    const page = await client.send(
      new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix, ContinuationToken: from }),
    );
    for (const { Key } of page.Contents ?? []) if (Key !== undefined) yield Key;
    from = page.NextContinuationToken;
  } while (from !== undefined);
}
