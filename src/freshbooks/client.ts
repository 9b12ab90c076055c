import { Problem } from '../domain/problem.ts';
import type { AppBudget } from './app-budget.ts';
import { problemIn } from './classify.ts';
import { type Limiter, makeLimiter } from './limiter.ts';
import { parseJson } from './parse-json.ts';
import { evidenceOf, Refusal } from './refusal.ts';
import { type RetryTools, withRetry } from './retry.ts';
import type { Transport, WireRequest } from './transport.ts';

/** Who may read: an access token for the next call, and another one when FreshBooks refused that. */
export type Access = {
  token: () => Promise<string>;
  refused: (token: string) => Promise<string>;
};

type Get<T> = {
  /** Begins the sentence of a Problem: `invoices`. */
  subject: string;
  /** With its query, from the root of the API. */
  path: string;
  access: Access;
  /** What is asked for, where it is not JSON. */
  accept?: 'application/pdf';
  /** What to make of the body; throws a Problem when it is not what was asked for. */
  as: (body: unknown) => T;
  /** Milliseconds since the epoch, after which nothing is tried again. */
  deadline: number;
};

/** A call that changes something at FreshBooks: sent once, never again by itself. */
type Send = Omit<Get<unknown>, 'as' | 'deadline' | 'accept'> & {
  method: 'POST' | 'PUT' | 'DELETE';
  body?: unknown;
};

/** A change that has to wait longer for its turn is made another time. */
const sendPatience = 60_000;

type Reply<T> = {
  value: T;
  /** What FreshBooks' clock said, from the `Date` header; milliseconds since the epoch. */
  date: number | undefined;
};

export type Client = {
  /** One GET whose reply is known to be JSON that tells of no error, or a PDF. Throws Problems. */
  get<T>(request: Get<T>): Promise<Reply<T>>;
  /** One call that changes something; answers its body, which may be none. Throws Problems. */
  send(request: Send): Promise<unknown>;
  /** Calls that may be under way at once, at present. */
  readonly limit: number;
};

/** Reads from FreshBooks: bearer token, retries, pace, and no body that is not what it should be. */
export function makeClient(deps: {
  apiUrl: string;
  transport: Transport;
  tools: RetryTools;
  limiter?: Limiter;
  /** What all workers may call together; absent: as much as this one does. */
  budget?: AppBudget;
}): Client {
  const { transport, tools, limiter = makeLimiter(), budget } = deps;
  /** What FreshBooks said in a 429 holds for every call with that token, not only for the one that was told. */
  const quiet = makeQuiet(tools.now);
  const root = deps.apiUrl.replace(/\/+$/, '');

  const exchange = async (wire: WireRequest, subject: string, token: string, deadline: number) =>
    limiter.run(async () => {
      await budget?.take(deadline);
      const secondsLeft = quiet.secondsLeft(token);
      if (secondsLeft > 0) throw tooMany(subject, secondsLeft);
      const { status, headers, text, pdf } = await transport(wire);
      const body = pdf ?? bodyOf(text);
      const problem = problemIn(subject, { status, headers, body }, tools.now);
      if (problem?.kind === 'too-many') {
        limiter.tooMany();
        quiet.ask(token, problem.retryAfterSeconds ?? 0);
        await budget?.tooMany(token);
      }
      if (problem !== undefined) throw problem;
      return { headers, body };
    });

  const once = async <T>(
    { subject, path, as, deadline, accept }: Get<T>,
    token: string,
  ): Promise<Reply<T>> => {
    const headers = { ...bearer(token), ...(accept && { Accept: accept }) };
    const wire = { method: 'GET', url: root + path, headers } as const;
    const reply = await exchange(wire, subject, token, deadline);
    if (reply.body === undefined)
      throw new Problem('unavailable', `${subject}: FreshBooks’ answer was no JSON.`);
    return { value: as(reply.body), date: dateOf(reply.headers['date']) };
  };

  const alive = async (request: Get<unknown>, token: string): Promise<boolean> => {
    const { access, deadline } = request;
    const me = { access, deadline, subject: 'users/me', path: '/auth/api/v1/users/me', as: () => true };
    return withRetry(() => once(me, token), tools, deadline).then(
      () => true,
      (error) => {
        if (error instanceof Problem && error.kind === 'access-lost') return false;
        throw error;
      },
    );
  };

  const get = async <T>(request: Get<T>): Promise<Reply<T>> => {
    const token = await request.access.token();
    try {
      return await once(request, token);
    } catch (error) {
      if (!isRefused(error)) throw error;
    }
    const another = await request.access.refused(token);
    try {
      return await once(request, another);
    } catch (error) {
      if (!isRefused(error) || !(await alive(request, another))) throw error;
      // The person's token is good: it is this business that no longer lets the person in.
      throw new Refusal(request.subject, evidenceOf(401, undefined, true));
    }
  };

  const send = async ({ subject, method, path, body, access }: Send): Promise<unknown> => {
    const token = await access.token();
    const json = body === undefined ? {} : { body: JSON.stringify(body) };
    const headers = { ...bearer(token), 'Content-Type': 'application/json' };
    const wire = { method, url: root + path, headers, ...json };
    return (await exchange(wire, subject, token, tools.now() + sendPatience)).body;
  };

  return {
    send,
    get: (request) => withRetry(() => get(request), tools, request.deadline),
    get limit() {
      return limiter.limit;
    },
  };
}

function bearer(token: string): { Authorization: string } {
  return { Authorization: `Bearer ${token}` };
}

/** Until when each person's token is to be left alone: one customer's limit says nothing about another's. */
function makeQuiet(now: () => number) {
  const until = new Map<string, number>();
  return {
    secondsLeft: (token: string) => ((until.get(token) ?? 0) - now()) / 1000,
    ask: (token: string, seconds: number) => {
      for (const [known, end] of until) if (end <= now()) until.delete(known);
      until.set(token, Math.max(until.get(token) ?? 0, now() + seconds * 1000));
    },
  };
}

function tooMany(subject: string, seconds: number): Problem {
  const sentence = `${subject}: FreshBooks asked for fewer requests a moment ago.`;
  return new Problem('too-many', sentence, { retryAfterSeconds: seconds });
}

function isRefused(error: unknown): error is Problem {
  return error instanceof Problem && error.kind === 'access-lost';
}

function bodyOf(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}

function dateOf(header: string | undefined): number | undefined {
  const millis = header === undefined ? Number.NaN : Date.parse(header);
  return Number.isNaN(millis) ? undefined : millis;
}
