import { z } from 'zod';
import { readPaging } from '../accounting/list-query.ts';
import { errorBody, Refusal } from '../accounting/refusal.ts';
import { accountingReply, type Reply, unauthenticated } from '../http/reply.ts';
import { type Asked, bearerOf } from '../http/request.ts';
import { type Json, parseJson, type Row } from '../json.ts';
import type { Consent } from '../oauth/consent.ts';
import { readScope } from '../oauth/scopes.ts';
import { accountOf, type Business, personOf } from '../people.ts';
import type { Simulation } from '../simulation.ts';
import { hears, scopeOfEvent } from './events.ts';
import { type Callback, shownCallback } from './registration.ts';

const pattern = /^\/events\/account\/([^/]+)\/events\/callbacks(?:\/(\d+))?$/;

/** Whether a path is one of §5.1. */
export const isCallbackPath = (path: string): boolean => pattern.test(path);

const result = (body: Json): Reply => accountingReply(200, JSON.stringify({ response: { result: body } }));
const refusal = (status: number, body: Json): Reply => accountingReply(status, JSON.stringify(body));

// §4.1, the events family's own shape.
const notFound = (): Reply =>
  refusal(404, { code: 5, message: 'Requested resource could not be found.', details: [] });

const invalid = (violations: Readonly<Record<string, string>>): Reply =>
  refusal(422, {
    code: 3,
    message: 'Invalid data in this request.',
    details: [
      {
        '@type': 'type.googleapis.com/google.rpc.BadRequest',
        fieldViolations: Object.entries(violations).map(([field, description]) => ({ field, description })),
      },
    ],
  });

const denied = (message: string): Reply => refusal(403, errorBody(403, [{ errno: 1003, message }], false));

type Call = { asked: Asked; account: Business; consent: Consent; simulation: Simulation };

const Wish = z.object({
  callback: z.object({
    event: z.string().optional(),
    uri: z.string().optional(),
    verifier: z.string().optional(),
    resend: z.boolean().optional(),
  }),
});

const wishOf = (asked: Asked): z.infer<typeof Wish>['callback'] | undefined => {
  try {
    return Wish.parse(parseJson(asked.body.toString('utf8'))).callback;
  } catch {
    return undefined;
  }
};

const isUrl = (text: string): boolean => URL.canParse(text) && /^https?:\/\//.test(text);

const create = ({ asked, account, consent, simulation }: Call): Reply => {
  const { event = '', uri = '' } = wishOf(asked) ?? {};
  const scope = scopeOfEvent(event, simulation.switches.plays);
  const violations: Record<string, string> = {
    ...(scope === undefined && { event: 'Unrecognized event.' }),
    ...(!isUrl(uri) && { uri: 'Not a well-formed URL.' }),
  };
  if (scope === undefined || Object.keys(violations).length > 0) return invalid(violations);
  const needed = readScope(scope);
  if (!consent.scopes.includes(needed)) {
    return denied(`Scopes provided: ${consent.scopes.join(' ')}. Scopes needed: ${needed}.`);
  }
  const { callbacks } = simulation;
  const wish = { account: account.accountId ?? '', clientId: consent.clientId, event, uri };
  const callback = callbacks.create(wish);
  callbacks.shakeHands(callback, account);
  return result({ callback: shownCallback(callback) });
};

// §5.1: the filter on an event also matches callbacks on the parent noun.
const list = ({ asked, account, consent, simulation }: Call): Reply => {
  const { page, perPage } = readPaging(asked.query);
  const event = asked.query.get('search[event]');
  const found = simulation.callbacks
    .of(account.accountId ?? '', consent.clientId)
    .filter((callback) => event === null || hears(callback.event, event));
  const counters = { page, pages: Math.ceil(found.length / perPage), per_page: perPage, total: found.length };
  const rows: readonly Row[] = found.slice((page - 1) * perPage, page * perPage).map(shownCallback);
  return result({ callbacks: rows, ...counters });
};

const update = ({ asked, account, simulation }: Call, callback: Callback): Reply => {
  const { callbacks, clock } = simulation;
  const { verifier, resend, uri } = wishOf(asked) ?? {};
  if (resend) callbacks.shakeHands(callback, account);
  if (verifier !== undefined && verifier !== callback.verifier)
    return invalid({ verifier: 'Invalid verifier.' });
  if (uri !== undefined && !isUrl(uri)) return invalid({ uri: 'Not a well-formed URL.' });
  const moved = uri !== undefined && uri !== callback.uri;
  const verified = !moved && (callback.verified || verifier !== undefined);
  const next = { ...callback, ...(uri !== undefined && { uri }), verified, updatedAt: clock.now() };
  callbacks.put(next);
  return result({ callback: shownCallback(next) });
};

const one = (call: Call, id: number): Reply => {
  const { asked, account, consent, simulation } = call;
  const callback = simulation.callbacks.get(id);
  const mine = callback?.clientId === consent.clientId && callback.account === account.accountId;
  if (!callback || !mine) return notFound();
  if (asked.method === 'GET') return result({ callback: shownCallback(callback) });
  if (asked.method === 'PUT') return update(call, callback);
  if (asked.method !== 'DELETE') return notFound();
  simulation.callbacks.remove(id);
  return accountingReply(200, '{"response":{}}');
};

const answer = (asked: Asked, simulation: Simulation): Reply => {
  const [, accountId = '', id] = pattern.exec(asked.path.replace(/\/$/, '')) ?? [];
  const consent = simulation.grants.bearer(bearerOf(asked));
  if (!consent) return unauthenticated();
  const account = accountOf(accountId);
  if (!account) return notFound();
  const role = personOf(consent.identityId)?.roles.find((held) => held.account === account);
  if (role?.role !== 'admin') return denied('Permission Denied.');
  const call = { asked, account, consent, simulation };
  if (id !== undefined) return one(call, Number(id));
  if (asked.method === 'GET') return list(call);
  return asked.method === 'POST' ? create(call) : notFound();
};

/** Answers the registration of callbacks (§5.1). */
export const answerCallbacks = (asked: Asked, simulation: Simulation): Reply => {
  try {
    return simulation.store.transaction(() => answer(asked, simulation));
  } catch (error) {
    if (error instanceof Refusal) return refusal(error.status, errorBody(error.status, error.faults, false));
    throw error;
  }
};
