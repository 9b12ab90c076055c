import { setTimeout as wait } from 'node:timers/promises';
import { errorBody } from './accounting/refusal.ts';
import type { KeptFault } from './fault-rules.ts';
import { accountingReply, authError, pageReply, type Reply } from './http/reply.ts';
import { type Asked, bearerOf } from './http/request.ts';
import type { Simulation } from './simulation.ts';

/** What becomes of a request that faults strike: an answer, or a connection that ends without one. */
export type Outcome = Reply | 'dropped';
type Next = (asked: Asked) => Promise<Outcome>;
type Blow = (fault: KeptFault, asked: Asked, simulation: Simulation, next: Next) => Promise<Outcome>;

const messages: Readonly<Record<number, string>> = {
  429: 'Rate limit exceeded.',
  503: 'Service unavailable.',
};

const statusReply = (
  { status = 500, errno, retryAfter }: KeptFault,
  asked: Asked,
  { switches }: Simulation,
): Reply => {
  const accounting = asked.path.startsWith('/accounting/') && !switches.plays('rate-limit-body', 'auth');
  const message = messages[status] ?? 'Internal server error.';
  const newer = asked.headers['x-api-version'] !== undefined;
  const reply = accounting
    ? accountingReply(
        status,
        JSON.stringify(errorBody(status, [{ errno: errno ?? (status === 429 ? 429 : 500), message }], newer)),
      )
    : authError(status, 'internal_server_error', 'internal server error');
  if (retryAfter === undefined) return reply;
  return { ...reply, headers: { ...reply.headers, 'retry-after': String(retryAfter) } };
};

const gatewayPage =
  '<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>\n';

const withQuery = (asked: Asked, changes: Record<string, string>): Asked => {
  const query = new URLSearchParams(asked.query);
  for (const [name, value] of Object.entries(changes)) query.set(name, value);
  return { ...asked, query, search: query.toString() };
};

const cut = (reply: Outcome): Outcome =>
  reply === 'dropped' ? reply : { ...reply, body: reply.body.slice(0, Math.floor(reply.body.length / 2)) };

const blows: Readonly<Record<KeptFault['kind'], Blow>> = {
  status: async (fault, asked, simulation) => statusReply(fault, asked, simulation),
  'rate-limit': async (fault, asked, simulation) => statusReply(fault, asked, simulation),
  slow: async (fault, asked, _simulation, next) => {
    // Not a reason to stay alive: a simulator that is told to stop does not wait for its own slowness.
    await wait(fault.delayMs ?? 1_000, undefined, { ref: false });
    return next(asked);
  },
  'drop-before': async () => 'dropped',
  'drop-after': async (_fault, asked, _simulation, next) => {
    await next(asked);
    return 'dropped';
  },
  html: async (fault) => pageReply(fault.status ?? 502, gatewayPage),
  truncate: async (_fault, asked, _simulation, next) => cut(await next(asked)),
  'errors-in-200': async ({ errno = 1003 }) =>
    accountingReply(200, JSON.stringify(errorBody(200, [{ errno, message: 'Permission Denied.' }], false))),
  'expire-token': async (_fault, asked, { store, grants }, next) => {
    store.transaction(() => grants.expire(bearerOf(asked) ?? ''));
    return next(asked);
  },
  'revoke-consent': async (_fault, asked, { store, grants }, next) => {
    const consent = grants.bearer(bearerOf(asked));
    if (consent) store.transaction(() => grants.revokeAll(consent));
    return next(asked);
  },
  // The reply is that of another page and page size, and says so: only a reader that looks at the echo notices.
  'echo-other-paging': async (_fault, asked, _simulation, next) =>
    next(withQuery(asked, { page: '1', per_page: '15' })),
};

/** Lets each fault strike in the order it was set, the last one around the real answer. */
export const strike = (
  faults: readonly KeptFault[],
  asked: Asked,
  simulation: Simulation,
  answer: Next,
): Promise<Outcome> => {
  const [fault, ...rest] = faults;
  if (!fault) return answer(asked);
  return blows[fault.kind](fault, asked, simulation, (again) => strike(rest, again, simulation, answer));
};
