import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { type Ask, AwsError, type AwsReply, type AwsRequest } from '../aws/aws-request.ts';
import { decodeChunked } from '../aws/decode-chunked.ts';
import type { ObjectHead, ObjectStore, WriteCondition } from './object-store.ts';

export interface BucketFacts {
  readonly name: string;
  readonly keyArn?: string;
  /** With a bucket key S3 asks KMS about the bucket, not about each object. */
  readonly bucketKey: boolean;
}

const KEPT_HEADERS =
  /^(content-type|content-encoding|content-language|content-disposition|cache-control|expires|x-amz-meta-.+|x-amz-checksum-.+)$/;
const MAX_PUT_BYTES = 5 * 1024 ** 3;

export function bucketArn(bucket: BucketFacts): string {
  return `arn:aws:s3:::${bucket.name}`;
}

function objectHeaders(object: ObjectHead, request: AwsRequest): Record<string, string> {
  const wantsChecksum =
    request.headers['x-amz-checksum-mode'] === 'ENABLED' && request.headers['range'] === undefined;
  const kept = Object.entries(object.headers).filter(
    ([name]) => wantsChecksum || !name.startsWith('x-amz-checksum-'),
  );
  return {
    ...Object.fromEntries(kept),
    etag: object.etag,
    'last-modified': new Date(object.modified).toUTCString(),
    'accept-ranges': 'bytes',
    'content-length': String(object.size),
  };
}

function checkChecksums(headers: Readonly<Record<string, string>>, body: Buffer): void {
  const given = headers['x-amz-checksum-crc32'];
  const crc = Buffer.alloc(4);
  crc.writeUInt32BE(crc32(body));
  if (given !== undefined && given !== crc.toString('base64')) {
    throw new AwsError('BadDigest', 'The CRC32 you specified did not match the calculated checksum.');
  }
  const sha = headers['x-amz-checksum-sha256'];
  if (sha !== undefined && sha !== createHash('sha256').update(body).digest('base64')) {
    throw new AwsError('BadDigest', 'The SHA256 you specified did not match the calculated checksum.');
  }
}

function writeCondition(headers: Readonly<Record<string, string>>): WriteCondition {
  if (headers['if-none-match'] === '*') return { absent: true };
  const etag = headers['if-match'];
  return etag === undefined ? undefined : { etag };
}

export function contentOf(request: AwsRequest): { body: Buffer; headers: Record<string, string> } {
  const kept = Object.fromEntries(
    Object.entries(request.headers).filter(([name]) => KEPT_HEADERS.test(name)),
  );
  const encodings = (kept['content-encoding'] ?? '').split(',').map((part) => part.trim());
  const streamed = request.headers['x-amz-content-sha256']?.startsWith('STREAMING-') ?? false;
  const rest = encodings.filter((part) => part !== '' && part !== 'aws-chunked').join(',');
  const { 'content-encoding': _chunked, ...others } = kept;
  const headers = rest === '' ? others : { ...others, 'content-encoding': rest };
  return { headers, body: streamed ? decodeChunked(request.body) : request.body };
}

export function putObject(
  store: ObjectStore,
  bucket: BucketFacts,
  key: string,
  request: AwsRequest,
): AwsReply {
  const { body, headers } = contentOf(request);
  if (body.length > MAX_PUT_BYTES)
    throw new AwsError('EntityTooLarge', 'Your proposed upload exceeds the maximum allowed size');
  checkChecksums(headers, body);
  const condition = writeCondition(request.headers);
  const written = store.put(
    bucket.name,
    key,
    body,
    { 'content-type': 'binary/octet-stream', ...headers },
    condition,
  );
  if (written) return { status: 200, headers: { etag: written.etag }, body: '' };
  if (condition && 'etag' in condition && !store.head(bucket.name, key)) throw noSuchKey();
  throw new AwsError(
    'PreconditionFailed',
    'At least one of the pre-conditions you specified did not hold',
    412,
  );
}

const noSuchKey = () => new AwsError('NoSuchKey', 'The specified key does not exist.', 404);

/** Without permission to list, S3 does not tell whether an object is there (API reference, GetObject). */
function missing(bucket: BucketFacts, ask: Ask): AwsError {
  const mayList = ask({ action: 's3:ListBucket', resource: bucketArn(bucket), context: {} });
  return mayList ? noSuchKey() : new AwsError('AccessDenied', 'Access Denied', 403);
}

function rangeOf(header: string | undefined, size: number): { from: number; to: number } | undefined {
  const [, from, to] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? [];
  if (from === undefined || to === undefined || (from === '' && to === '')) return undefined;
  if (from === '') return { from: Math.max(0, size - Number(to)), to: size };
  return { from: Number(from), to: to === '' ? size : Math.min(size, Number(to) + 1) };
}

export function getObject(
  store: ObjectStore,
  bucket: BucketFacts,
  key: string,
  request: AwsRequest,
  ask: Ask,
): AwsReply {
  const object = store.get(bucket.name, key);
  if (!object) throw missing(bucket, ask);
  const headers = objectHeaders(object, request);
  if (request.headers['if-none-match'] === object.etag)
    return { status: 304, headers: { etag: object.etag }, body: '' };
  const wanted = request.headers['if-match'];
  if (wanted !== undefined && wanted !== object.etag) {
    throw new AwsError(
      'PreconditionFailed',
      'At least one of the pre-conditions you specified did not hold',
      412,
    );
  }
  const range = rangeOf(request.headers['range'], object.size);
  if (!range) return { status: 200, headers, body: object.body };
  if (range.from >= object.size)
    throw new AwsError('InvalidRange', 'The requested range is not satisfiable', 416);
  const part = object.body.subarray(range.from, range.to);
  const contentRange = `bytes ${range.from}-${range.to - 1}/${object.size}`;
  return {
    status: 206,
    headers: { ...headers, 'content-length': String(part.length), 'content-range': contentRange },
    body: part,
  };
}

export function headObject(
  store: ObjectStore,
  bucket: BucketFacts,
  key: string,
  request: AwsRequest,
  ask: Ask,
): AwsReply {
  const object = store.head(bucket.name, key);
  if (!object) throw missing(bucket, ask);
  return { status: 200, headers: objectHeaders(object, request), body: '' };
}

export function deleteObject(store: ObjectStore, bucket: BucketFacts, key: string): AwsReply {
  store.delete(bucket.name, key);
  return { status: 204, headers: {}, body: '' };
}
