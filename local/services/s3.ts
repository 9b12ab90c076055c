import {
  type Ask,
  AwsError,
  type AwsReply,
  type AwsRequest,
  type Need,
  type Plan,
  type Service,
} from '../aws/aws-request.ts';
import { keyNeed } from '../aws/gatekeeper.ts';
import { continuation, type ObjectStore } from './object-store.ts';
import {
  type BucketFacts,
  bucketArn,
  contentOf,
  deleteObject,
  getObject,
  headObject,
  putObject,
} from './s3-objects.ts';
import { deleteResult, errorXml, keysToDelete, listingXml } from './s3-xml.ts';

const xml = (body: string): AwsReply => ({
  status: 200,
  headers: { 'content-type': 'application/xml' },
  body,
});

function sealNeeds(bucket: BucketFacts, key: string, action: 'kms:Decrypt' | 'kms:GenerateDataKey'): Need[] {
  if (bucket.keyArn === undefined) return [];
  const about = bucket.bucketKey ? bucketArn(bucket) : `${bucketArn(bucket)}/${key}`;
  return [keyNeed(action, bucket.keyArn, 's3', { 'aws:s3:arn': about })];
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

/** S3: ours, because `If-None-Match` must hold and a write must survive whatever is killed (docs/adr/0008). */
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
