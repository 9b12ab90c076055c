import * as z from 'zod';
import { type Grant, Sealed } from './grant.ts';
import { type Instant, plusSeconds, secondsBetween } from './instant.ts';

/** How long one worker may take to refresh; a call to the token endpoint has to end well before it. */
export const refreshLeaseSeconds = 60;
/** After an unanswered refresh the living access token is used this long before the next try. */
const backOffSeconds = 15 * 60;
/** Between two tries when there is no living access token to go on with. */
const gapSeconds = 30;
/** An access token this near its end is not begun with. */
const marginSeconds = 60;
/** Between two showings of a token that was refused while many were. */
const patienceSeconds = 30 * 60;
const lineageKept = 20;

/**
 * What to do about a grant now: `use` its access token, refresh it (`due`), wait for the one who does (`busy`), come
 * back `later`, or send the customer to authorise again (`lost`).
 */
export type Judgement = 'use' | 'due' | 'busy' | 'later' | 'lost';

/** `refused`: FreshBooks answered 401 to this grant's present access token, so its remaining life counts nothing. */
export function judge(grant: Grant, now: Instant, refused: boolean): Judgement {
  const usable = !refused && secondsBetween(now, grant.expiresAt) > marginSeconds;
  if (isClosed(grant)) return 'lost';
  if (grant.status === 'lost') return usable && grant.loss?.reason !== 'refused' ? 'use' : 'lost';
  if (usable && now < halfLife(grant)) return 'use';
  if (grant.lease !== undefined && now < grant.lease.until) return usable ? 'use' : 'busy';
  if (grant.held !== undefined && now < grant.held.retryAt) return usable ? 'use' : 'later';
  if (usable && grant.retryAt !== undefined && now < grant.retryAt) return 'use';
  if (!usable && grant.intent !== undefined && secondsBetween(grant.intent.at, now) < gapSeconds)
    return 'later';
  return 'due';
}

/** The middle of the access token's life: from here on it is refreshed, while the old one still works for hours. */
export function halfLife(grant: Pick<Grant, 'obtainedAt' | 'expiresAt'>): Instant {
  return plusSeconds(grant.obtainedAt, secondsBetween(grant.obtainedAt, grant.expiresAt) / 2);
}

export type RefreshClaim = { owner: string; requestId: string; tokenHash: string };

/**
 * The write-ahead of a refresh: lease, intent, and when to try again should we never hear of it. `probe` tells that
 * the token may have been spent by an earlier refresh whose answer nobody saw.
 */
export function claimRefresh(
  grant: Grant,
  claim: RefreshClaim,
  now: Instant,
): { next: Grant; probe: boolean } {
  const { owner, requestId, tokenHash } = claim;
  return {
    probe: grant.intent?.epoch === grant.epoch,
    next: {
      ...grant,
      lease: { owner, until: plusSeconds(now, refreshLeaseSeconds) },
      intent: { epoch: grant.epoch, requestId, at: now, tokenHash },
      retryAt: plusSeconds(now, backOffSeconds),
    },
  };
}

/** A sealed pair and what may be known about it without opening it. */
export const SealedPair = z.object({
  pair: Sealed,
  /** SHA-256 of the refresh token, hex. */
  hash: z.string(),
  obtainedAt: z.string(),
  expiresAt: z.string(),
  scopes: z.array(z.string()).readonly(),
  appVersion: z.number().int(),
});
export type SealedPair = z.infer<typeof SealedPair>;

/**
 * The grant with the pair that a refresh of the pair of `epoch` brought; `undefined` when a newer pair was saved
 * meanwhile. A loss declared meanwhile is taken back: this pair is the living one.
 */
export function refreshed(grant: Grant, epoch: number, pair: SealedPair, now: Instant): Grant | undefined {
  if (grant.epoch !== epoch || isClosed(grant)) return undefined;
  return withPair(grant, pair, now);
}

/** The lease let go after a refresh that was not answered; the intent stays, because the token may be spent. */
export function unanswered(grant: Grant, owner: string): Grant | undefined {
  if (grant.lease?.owner !== owner) return undefined;
  const { lease: _lease, ...rest } = grant;
  return rest;
}

/**
 * The lease let go after FreshBooks refused our app, and not the token: it is as good as before, unless an earlier call
 * that nobody answered `spent` it, which stays written down.
 */
export function keysRefused(grant: Grant, owner: string, spent: boolean, now: Instant): Grant | undefined {
  if (grant.lease?.owner !== owner) return undefined;
  const { lease: _lease, intent, ...rest } = grant;
  return {
    ...rest,
    ...(intent !== undefined && spent ? { intent } : {}),
    keysRefused: grant.keysRefused ?? now,
  };
}

