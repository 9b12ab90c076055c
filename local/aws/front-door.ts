import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { AwsError, type AwsReply, type AwsRequest, type Caller, type Service } from './aws-request.ts';
import type { CallBook } from './call-book.ts';
import type { Fault, Faults } from './faults.ts';
import type { Gatekeeper } from './gatekeeper.ts';
import { type Credentials, readScope, sessionProcess, verifySignature } from './verify-signature.ts';

/** Who holds an access key: a function's role, or nobody's (the owner of the machine, who may do everything). */
export type KeyHolder = { readonly credentials: Credentials; readonly caller: Caller | 'owner' };

export interface FrontDoorParts {
  readonly services: Readonly<Record<string, Service>>;
  readonly holders: ReadonlyMap<string, KeyHolder>;
  readonly gatekeeper: Gatekeeper;
  readonly faults: Faults;
  readonly calls: CallBook;
  /** Ends a process at once, by the id that its session's token carries. */
  readonly end: (process: string) => void;
  /** The instants that count as now, in milliseconds (see verifySignature). */
  readonly nows: () => readonly number[];
  /** The machine's own time, in milliseconds. */
  readonly realNow: () => number;
  readonly onProblem: (line: string) => void;
}

/** The one door to AWS: who calls, what it needs, may it, then the call itself. */
export interface FrontDoor {
  readonly server: Server;
  /** A call that a service of AWS makes with a function's role, such as polling its queue. */
  call(caller: Caller | 'owner', service: string, operation: string, input: object): Promise<AwsReply>;
}

const TARGETS: Readonly<Record<string, string>> = {
  sqs: 'AmazonSQS',
  dynamodb: 'DynamoDB_20120810',
  kms: 'TrentService',
  secretsmanager: 'secretsmanager',
};

// Some services answer throttling in their own words (their API references, "Common errors").
const THROTTLED: Readonly<Record<string, { code: string; status: number }>> = {
  dynamodb: { code: 'ProvisionedThroughputExceededException', status: 400 },
  s3: { code: 'SlowDown', status: 503 },
  sqs: { code: 'RequestThrottled', status: 400 },
};

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks);
}

function textHeaders(headers: IncomingMessage['headers']): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, [value].flat().join(',')]],
    ),
  );
}

async function readRequest(incoming: IncomingMessage): Promise<AwsRequest> {
  const target = incoming.url ?? '/';
  const cut = target.indexOf('?');
  const headers = textHeaders(incoming.headers);
  return {
    service: readScope(headers)?.service ?? '',
    method: incoming.method ?? 'GET',
    path: cut < 0 ? target : target.slice(0, cut),
    query: new URLSearchParams(cut < 0 ? '' : target.slice(cut + 1)),
    headers,
    body: await readBody(incoming),
    id: randomUUID(),
  };
}

/** Who makes a call, and with which of a function's processes. */
type Maker = { caller: Caller | 'owner'; process?: string | undefined };

/** The process that asked is no more: nobody is to be answered. */
class Ended extends Error {}

function authenticate(request: AwsRequest, parts: FrontDoorParts): Maker {
  const scope = readScope(request.headers);
  const holder = scope && parts.holders.get(scope.accessKeyId);
  if (!holder)
    throw new AwsError(
      'UnrecognizedClientException',
      'The security token included in the request is invalid.',
      403,
    );
  // The owner's scripts run outside the stack's processes and so by the machine's own clock.
  const nows = holder.caller === 'owner' ? [...parts.nows(), parts.realNow()] : parts.nows();
  verifySignature(request, holder.credentials, nows);
  return { caller: holder.caller, process: sessionProcess(request.headers, holder.credentials) };
}

function serviceOf(request: AwsRequest, parts: FrontDoorParts): Service {
  const service = parts.services[request.service];
  if (service) return service;
  const known = Object.keys(parts.services).join(', ');
  parts.onProblem(
    `a call to ${request.service || 'no service'} (${request.method} ${request.path}) has no stand-in here; there are: ${known}`,
  );
  throw new AwsError(
    'UnrecognizedClientException',
    `${request.service} has no stand-in on this machine; there are: ${known}.`,
  );
}

