import type { Connection, ConnectionRef } from '../../domain/connection.ts';
import { holdHooks, hooksAreDue, settleHooks, verifierOf } from '../../domain/hook-moves.ts';
import type { Callback, Hooks } from '../../domain/hooks.ts';
import type { Clock, Connections, Count, Log, NewId, NewToken } from '../ports.ts';
import type { CallbackAccess, FreshBooksCallbacks } from './freshbooks-callbacks.ts';
import type { HookAddresses } from './hook-address.ts';
import { type Listed, planHooks } from './plan-hooks.ts';

export type TendHooksDeps = {
  connections: Pick<Connections, 'find' | 'change'>;
  callbacks: FreshBooksCallbacks;
  grantToken: (grantId: string) => CallbackAccess['access'];
  /** Nouns that are worth listening to with these scopes: each makes a data type due. */
  nounsOf: (scopes: readonly string[]) => readonly string[];
  addresses: HookAddresses;
  clock: Clock;
  newId: NewId;
  newToken: NewToken;
  log: Log;
  count: Count;
};

/** What may be listened to when a bare noun is not taken: FreshBooks' pages disagree (freshbooks-api §5.4). */
const verbs = ['create', 'update', 'delete'] as const;

/**
 * Sees to it that FreshBooks tells us of changes: registers what is missing, answers the handshakes whose verifiers
 * came, asks for those that did not, removes what is ours and of no use. One worker at a time, when it is due; what
 * fails is tried again later and never fails what called it, because a delivery only makes us look sooner.
 */
export function makeTendHooks(deps: TendHooksDeps): (ref: ConnectionRef) => Promise<'tended' | 'not-due'> {
  return async (ref) => {
    const owner = deps.newId();
    const connection = await claim(deps, ref, owner);
    if (connection === undefined) return 'not-due';
    const look = await lookAt(deps, ref, connection);
    await deps.connections.change(ref, (current) => {
      const settled = settleHooks(current.hooks, owner, { ...look, now: deps.clock() });
      if (settled === undefined) return { result: false };
      return { next: { ...current, hooks: settled }, result: true };
    });
    deps.log.info('hooks.tended', {
      connection: ref.connectionId,
      callbacks: look.callbacks.length,
      verified: look.callbacks.filter(({ verified }) => verified).length,
      done: look.done,
    });
    return 'tended';
  };
}

type Held = Connection & { hooks: Hooks };

async function claim(deps: TendHooksDeps, ref: ConnectionRef, owner: string): Promise<Held | undefined> {
  // Most runs find nothing due: that costs a reading and no write.
  const seen = await deps.connections.find(ref);
  if (seen === undefined || !hooksAreDue(seen, deps.clock())) return undefined;
  return deps.connections.change<Held | undefined>(ref, (current) => {
    const now = deps.clock();
    if (!hooksAreDue(current, now)) return { result: undefined };
    const next = { ...current, hooks: holdHooks(current, { owner, now, newToken: deps.newToken }) };
    return { next, result: next };
  });
}

type Look = { callbacks: readonly Callback[]; done: boolean };

async function lookAt(deps: TendHooksDeps, ref: ConnectionRef, connection: Held): Promise<Look> {
  const { business, grantId, scopes = [], hooks } = connection;
  const before: Look = { callbacks: hooks.callbacks, done: false };
  if (business === undefined || grantId === undefined) return before;
  const who = { business, access: deps.grantToken(grantId) };
  try {
    const address = deps.addresses.of(ref, hooks.token);
    const mine = deps.addresses.beginOf(ref);
    return await putRight(deps, who, { hooks, nouns: deps.nounsOf(scopes), address, mine });
  } catch (error) {
    deps.count('hooks.failed');
    deps.log.warn('hooks.failed', { connection: ref.connectionId, error: String(error) });
    return before;
  }
}

type Want = { hooks: Hooks; nouns: readonly string[]; address: string; mine: string };

async function putRight(deps: TendHooksDeps, who: CallbackAccess, want: Want): Promise<Look> {
  const listed = await deps.callbacks.list(who);
  const plan = planHooks(listed, want);
  for (const { id } of [...plan.remove, ...(await orphans(deps, listed))])
    await deps.callbacks.remove(who, id);
  const created: Listed[] = [];
  for (const noun of plan.create) created.push(...(await create(deps, who, noun, want.address)));
  const callbacks: Callback[] = created.map(({ id, event, verified }) => ({ id, event, verified }));
  for (const listed of plan.keep) callbacks.push(await shakeHands(deps, who, listed, want.hooks));
  // Verified, but by somebody whose item we no longer have: without the key no delivery can be checked.
  const keyless = callbacks.filter(({ verified, verifier }) => verified && verifier === undefined);
  for (const { id } of keyless) await deps.callbacks.remove(who, id);
  const kept = callbacks.filter((callback) => !keyless.includes(callback));
  return { callbacks: kept, done: keyless.length === 0 && kept.every(({ verified }) => verified) };
}

/** Callbacks of connections that are gone or were unlinked while FreshBooks could not be told. */
async function orphans(
  { addresses, connections }: TendHooksDeps,
  listed: readonly Listed[],
): Promise<Listed[]> {
  const found: Listed[] = [];
  for (const callback of listed) {
    const ref = addresses.refOf(callback.uri);
    if (ref === undefined) continue;
    const connection = await connections.find(ref);
    if (
      connection?.hooks === undefined ||
      connection.state === 'Unlinked' ||
      connection.erasing !== undefined
    )
      found.push(callback);
  }
  return found;
}

async function create(
  { callbacks }: TendHooksDeps,
  who: CallbackAccess,
  noun: string,
  uri: string,
): Promise<Listed[]> {
  const whole = await callbacks.create(who, { event: noun, uri });
  if (whole !== undefined) return [whole];
  const parts: Listed[] = [];
  for (const verb of verbs) {
    const part = await callbacks.create(who, { event: `${noun}.${verb}`, uri });
    if (part !== undefined) parts.push(part);
  }
  return parts;
}

async function shakeHands(
  { callbacks }: TendHooksDeps,
  who: CallbackAccess,
  { id, event, verified }: Listed,
  hooks: Hooks,
): Promise<Callback> {
  const verifier = verifierOf(hooks, id);
  const callback = { id, event, verified, ...(verifier !== undefined && { verifier }) };
  if (verified) return callback;
  if (verifier !== undefined && (await callbacks.confirm(who, id, verifier)))
    return { ...callback, verified: true };
  await callbacks.resend(who, id);
  return { id, event, verified: false };
}
