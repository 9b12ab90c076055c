import type { LimitRate, RateLimit } from '../app/calls/limit-rate.ts';
import type { MakeOnce } from '../app/calls/make-once.ts';
import { includesRole, type Role } from '../app/keys/role.ts';
import type { Log } from '../app/ports.ts';
import { Problem } from '../domain/problem.ts';
import type { Authenticate, Caller } from './authenticate.ts';
import { FileReply } from './file-reply.ts';
import { answerOnce, idempotencyKeyOf } from './once.ts';
import type { Operation } from './operation.ts';
import { PageReply } from './page-reply.ts';
import { asProblem, problemReply } from './problem.ts';
import type { HttpReply, HttpRequest } from './request.ts';
import { type Match, MethodNotAllowed, makeRouter } from './router.ts';
import { fitReply } from './size-of-reply.ts';

export type Api<D> = {
  tables: readonly (readonly Operation<D>[])[];
  deps: D;
  authenticate: Authenticate;
  log: Log;
  /** Counts the requests of API keys; without it they have no limit. */
  limitRate?: LimitRate;
  /** Keeps replies to calls with an Idempotency-Key; without it the header is not looked at. */
  makeOnce?: MakeOnce;
  /** Bytes that a reply may have on its way to the gateway; the gateway's own limit when absent. */
  replyLimit?: number;
};

/**
 * An API as one function: find the operation, know the caller, check, run, answer. Every reply is JSON and every
 * failure an `ErrorMessage`; nothing is ever thrown.
 */
export function makeHandle<D>(api: Api<D>): (request: HttpRequest) => Promise<HttpReply> {
  const route = makeRouter(api.tables.flat());
  return async (request) => {
    let operation: Operation<D> | undefined;
    let rate: RateLimit | undefined;
    try {
      const match = route(request.method, request.path);
      operation = match.operation;
      const caller = await callerFor(match, api.authenticate, request);
      const counted = countedAs(caller);
      rate = counted === undefined ? undefined : await api.limitRate?.(counted);
      if (rate?.reached) throw tooMany(rate);
      const reply = await fitReply(request, await answered(api, match, caller, request), api.replyLimit);
      api.log.info('http.answered', {
        operation: operation.name,
        status: reply.status,
        correlationId: request.requestId,
      });
      return withRate(reply, rate);
    } catch (thrown) {
      return withRate(failure(api.log, request, operation?.name, thrown), rate);
    }
  };
}

/** Runs the operation; with an Idempotency-Key once for all requests that carry it. */
async function answered<D>(
  { deps, makeOnce }: Api<D>,
  { operation, params }: Match<D>,
  caller: Caller,
  request: HttpRequest,
): Promise<HttpReply> {
  const answer = async (creates?: string) =>
    success(operation, await operation.answer({ deps, params, caller, request, creates }));
  const key = makeOnce && idempotencyKeyOf(operation, request);
  return makeOnce && key !== undefined ? answerOnce(makeOnce, key, request, answer) : answer();
}

/** Whose requests are counted: API keys, and all access tokens of a company together. */
function countedAs(caller: Caller): string | undefined {
  if (caller.kind === 'key') return caller.keyId;
  return caller.kind === 'company' ? caller.companyId : undefined;
}

async function callerFor<D>(
  { operation, params }: Match<D>,
  authenticate: Authenticate,
  request: HttpRequest,
): Promise<Caller> {
  if (operation.role === 'public') return { kind: 'anybody' };
  const caller = await authenticate(request);
  if (
    caller.kind === 'company' &&
    !(operation.withCompanyToken && params['companyId'] === caller.companyId)
  ) {
    throw notTheirs();
  }
  if (!includesRole(caller.role, operation.role)) throw forbidden(caller.role, operation.role);
  return caller;
}

function forbidden(held: Role, needed: Role): Problem {
  return new Problem(
    'forbidden',
    `This API key has the role "${held}" and "${needed}" is needed. Use a key with that role.`,
  );
}

function notTheirs(): Problem {
  return new Problem(
    'forbidden',
    'The access token of a company is for the connections of that company and for nothing else. Use an API key.',
  );
}

function success<D>(operation: Operation<D>, body: unknown): HttpReply {
  if (body instanceof PageReply) {
    const headers = { 'content-type': 'text/html; charset=utf-8', ...noStore, ...body.headers };
    return { status: operation.success, headers, cookies: [], body: body.html };
  }
  if (body instanceof FileReply) {
    const headers = {
      'content-type': 'application/octet-stream',
      'content-disposition': `attachment; filename="${body.filename}"`,
      'x-content-type-options': 'nosniff',
      ...noStore,
    };
    return { status: operation.success, headers, cookies: [], body: body.bytes };
  }
  // A 204 has no content, so it has no content type either.
  if (operation.success === 204) return { status: 204, headers: noStore, cookies: [], body: '' };
  return {
    status: operation.success,
    headers: { 'content-type': 'application/json', ...noStore },
    cookies: [],
    body: JSON.stringify(body ?? {}),
  };
}

function tooMany({ limit, retryAfterSeconds }: RateLimit): Problem {
  return new Problem(
    'too-many',
    `This API key has made its ${limit} requests of this minute. Try again when the next one begins.`,
    { retryAfterSeconds },
  );
}

/** Every caller who has a limit is told where they stand, also when they are refused. */
function withRate(reply: HttpReply, rate: RateLimit | undefined): HttpReply {
  if (rate === undefined) return reply;
  const headers = {
    'x-rate-limit-limit': String(rate.limit),
    'x-rate-limit-remaining': String(rate.remaining),
    'x-rate-limit-reset': rate.reset,
  };
  return { ...reply, headers: { ...reply.headers, ...headers } };
}

/** Books are nobody's to keep but the caller's: no cache on the way holds a reply. */
const noStore = { 'cache-control': 'no-store' };

function failure(log: Log, request: HttpRequest, operation: string | undefined, thrown: unknown): HttpReply {
  const problem = asProblem(thrown);
  const reply = problemReply(problem, request);
  const facts = { operation, status: reply.status, kind: problem.kind, correlationId: request.requestId };
  const ours = problem.kind === 'broken' || problem.reason === 'services-down';
  if (ours) log.error('http.broken', { ...facts, cause: describe(thrown) });
  else log.info('http.refused', facts);
  if (thrown instanceof MethodNotAllowed) reply.headers['allow'] = thrown.allowed.join(', ');
  return { ...reply, headers: { ...reply.headers, ...noStore } };
}

/** For the log alone: where our defect is. */
function describe(thrown: unknown): string {
  const inner = thrown instanceof Problem ? (thrown.cause ?? thrown) : thrown;
  return inner instanceof Error ? (inner.stack ?? inner.message) : String(inner);
}