/** What happens before the work is done. */
async function disturb(fault: Fault, service: string): Promise<void> {
  if (fault.kind === 'delay') await wait(fault.delayMs);
  if (fault.kind === 'deny')
    throw new AwsError(
      service === 's3' ? 'AccessDenied' : 'AccessDeniedException',
      'Denied by an injected fault',
      service === 's3' ? 403 : 400,
    );
  if (fault.kind === 'fail') throw new AwsError('InternalServerError', 'Failed by an injected fault', 500);
  if (fault.kind !== 'throttle') return;
  const { code, status } = THROTTLED[service] ?? { code: 'ThrottlingException', status: 400 };
  throw new AwsError(code, 'Throttled by an injected fault', status);
}

function end(process: string | undefined, parts: FrontDoorParts): never {
  if (process !== undefined) parts.end(process);
  throw new Ended();
}

/** Needs, decision, fault, call: everything after the caller is known. */
async function serve(
  request: AwsRequest,
  { caller, process }: Maker,
  service: Service,
  parts: FrontDoorParts,
): Promise<AwsReply> {
  const ask = caller === 'owner' ? () => true : parts.gatekeeper.may.bind(undefined, caller);
  const plan = service.plan(request, ask);
  if (caller !== 'owner') parts.gatekeeper.require(caller, plan.needs, service);
  const call = { service: request.service, operation: plan.operation };
  if (caller !== 'owner' && process !== undefined)
    parts.calls.note({ function: caller.functionName, ...call });
  const fault = parts.faults.take({
    ...call,
    role: caller === 'owner' ? '' : caller.principal.arn,
    resources: plan.needs.map(({ resource }) => resource),
    process,
  });
  if (fault?.kind === 'kill') end(process, parts);
  if (fault) await disturb(fault, request.service);
  const reply = await plan.perform();
  if (fault?.kind === 'kill-after') end(process, parts);
  if (fault?.kind === 'fail-after')
    throw new AwsError('InternalServerError', 'Failed after the work by an injected fault', 500);
  return reply;
}

async function answer(request: AwsRequest, parts: FrontDoorParts): Promise<AwsReply> {
  const unknown = parts.services['secretsmanager'];
  const service = parts.services[request.service] ?? unknown;
  try {
    return await serve(request, authenticate(request, parts), serviceOf(request, parts), parts);
  } catch (error) {
    if (error instanceof Ended) throw error;
    if (error instanceof AwsError && service) return service.render(error, request.id);
    parts.onProblem(
      `the stand-in for ${request.service} failed: ${error instanceof Error ? error.stack : String(error)}`,
    );
    const failed = new AwsError('InternalServerError', 'The stand-in failed; its log says why.', 500);
    return service ? service.render(failed, request.id) : { status: 500, headers: {}, body: '' };
  }
}

function send(response: ServerResponse, method: string, reply: AwsReply): void {
  const body = method === 'HEAD' ? '' : reply.body;
  // Node stamps replies from a clock of its own; the SDK corrects its clock by this header, so it must be ours.
  response.writeHead(reply.status, {
    'content-length': String(Buffer.byteLength(reply.body)),
    ...reply.headers,
    date: new Date().toUTCString(),
  });
  response.end(body);
}

export function makeFrontDoor(parts: FrontDoorParts): FrontDoor {
  const server = createServer((incoming, response) => {
    readRequest(incoming)
      .then((request) => answer(request, parts))
      .then((reply) => send(response, incoming.method ?? 'GET', reply))
      .catch(() => response.destroy());
  });
  server.keepAliveTimeout = 60_000;
  return {
    server,
    call: async (caller, name, operation, input) => {
      const service = parts.services[name];
      if (!service) throw new Error(`there is no stand-in for ${name}`);
      const headers = {
        'x-amz-target': `${TARGETS[name] ?? name}.${operation}`,
        'content-type': 'application/x-amz-json-1.0',
      };
      const body = Buffer.from(JSON.stringify(input));
      const request = {
        service: name,
        method: 'POST',
        path: '/',
        query: new URLSearchParams(),
        headers,
        body,
        id: randomUUID(),
      };
      try {
        return await serve(request, { caller }, service, parts);
      } catch (error) {
        if (error instanceof AwsError) return service.render(error, request.id);
        throw error;
      }
    },
  };
}