/**
 * The grant held although it was refused, or taken for lost a moment ago: many were, and it is shown again with
 * patience. `spent`: it may be that an earlier, unanswered refresh spent it, which stays written down.
 */
export function held(grant: Grant, epoch: number, spent: boolean, now: Instant): Grant | undefined {
  if (grant.epoch !== epoch || isClosed(grant)) return undefined;
  const { lease: _lease, retryAt: _retryAt, loss: _loss, intent, ...rest } = grant;
  return {
    ...rest,
    ...(intent !== undefined && spent ? { intent } : {}),
    status: 'live',
    held: { since: grant.held?.since ?? now, retryAt: plusSeconds(now, patienceSeconds) },
  };
}

/** The grant lost, unless a newer pair was saved since `epoch`. */
export function lost(grant: Grant, epoch: number, loss: NonNullable<Grant['loss']>): Grant | undefined {
  if (grant.epoch !== epoch || grant.status !== 'live') return undefined;
  const { lease: _lease, held: _held, ...rest } = grant;
  return { ...rest, status: 'lost', loss };
}

export type Consent = { id: string; clientId: string; identityId: string; pair: SealedPair };

/**
 * What a consent's pair is to its grant: `new`, and takes the place of any other, because FreshBooks killed that one
 * when it made this; `held`, it or what it was renewed to; `older` than the one held, which killed it; or it came to
 * be `elsewhere`: it, or a newer one, was handed over.
 */
export type Standing = 'new' | 'held' | 'older' | 'elsewhere';

export function standingOf(grant: Grant | undefined, { hash, obtainedAt }: SealedPair): Standing {
  if (grant === undefined) return 'new';
  const isHeld = grant.lineage.some((one) => one.hash === hash);
  const isOlder = grant.obtainedAt > obtainedAt;
  if (grant.status === 'handed-over' && (isHeld || isOlder)) return 'elsewhere';
  if (isHeld) return 'held';
  return grant.status === 'live' && isOlder ? 'older' : 'new';
}

/** The grant with the pair of a consent that is `new` to it. */
export function promoted(grant: Grant | undefined, consent: Consent, now: Instant): Grant {
  return withPair(grant ?? emptyGrant(consent, now), consent.pair, now);
}

/** The grant closed to all use, before FreshBooks is told; `undefined` when there is nothing to close. */
export function closed(grant: Grant): Grant | undefined {
  if (isClosed(grant)) return undefined;
  const { lease: _lease, ...rest } = grant;
  return { ...rest, status: 'revoked' };
}

/** Neither used nor renewed any more, whatever its access token is still good for. */
function isClosed({ status }: Grant): boolean {
  return status === 'revoked' || status === 'handed-over';
}

/**
 * The grant handed over to another system: from this write on nobody here renews it. `undefined` while a renewal is
 * under way, was not answered, or was refused and not believed: another system might be given a dead token.
 */
export function handedOver(grant: Grant, now: Instant): Grant | undefined {
  const isSure = grant.intent?.epoch !== grant.epoch && grant.held === undefined;
  if (grant.status !== 'live' || !isSure) return undefined;
  const { lease: _lease, retryAt: _retryAt, ...rest } = grant;
  return { ...rest, status: 'handed-over', handedOver: now };
}

/** What is left of a grant whose pair another system says it has. */
export function forgotten({ pair: _pair, ...grant }: Grant): Grant {
  return grant;
}

function emptyGrant(consent: Consent, born: Instant): Grant {
  const { obtainedAt, expiresAt, appVersion } = consent.pair;
  const { id, clientId, identityId } = consent;
  return {
    id,
    clientId,
    identityId,
    born,
    appVersion,
    obtainedAt,
    expiresAt,
    epoch: 0,
    scopes: [],
    status: 'live',
    lineage: [],
  };
}

function withPair(grant: Grant, sealed: SealedPair, now: Instant): Grant {
  const {
    lease: _lease,
    intent: _intent,
    retryAt: _retryAt,
    loss: _loss,
    held: _held,
    keysRefused: _refused,
    handedOver: _handedOver,
    ...rest
  } = grant;
  const { pair, hash, obtainedAt, expiresAt, scopes, appVersion } = sealed;
  const epoch = grant.epoch + 1;
  return {
    ...rest,
    epoch,
    pair,
    obtainedAt,
    expiresAt,
    appVersion,
    scopes: [...scopes],
    status: 'live',
    lineage: [...grant.lineage, { epoch, hash, at: now }].slice(-lineageKept),
  };
}
