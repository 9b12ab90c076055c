import { z } from 'zod';

/** What the gateway has read of a request. */
export interface GatewayRequest {
  readonly method: string;
  /** Path and query as they were sent. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  readonly sourceIp: string;
  readonly protocol: string;
  readonly id: string;
  readonly at: number;
}

export interface GatewayReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly cookies: readonly string[];
  readonly body: Buffer;
}

const TEXTUAL = /^(text\/|application\/(json|xml|javascript)|[^;]+\+(json|xml))/i;

function queryOf(query: string): Record<string, string> {
  const joined: Record<string, string> = {};
  for (const [key, value] of new URLSearchParams(query)) {
    joined[key] = joined[key] === undefined ? value : `${joined[key]},${value}`;
  }
  return joined;
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `22/Nov/2026:15:04:05 +0000`, the form of `requestContext.time`. */
export function commonLogTime(at: number): string {
  const [day = '', time = ''] = new Date(at).toISOString().split('T');
  const [year, month, date] = day.split('-');
  return `${date}/${MONTHS[Number(month) - 1]}/${year}:${time.slice(0, 8)} +0000`;
}

function bodyOf(request: GatewayRequest): { body?: string; isBase64Encoded: boolean } {
  if (request.body.length === 0) return { isBase64Encoded: false };
  const textual = TEXTUAL.test(request.headers['content-type'] ?? '');
  return { body: request.body.toString(textual ? 'utf8' : 'base64'), isBase64Encoded: !textual };
}

/** The path after percent-decoding, which is how the HTTP API hands it on. */
export function decodedPath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/**
 * The event of payload format 2.0 (API Gateway developer guide, "Lambda proxy integrations for HTTP APIs"): headers
 * in lower case and joined by commas, cookies apart, text bodies as text and all others in base64.
 */
export function eventOf(
  request: GatewayRequest,
  matched: { routeKey: string; parameters: Readonly<Record<string, string>> },
  api: { id: string; account: string },
): object {
  const [path = '/', query = ''] = splitTarget(request.target);
  const { cookie, ...headers } = request.headers;
  const parameters = Object.keys(matched.parameters).length > 0 ? { pathParameters: matched.parameters } : {};
  const host = headers['host'] ?? '';
  return {
    version: '2.0',
    routeKey: matched.routeKey,
    rawPath: decodedPath(path),
    rawQueryString: query,
    ...(cookie === undefined ? {} : { cookies: cookie.split(/;\s*/) }),
    headers,
    ...(query === '' ? {} : { queryStringParameters: queryOf(query) }),
    requestContext: {
      accountId: api.account,
      apiId: api.id,
      domainName: host,
      domainPrefix: host.split('.')[0],
      http: {
        method: request.method,
        path: decodedPath(path),
        protocol: request.protocol,
        sourceIp: request.sourceIp,
        userAgent: headers['user-agent'] ?? '',
      },
      requestId: request.id,
      routeKey: matched.routeKey,
      stage: '$default',
      time: commonLogTime(request.at),
      timeEpoch: request.at,
    },
    ...parameters,
    ...bodyOf(request),
  };
}

export function splitTarget(target: string): [string, string] {
  const cut = target.indexOf('?');
  return cut < 0 ? [target, ''] : [target.slice(0, cut), target.slice(cut + 1)];
}

const Structured = z.object({
  statusCode: z.coerce.number().int().min(100).max(599),
  headers: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).nullish(),
  cookies: z.array(z.string()).nullish(),
  body: z.string().nullish(),
  isBase64Encoded: z.boolean().nullish(),
});

function plainReply(payload: string): GatewayReply {
  const value: unknown = JSON.parse(payload);
  const text = typeof value === 'string' ? value : payload;
  return {
    status: 200,
    headers: { 'content-type': 'application/json' },
    cookies: [],
    body: Buffer.from(text),
  };
}

/** Reads what a function returned; undefined when the gateway would call it malformed. */
export function replyOf(payload: string): GatewayReply | undefined {
  const value: unknown = JSON.parse(payload);
  const structured = typeof value === 'object' && value !== null && 'statusCode' in value;
  if (!structured) return plainReply(payload);
  const parsed = Structured.safeParse(value);
  if (!parsed.success) return undefined;
  const { statusCode, headers, cookies, body, isBase64Encoded } = parsed.data;
  const named = Object.entries(headers ?? {}).map(
    ([name, each]) => [name.toLowerCase(), String(each)] as const,
  );
  return {
    status: statusCode,
    headers: { 'content-type': 'text/plain;charset=UTF-8', ...Object.fromEntries(named) },
    cookies: cookies ?? [],
    body: Buffer.from(body ?? '', isBase64Encoded ? 'base64' : 'utf8'),
  };
}
