import { Readable } from 'node:stream';
import { S3Client } from '@aws-sdk/client-s3';
import { describe, expect, it } from '@jest/globals';
import { makeObjects } from '../../../src/adapters/aws/objects-bucket.ts';

/** A client whose every call is answered with this error. */
function failing(statusCode: number, code: string): S3Client {
  const body = `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code><Message>No.</Message></Error>`;
  const headers = { 'content-type': 'application/xml' };
  return new S3Client({
    region: 'ca-central-1',
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
    maxAttempts: 1,
    requestHandler: {
      handle: async () => ({ response: { statusCode, headers, body: Readable.from([body]) } }),
    },
  });
}

describe('an object that S3 does not give', () => {
  it('is missing when S3 says so', async () => {
    expect(await makeObjects('books', failing(404, 'NoSuchKey')).get('one')).toBeUndefined();
  });

  it('is missing for a role that may not list when access is denied, which is all it is told', async () => {
    expect(await makeObjects('books', failing(403, 'AccessDenied'), false).get('one')).toBeUndefined();
  });

  it.each([
    [403, 'AccessDenied', true],
    [503, 'SlowDown', true],
    [503, 'SlowDown', false],
  ])('says otherwise that S3 does not answer now: %s %s', async (status, code, mayList) => {
    await expect(makeObjects('books', failing(status, code), mayList).get('one')).rejects.toMatchObject({
      kind: 'unavailable',
      cause: { name: code },
    });
  });
});
