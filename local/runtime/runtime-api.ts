import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { z } from 'zod';
import { failure, MAX_PAYLOAD_BYTES, type Outcome } from './lambda-function.ts';
import type { Sandbox } from './sandbox.ts';

const PATH =
  /^\/([^/]+)\/2018-06-01\/runtime\/(?:invocation\/(next|([^/]+)\/(response|error))|init\/(error))$/;
const Thrown = z.object({ errorType: z.string().default('Error') });

async function read(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString('utf8');
}

function thrown(body: string): Outcome {
  const parsed = Thrown.safeParse(JSON.parse(body));
  return { kind: 'failed', errorType: parsed.data?.errorType ?? 'Error', payload: body };
}

function answered(body: string): Outcome {
  if (Buffer.byteLength(body) <= MAX_PAYLOAD_BYTES) return { kind: 'done', payload: body };
  const text = `Response payload size exceeded maximum allowed payload size (${MAX_PAYLOAD_BYTES} bytes).`;
  return failure('Function.ResponseSizeTooLarge', text);
}

async function serve(
  find: (id: string) => Sandbox | undefined,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const [, id = '', next, invocation, verb, init] = PATH.exec(request.url ?? '') ?? [];
  const sandbox = find(id);
  if (!sandbox) {
    response.writeHead(403).end();
    return;
  }
  if (next === 'next') return sandbox.next(response);
  const body = await read(request);
  if (init) sandbox.initFailed(thrown(body));
  else sandbox.settle(invocation ?? '', verb === 'response' ? answered(body) : thrown(body));
  response.writeHead(202, { 'content-type': 'application/json' }).end('{"status":"OK"}');
}

/**
 * The Lambda Runtime API for all sandboxes; the id in the path says which one is speaking.
 * Source of the paths and headers: Lambda developer guide, "Runtime API".
 */
export function makeRuntimeApi(find: (id: string) => Sandbox | undefined): Server {
  const server = createServer((request, response) => {
    serve(find, request, response).catch(() => response.destroy());
  });
  // A sandbox may wait for its next invocation for days.
  server.requestTimeout = 0;
  server.keepAliveTimeout = 0;
  return server;
}
