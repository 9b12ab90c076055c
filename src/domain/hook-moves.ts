import type { Connection } from './connection.ts';
import type { Callback, Hooks } from './hooks.ts';
import { type Instant, plusSeconds, secondsBetween } from './instant.ts';

/** A look takes a dozen short calls. */
const leaseSeconds = 300;
const auditSeconds = 7 * 86_400;
/** Between looks while a verifier has not come, or FreshBooks did not answer. */
const backOffSeconds = [60, 300, 1_800, 7_200, 43_200] as const;
/** Nobody registers more; whoever knows the address cannot fill the item. */
const straysKept = 64;

/** Whether FreshBooks' list of callbacks is to be looked at now. */
export function hooksAreDue(connection: Connection, now: Instant): boolean {
  const { hooks, authorised, state, erasing, business, grantId } = connection;
  if (state !== 'Linked' || erasing !== undefined || business === undefined || grantId === undefined)
    return false;
  if (hooks === undefined) return true;
  if (hooks.lease !== undefined && secondsBetween(now, hooks.lease.until) > 0) return false;
  // Another consent may have other scopes, or be of another app.
  const consentedSince = authorised !== undefined && authorised > (hooks.tended ?? '');
  return now >= hooks.next || (consentedSince && hooks.tries === 0);
}

/** Takes the look for one worker; makes the address the first time. */
export function holdHooks(
  connection: Connection,
  by: { owner: string; now: Instant; newToken: () => string },
): Hooks {
  const fresh = { token: by.newToken(), callbacks: [], strays: {}, next: by.now, tries: 0 };
  const lease = { owner: by.owner, until: plusSeconds(by.now, leaseSeconds) };
  return { ...(connection.hooks ?? fresh), lease };
}

/**
 * Ends a look: what FreshBooks has now, and whether something is left to do. Verifiers that came meanwhile are kept.
 * `undefined` when the look is no longer this worker's.
 */
export function settleHooks(
  hooks: Hooks | undefined,
  owner: string,
  look: { callbacks: readonly Callback[]; done: boolean; now: Instant },
): Hooks | undefined {
  if (hooks?.lease?.owner !== owner) return undefined;
  const { lease: _lease, ...rest } = hooks;
  const callbacks = look.callbacks.map((callback) => {
    const verifier = callback.verifier ?? verifierOf(hooks, callback.id);
    return verifier === undefined ? callback : { ...callback, verifier };
  });
  const known = new Set(callbacks.map(({ id }) => id));
  const strays = Object.fromEntries(Object.entries(hooks.strays).filter(([id]) => !known.has(id)));
  const tries = look.done ? 0 : rest.tries + 1;
  const wait = look.done ? auditSeconds : (backOffSeconds[rest.tries] ?? 43_200);
  const tended = look.done ? { tended: look.now } : {};
  return { ...rest, ...tended, callbacks, strays, tries, next: plusSeconds(look.now, wait) };
}

/** The verifier that came for a callback, known or not. */
export function verifierOf(hooks: Hooks, id: string): string | undefined {
  return hooks.callbacks.find((callback) => callback.id === id)?.verifier ?? hooks.strays[id];
}

/**
 * Keeps a verifier that was posted to our address and makes the next look due. Nothing changes (`undefined`) when it
 * is there already, when its callback is verified, or when more came than anybody registers.
 */
export function keepVerifier(
  hooks: Hooks,
  posted: { id: string; verifier: string; now: Instant },
): Hooks | undefined {
  const known = hooks.callbacks.find(({ id }) => id === posted.id);
  if (known?.verified || verifierOf(hooks, posted.id) === posted.verifier) return undefined;
  const next = { ...hooks, next: posted.now };
  if (known !== undefined) {
    const callbacks = hooks.callbacks.map((callback) =>
      callback === known ? { ...callback, verifier: posted.verifier } : callback,
    );
    return { ...next, callbacks };
  }
  if (Object.keys(hooks.strays).length >= straysKept) return undefined;
  return { ...next, strays: { ...hooks.strays, [posted.id]: posted.verifier } };
}

/** The noun of an event: `invoice` of `invoice.create`. */
export function nounOf(event: string): string {
  return event.split('.')[0] ?? event;
}

/** Keys that a delivery of this event may be signed with: of the verified callbacks that listen to its noun. */
export function keysFor(hooks: Hooks, event: string): string[] {
  return hooks.callbacks.flatMap(({ event: registered, verified, verifier }) =>
    verified && verifier !== undefined && nounOf(registered) === nounOf(event) ? [verifier] : [],
  );
}
