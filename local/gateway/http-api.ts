import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Outcome } from '../runtime/lambda-function.ts';
import type { LogFacts } from './access-log.ts';
import { type Cors, corsHeaders } from './cors.ts';
import {
  commonLogTime,
  decodedPath,
  eventOf,
  type GatewayReply,
  type GatewayRequest,
  replyOf,
  splitTarget,
} from './payload.ts';
import { makeRouteTable, type RouteKey } from './route-table.ts';

/** A route with what stands behind it. */
export interface LambdaRoute extends RouteKey {
  readonly timeoutMs: number;
  /** Whether another request fits under the route's throttling settings. */
  readonly admit: () => boolean;
  /** @returns undefined when the function's permission does not let this API invoke it */
  readonly invoke: (event: string, method: string) => Promise<Outcome> | undefined;
}

export interface HttpApi {
  readonly id: string;
  readonly account: string;
  readonly routes: readonly LambdaRoute[];
  readonly cors: Cors | undefined;
  readonly secure: boolean;
  readonly now: () => number;
  readonly onRequest: (facts: LogFacts) => void;
}

const MAX_BODY_BYTES = 10 * 1024 * 1024;
const MAX_HEADER_BYTES = 10_240;

interface Answer extends GatewayReply {
  readonly routeKey?: string;
  readonly error?: string;
  readonly integrationError?: string;
}

/** A reply of the gateway itself: one sentence, the same for everybody. */
function gatewayError(status: number, message: string, integrationError?: string): Answer {
  const body = Buffer.from(JSON.stringify({ message }));
  const why = integrationError === undefined ? {} : { integrationError };
  return {
    status,
    headers: { 'content-type': 'application/json' },
    cookies: [],
    body,
    error: message,
    ...why,
  };
}

/** @returns undefined when the body is larger than the gateway takes */
async function readBody(incoming: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming) {
    const part = Buffer.from(chunk);
    size += part.length;
    if (size <= MAX_BODY_BYTES) chunks.push(part);
  }
  return size > MAX_BODY_BYTES ? undefined : Buffer.concat(chunks);
}

function headersOf(incoming: IncomingMessage, secure: boolean): Record<string, string> {
  const joined: Record<string, string> = {};
  for (const [name, values] of Object.entries(incoming.headersDistinct)) {
    if (name !== 'connection' && values) joined[name] = values.join(name === 'cookie' ? '; ' : ',');
  }
  const trace = randomUUID().replaceAll('-', '');
  return {
    ...joined,
    'x-amzn-trace-id': `Root=1-${Math.floor(Date.now() / 1000).toString(16)}-${trace.slice(0, 24)}`,
    'x-forwarded-for': incoming.socket.remoteAddress ?? '127.0.0.1',
    'x-forwarded-port': secure ? '443' : String(incoming.socket.localPort ?? ''),
    'x-forwarded-proto': secure ? 'https' : 'http',
  };
}

async function withLimit(work: Promise<Outcome>, limitMs: number): Promise<Outcome | 'late'> {
  const { promise, resolve } = Promise.withResolvers<'late'>();
  const timer = setTimeout(() => resolve('late'), limitMs);
  try {
    return await Promise.race([work, promise]);
  } finally {
    clearTimeout(timer);
  }
}

function answerOf(outcome: Outcome | 'late', routeKey: string): Answer {
  if (outcome === 'late')
    return { ...gatewayError(503, 'Service Unavailable', 'Endpoint request timed out'), routeKey };
  if (outcome.kind === 'throttled')
    return { ...gatewayError(503, 'Service Unavailable', 'Rate Exceeded.'), routeKey };
  if (outcome.kind === 'failed') {
    const tooLarge = outcome.errorType === 'RequestEntityTooLargeException';
    if (tooLarge) return { ...gatewayError(413, 'Request Entity Too Large', outcome.errorType), routeKey };
    return { ...gatewayError(500, 'Internal Server Error', outcome.payload.slice(0, 500)), routeKey };
  }
  const reply = replyOf(outcome.payload);
  if (reply) return { ...reply, routeKey };
  return {
    ...gatewayError(
      500,
      'Internal Server Error',
      "The response from the Lambda function doesn't match the format that API Gateway expects.",
    ),
    routeKey,
  };
}

