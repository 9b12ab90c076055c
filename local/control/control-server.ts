import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { z } from 'zod';
import type { CallBook } from '../aws/call-book.ts';
import { Fault, type Faults } from '../aws/faults.ts';
import type { FrontDoor } from '../aws/front-door.ts';
import type { SharedClock } from '../clock/shared-clock.ts';
import type { Functions } from '../engine/functions.ts';
import type { AccessBook, PolicyBook } from '../iam/access-book.ts';
import { listStatements } from '../iam/list-statements.ts';
import type { FunctionLogs } from '../runtime/function-logs.ts';
import type { IndexLag } from '../services/index-lag.ts';

/** What can be looked at and moved from outside while a stack runs. */
export interface Controls {
  readonly clock: SharedClock;
  readonly functions: Functions;
  readonly logs: FunctionLogs;
  readonly faults: Faults;
  readonly calls: CallBook;
  readonly book: AccessBook;
  readonly policies: PolicyBook;
  readonly frontDoor: FrontDoor;
  readonly queues: readonly { readonly name: string; readonly url: string }[];
  readonly issueToken: (clientId: string | undefined) => Promise<string>;
  readonly sweep: () => Promise<void>;
  readonly lag: IndexLag;
}

const Move = z.union([
  z.strictObject({ advanceSeconds: z.number().nonnegative() }),
  z.strictObject({ now: z.iso.datetime() }),
]);
const Lag = z.strictObject({ milliseconds: z.number().int().nonnegative() });
const SignIn = z.object({ clientId: z.string().optional() });

/** A request that makes no sense; its sentence goes to the caller. */
class Unusable extends Error {}

interface Call {
  readonly url: URL;
  readonly body: () => Promise<unknown>;
  readonly name: string;
}

type Answer = (controls: Controls, call: Call) => unknown;

const clockState = (clock: SharedClock) => ({ now: new Date(clock.now()).toISOString() });

async function moveClock({ clock, sweep }: Controls, { body }: Call) {
  const move = Move.parse(await body());
  const milliseconds = 'now' in move ? Date.parse(move.now) - clock.now() : move.advanceSeconds * 1000;
  if (milliseconds < 0) throw new Unusable('the clock only moves forward');
  await clock.advance(milliseconds);
  await sweep();
  return clockState(clock);
}

function listFunctions({ functions }: Controls) {
  return [...functions.pools.values()].map((pool) => ({
    name: pool.fn.name,
    logicalId: pool.fn.logicalId,
    arn: pool.fn.arn,
    role: pool.fn.caller.roleName,
    sandboxes: pool.sandboxes().map(({ id, pid, state }) => ({ id, pid, state })),
  }));
}

function poolOf({ functions }: Controls, name: string) {
  const pool = functions.find(name);
  if (pool) return pool;
  throw new Unusable(`no function is called ${name}`);
}

async function listQueues({ queues, frontDoor }: Controls) {
  const describe = async ({ name, url }: { name: string; url: string }) => {
    const reply = await frontDoor.call('owner', 'sqs', 'GetQueueAttributes', {
      QueueUrl: url,
      AttributeNames: ['All'],
    });
    const { Attributes } = z
      .object({ Attributes: z.record(z.string(), z.string()) })
      .parse(JSON.parse(reply.body.toString()));
    return {
      name,
      url,
      waiting: Number(Attributes['ApproximateNumberOfMessages']),
      inFlight: Number(Attributes['ApproximateNumberOfMessagesNotVisible']),
      delayed: Number(Attributes['ApproximateNumberOfMessagesDelayed']),
    };
  };
  return Promise.all(queues.map(describe));
}

const routes: Readonly<Record<string, Answer>> = {
  'GET /clock': ({ clock }) => clockState(clock),
  'POST /clock': moveClock,
  'GET /authorizations': ({ book }) => book.authorizations(),
  'GET /statements': ({ policies }) => listStatements(policies.roles),
  'GET /functions': listFunctions,
  'POST /functions/*/kill': (controls, { name }) => ({ killed: poolOf(controls, name).kill() }),
  'POST /functions/*/invoke': async (controls, { name, body }) =>
    controls.functions.invoke(poolOf(controls, name).fn.arn, JSON.stringify((await body()) ?? {})),
  'GET /logs': ({ logs }, { url }) =>
    logs.read(url.searchParams.get('function') ?? undefined, Number(url.searchParams.get('since') ?? 0)),
  'GET /queues': listQueues,
  'GET /calls': ({ calls }) => calls.list(),
  'GET /faults': ({ faults }) => faults.list(),
  'POST /faults': async ({ faults }, { body }) => {
    faults.add(Fault.parse(await body()));
    return faults.list();
  },
  'DELETE /faults': ({ faults }) => {
    faults.clear();
    return [];
  },
  'POST /index-lag': async ({ lag }, { body }) => {
    const { milliseconds } = Lag.parse(await body());
    lag.set(milliseconds);
    return { milliseconds };
  },
  'POST /sign-in': async ({ issueToken }, { body }) => ({
    accessToken: await issueToken(SignIn.parse(await body()).clientId),
  }),
};

async function readJson(request: IncomingMessage): Promise<unknown> {
  // A page in a browser cannot send this type to another origin without being asked first.
  if (!/^application\/json/.test(request.headers['content-type'] ?? ''))
    throw new Unusable('send application/json');
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  const text = Buffer.concat(chunks).toString('utf8');
  return text === '' ? {} : JSON.parse(text);
}

const LOCAL_HOST = /^(127\.0\.0\.1|localhost)(:\d+)?$/;

async function respond(
  controls: Controls,
  request: IncomingMessage,
): Promise<{ status: number; body: unknown }> {
  if (!LOCAL_HOST.test(request.headers.host ?? ''))
    return { status: 403, body: { message: 'only for this machine' } };
  const url = new URL(request.url ?? '/', 'http://127.0.0.1');
  const [, first, name = '', verb] = url.pathname.split('/');
  const pattern = verb === undefined ? `/${first}` : `/${first}/*/${verb}`;
  const answer = routes[`${request.method} ${pattern}`];
  if (!answer) return { status: 404, body: { message: `there are: ${Object.keys(routes).join(', ')}` } };
  const body = () => readJson(request);
  if (request.method !== 'GET' && !/^application\/json/.test(request.headers['content-type'] ?? ''))
    return { status: 415, body: { message: 'send application/json' } };
  return { status: 200, body: await answer(controls, { url, body, name: decodeURIComponent(name) }) };
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
  response.end(`${JSON.stringify(body)}\n`);
}

/** The control server: plain JSON over HTTP, for people with curl and for tests. */
export function makeControlServer(controls: Controls): Server {
  return createServer((request, response) => {
    respond(controls, request)
      .then(({ status, body }) => send(response, status, body))
      .catch((error: unknown) => {
        const unusable =
          error instanceof Unusable || error instanceof z.ZodError || error instanceof SyntaxError;
        send(response, unusable ? 400 : 500, {
          message: error instanceof Error ? error.message : String(error),
        });
      });
  });
}
