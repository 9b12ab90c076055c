import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import {
  type Ask,
  AwsError,
  type AwsReply,
  type AwsRequest,
  type Need,
  type Plan,
  type Service,
} from '../aws/aws-request.ts';
import { decodeChunked } from '../aws/decode-chunked.ts';
import { keyNeed } from '../aws/gatekeeper.ts';
import { continuation, type ObjectHead, type ObjectStore, type WriteCondition } from './object-store.ts';
import { deleteResult, errorXml, keysToDelete, listingXml } from './s3-xml.ts';

export interface BucketFacts {
  readonly name: string;
  readonly keyArn?: string;
  /** With a bucket key S3 asks KMS about the bucket, not about each object. */
  readonly bucketKey: boolean;
}

const KEPT_HEADERS =
  /^(content-type|content-encoding|content-language|content-disposition|cache-control|expires|x-amz-meta-.+|x-amz-checksum-.+)$/;
const MAX_PUT_BYTES = 5 * 1024 ** 3;

const xml = (body: string): AwsReply => ({
  status: 200,
  headers: { 'content-type': 'application/xml' },
  body,
});

function bucketArn(bucket: BucketFacts): string {
  return `arn:aws:s3:::${bucket.name}`;
}

function sealNeeds(bucket: BucketFacts, key: string, action: 'kms:Decrypt' | 'kms:GenerateDataKey'): Need[] {
  if (bucket.keyArn === undefined) return [];
  const about = bucket.bucketKey ? bucketArn(bucket) : `${bucketArn(bucket)}/${key}`;
  return [keyNeed(action, bucket.keyArn, 's3', { 'aws:s3:arn': about })];
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

function contentOf(request: AwsRequest): { body: Buffer; headers: Record<string, string> } {
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

function putObject(store: ObjectStore, bucket: BucketFacts, key: string, request: AwsRequest): AwsReply {
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

function getObject(
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

function headObject(
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

function deleteObject(store: ObjectStore, bucket: BucketFacts, key: string): AwsReply {
  store.delete(bucket.name, key);
  return { status: 204, headers: {}, body: '' };
}

function deleteObjects(store: ObjectStore, bucket: BucketFacts, request: AwsRequest, ask: Ask): AwsReply {
  const { keys, quiet } = keysToDelete(contentOf(request).body.toString('utf8'));
  const allowed = keys.filter((key) =>
    ask({ action: 's3:DeleteObject', resource: `${bucketArn(bucket)}/${key}`, context: {} }),
  );
  for (const key of allowed) store.delete(bucket.name, key);
  return xml(
    deleteResult(
      allowed,
      keys.filter((key) => !allowed.includes(key)),
      quiet,
    ),
  );
}

function listObjects(store: ObjectStore, bucket: BucketFacts, query: URLSearchParams): AwsReply {
  const token = query.get('continuation-token') ?? undefined;
  const after = token === undefined ? (query.get('start-after') ?? '') : continuation.read(token);
  if (after === undefined)
    throw new AwsError('InvalidArgument', 'The continuation token provided is incorrect');
  const maxKeys = Math.min(1000, Number(query.get('max-keys') ?? 1000));
  const encode = query.get('encoding-type') === 'url';
  const listing = { bucket: bucket.name, maxKeys, after, encode, token };
  return xml(
    listingXml(store, {
      ...listing,
      prefix: query.get('prefix') ?? '',
      delimiter: query.get('delimiter') ?? '',
    }),
  );
}

function listContext(query: URLSearchParams): Need['context'] {
  const keys = ['prefix', 'delimiter', 'max-keys'] as const;
  return Object.fromEntries(
    keys.flatMap((key) => (query.has(key) ? [[`s3:${key}`, [query.get(key) ?? '']] as const] : [])),
  );
}

function planBucket(store: ObjectStore, bucket: BucketFacts, request: AwsRequest, ask: Ask): Plan {
  const list = { action: 's3:ListBucket', resource: bucketArn(bucket), context: listContext(request.query) };
  if (request.method === 'HEAD') {
    return {
      operation: 'HeadBucket',
      needs: [list],
      perform: () => ({ status: 200, headers: {}, body: '' }),
    };
  }
  if (request.method === 'GET' && request.query.get('list-type') === '2') {
    return {
      operation: 'ListObjectsV2',
      needs: [list],
      perform: () => listObjects(store, bucket, request.query),
    };
  }
  if (request.method === 'POST' && request.query.has('delete')) {
    return {
      operation: 'DeleteObjects',
      needs: [],
      perform: () => deleteObjects(store, bucket, request, ask),
    };
  }
  throw new AwsError('NotImplemented', `${request.method} ${request.path} is not served on one machine`, 501);
}

type ObjectVerb = {
  readonly operation: string;
  readonly action: string;
  readonly key?: 'kms:Decrypt' | 'kms:GenerateDataKey';
  readonly perform: (
    store: ObjectStore,
    bucket: BucketFacts,
    key: string,
    request: AwsRequest,
    ask: Ask,
  ) => AwsReply;
};

const objectVerbs: Readonly<Record<string, ObjectVerb>> = {
  GET: { operation: 'GetObject', action: 's3:GetObject', key: 'kms:Decrypt', perform: getObject },
  HEAD: { operation: 'HeadObject', action: 's3:GetObject', key: 'kms:Decrypt', perform: headObject },
  PUT: { operation: 'PutObject', action: 's3:PutObject', key: 'kms:GenerateDataKey', perform: putObject },
  DELETE: { operation: 'DeleteObject', action: 's3:DeleteObject', perform: deleteObject },
};

const UNSERVED = [
  'acl',
  'tagging',
  'uploads',
  'uploadId',
  'partNumber',
  'versionId',
  'retention',
  'legal-hold',
  'attributes',
];

function planObject(
  store: ObjectStore,
  bucket: BucketFacts,
  key: string,
  request: AwsRequest,
  ask: Ask,
): Plan {
  const verb = objectVerbs[request.method];
  const unserved =
    UNSERVED.find((name) => request.query.has(name)) ?? (request.headers['x-amz-copy-source'] && 'copy');
  if (!verb || unserved) {
    throw new AwsError(
      'NotImplemented',
      `${request.method} of an object with ${unserved ?? 'this method'} is not served on one machine`,
      501,
    );
  }
  const own = { action: verb.action, resource: `${bucketArn(bucket)}/${key}`, context: {} };
  const seal = verb.key ? sealNeeds(bucket, key, verb.key) : [];
  return {
    operation: verb.operation,
    needs: [own, ...seal],
    perform: () => verb.perform(store, bucket, key, request, ask),
  };
}

/** S3: ours, because `If-None-Match` must hold and a write must survive whatever is killed (docs/adr/0010). */
export function makeS3(buckets: ReadonlyMap<string, BucketFacts>, store: ObjectStore): Service {
  return {
    denied: () => new AwsError('AccessDenied', 'Access Denied', 403),
    render: (error, requestId) => ({
      status: error.status,
      headers: { 'content-type': 'application/xml', 'x-amz-request-id': requestId },
      body: errorXml(error.code, error.message, requestId),
    }),
    plan: (request, ask) => {
      const [, name = '', ...rest] = request.path.split('/');
      const bucket = buckets.get(name);
      if (!bucket) throw new AwsError('NoSuchBucket', 'The specified bucket does not exist', 404);
      const key = decodeURIComponent(rest.join('/'));
      return key === ''
        ? planBucket(store, bucket, request, ask)
        : planObject(store, bucket, key, request, ask);
    },
  };
}