type Find = ReturnType<typeof makeRouteTable<LambdaRoute>>;

async function answer(api: HttpApi, find: Find, request: GatewayRequest): Promise<Answer> {
  const [path] = splitTarget(request.target);
  const match = find(request.method, path);
  if (!match) return gatewayError(404, 'Not Found');
  const { route, parameters } = match;
  if (!route.admit()) return { ...gatewayError(429, 'Too Many Requests'), routeKey: route.key };
  const event = eventOf(request, { routeKey: route.key, parameters }, api);
  const work = route.invoke(JSON.stringify(event), request.method);
  if (!work)
    return {
      ...gatewayError(
        500,
        'Internal Server Error',
        'The IAM role or permission of the function does not let this API invoke it.',
      ),
      routeKey: route.key,
    };
  return answerOf(await withLimit(work, route.timeoutMs), route.key);
}

function logFacts(api: HttpApi, request: GatewayRequest, reply: Answer): LogFacts {
  const latency = String(api.now() - request.at);
  return {
    requestId: request.id,
    extendedRequestId: request.id,
    accountId: api.account,
    apiId: api.id,
    domainName: request.headers['host'] ?? '-',
    httpMethod: request.method,
    path: decodedPath(splitTarget(request.target)[0]),
    protocol: request.protocol,
    routeKey: reply.routeKey ?? '-',
    stage: '$default',
    status: String(reply.status),
    responseLength: String(reply.body.length),
    responseLatency: latency,
    integrationLatency: latency,
    requestTime: commonLogTime(request.at),
    requestTimeEpoch: String(request.at),
    'identity.sourceIp': request.sourceIp,
    'identity.userAgent': request.headers['user-agent'] ?? '-',
    integrationErrorMessage: reply.integrationError ?? '-',
    'integration.error': reply.integrationError ?? '-',
    'error.message': reply.error ?? '-',
  };
}

function send(
  response: ServerResponse,
  request: GatewayRequest,
  reply: Answer,
  extra: Readonly<Record<string, string>>,
): void {
  const cookies = reply.cookies.length > 0 ? { 'set-cookie': [...reply.cookies] } : {};
  response.writeHead(reply.status, {
    ...reply.headers,
    ...extra,
    'apigw-requestid': request.id,
    'content-length': String(reply.body.length),
    date: new Date(request.at).toUTCString(),
    ...cookies,
  });
  response.end(request.method === 'HEAD' ? undefined : reply.body);
}

async function handle(
  api: HttpApi,
  find: Find,
  incoming: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const headers = headersOf(incoming, api.secure);
  const body = await readBody(incoming);
  const request: GatewayRequest = {
    method: incoming.method ?? 'GET',
    target: incoming.url ?? '/',
    headers,
    body: body ?? Buffer.alloc(0),
    sourceIp: incoming.socket.remoteAddress ?? '127.0.0.1',
    protocol: `HTTP/${incoming.httpVersion}`,
    id: randomUUID(),
    at: api.now(),
  };
  const preflight =
    api.cors !== undefined &&
    request.method === 'OPTIONS' &&
    headers['access-control-request-method'] !== undefined;
  const extra = corsHeaders(api.cors, headers['origin'], preflight);
  const headerBytes = incoming.rawHeaders.reduce((sum, part) => sum + part.length, 0);
  const reply = await (async (): Promise<Answer> => {
    if (preflight) return { status: 204, headers: {}, cookies: [], body: Buffer.alloc(0) };
    if (body === undefined) return gatewayError(413, 'Request Entity Too Large');
    if (headerBytes > MAX_HEADER_BYTES) return gatewayError(431, 'Request Header Fields Too Large');
    return answer(api, find, request);
  })();
  send(response, request, reply, extra);
  api.onRequest(logFacts(api, request, reply));
}

/** The HTTP API of the stack: routes, limits and error bodies as API Gateway has them. */
export function makeHttpApi(api: HttpApi): Server {
  const find = makeRouteTable(api.routes);
  return createServer({ maxHeaderSize: 65_536 }, (incoming, response) => {
    handle(api, find, incoming, response).catch(() => response.destroy());
  });
}
