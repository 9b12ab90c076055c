import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { AwsError } from './aws-request.ts';

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

export interface SignedRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

interface Scope {
  readonly accessKeyId: string;
  readonly date: string;
  readonly region: string;
  readonly service: string;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
}

const AUTHORIZATION =
  /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/([^/]+)\/aws4_request,\s*SignedHeaders=([^,]+),\s*Signature=([0-9a-f]{64})$/;

const MAX_SKEW_MS = 5 * 60_000;

/** Reads who signed for what; the signature itself is not looked at yet. */
export function readScope(headers: Readonly<Record<string, string>>): Scope | undefined {
  const parts = AUTHORIZATION.exec(headers['authorization'] ?? '');
  if (!parts) return undefined;
  const [, accessKeyId = '', date = '', region = '', service = '', signed = '', signature = ''] = parts;
  return { accessKeyId, date, region, service, signedHeaders: signed.split(';'), signature };
}

const sha256 = (data: Buffer | string) => createHash('sha256').update(data).digest('hex');
const hmac = (key: Buffer | string, data: string) => createHmac('sha256', key).update(data).digest();

function encode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function canonicalPath(path: string, service: string): string {
  // Every service but S3 signs the path encoded a second time.
  if (service === 's3') return path;
  return path.split('/').map(encode).join('/');
}

function canonicalQuery(query: URLSearchParams): string {
  return [...query]
    .map(([key, value]) => [encode(key), encode(value)] as const)
    .toSorted((left, right) =>
      left[0] === right[0] ? compare(left[1], right[1]) : compare(left[0], right[0]),
    )
    .map(([key, value]) => `${key}=${value}`)
    .join('&');
}

function compare(left: string, right: string): number {
  return left < right ? -1 : Number(left > right);
}

function payloadHash(request: SignedRequest): string {
  const declared = request.headers['x-amz-content-sha256'];
  const actual = sha256(request.body);
  if (declared === undefined || declared === actual) return actual;
  if (declared === 'UNSIGNED-PAYLOAD' || declared.startsWith('STREAMING-')) return declared;
  throw new AwsError(
    'XAmzContentSHA256Mismatch',
    'The provided x-amz-content-sha256 header does not match what was computed.',
  );
}

const signingKeys = new Map<string, Buffer>();

function signingKey(secret: string, scope: Scope): Buffer {
  const name = `${secret}/${scope.date}/${scope.region}/${scope.service}`;
  const known = signingKeys.get(name);
  if (known) return known;
  const key = [scope.date, scope.region, scope.service, 'aws4_request'].reduce<Buffer>(
    (previous, part) => hmac(previous, part),
    Buffer.from(`AWS4${secret}`),
  );
  if (signingKeys.size > 500) signingKeys.clear();
  signingKeys.set(name, key);
  return key;
}

function stampOf(headers: Readonly<Record<string, string>>): { text: string; at: number } {
  const text = headers['x-amz-date'] ?? '';
  const iso = text.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z');
  return { text, at: Date.parse(iso) };
}

/** The session's token as one process of a function has it: `process` is any text without a point. */
export function sessionTokenOf({ sessionToken }: Credentials, process: string): string {
  return `${sessionToken}.${process}`;
}

/** The process that a request's token names; none for a token that names none, or is another session's. */
export function sessionProcess(
  headers: Readonly<Record<string, string>>,
  { sessionToken }: Credentials,
): string | undefined {
  const [token, process] = headers['x-amz-security-token']?.split('.') ?? [];
  return token === sessionToken ? process : undefined;
}

/**
 * Checks an AWS Signature Version 4 as AWS does (IAM user guide, "Create a signed AWS API request").
 *
 * @param nows the instants that count as now, in milliseconds: more than one just after the clock was moved
 * @throws {AwsError} with the code AWS would give
 */
export function verifySignature(
  request: SignedRequest,
  credentials: Credentials,
  nows: readonly number[],
): void {
  const scope = readScope(request.headers);
  if (!scope)
    throw new AwsError('IncompleteSignatureException', 'Authorization header is not a Signature Version 4.');
  const { text: stamp, at } = stampOf(request.headers);
  if (!nows.some((now) => Math.abs(now - at) <= MAX_SKEW_MS)) {
    throw new AwsError('InvalidSignatureException', `Signature expired: ${stamp} is too far from now.`, 403);
  }
  const token = request.headers['x-amz-security-token'];
  if (token !== credentials.sessionToken && sessionProcess(request.headers, credentials) === undefined) {
    throw new AwsError(
      'UnrecognizedClientException',
      'The security token included in the request is invalid.',
      403,
    );
  }
  const headers = scope.signedHeaders.map(
    (name) => `${name}:${(request.headers[name] ?? '').trim().replace(/ +/g, ' ')}\n`,
  );
  const canonical = [
    request.method,
    canonicalPath(request.path, scope.service),
    canonicalQuery(request.query),
    headers.join(''),
    scope.signedHeaders.join(';'),
    payloadHash(request),
  ].join('\n');
  const date = `${scope.date}/${scope.region}/${scope.service}/aws4_request`;
  const toSign = ['AWS4-HMAC-SHA256', stamp, date, sha256(canonical)].join('\n');
  const expected = hmac(signingKey(credentials.secretAccessKey, scope), toSign);
  if (timingSafeEqual(expected, Buffer.from(scope.signature, 'hex'))) return;
  throw new AwsError(
    'InvalidSignatureException',
    'The request signature we calculated does not match the signature you provided.',
    403,
  );
}
