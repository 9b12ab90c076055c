import { factsOf, type Grant, type TokenPair } from '../../domain/grant.ts';
import type { GrantFacts } from '../../domain/grant-facts.ts';
import { halfLife, judge, refreshLeaseSeconds } from '../../domain/grant-moves.ts';
import { type Instant, plusSeconds, secondsBetween } from '../../domain/instant.ts';
import { never, Problem } from '../../domain/problem.ts';
import type { Sealer } from '../ports.ts';
import type { Refreshed } from './escrow.ts';
import { handedOver, openPair } from './open-pair.ts';
import { type RefreshDeps, refreshGrant } from './refresh-grant.ts';
import { saveFromEscrow, saveRefreshed } from './save-refreshed.ts';

/** Access tokens of one grant, as a reader of books asks for them. */
export type GrantToken = {
  /** An access token for the next call. Throws Problem `access-lost`, or `unavailable` when it may work later. */
  token(): Promise<string>;
  /** FreshBooks refused this token with 401: another one, or the same Problems. */
  refused(token: string): Promise<string>;
  /** How the grant stands, for those who may not open it; `undefined` when there is none. */
  facts(): Promise<GrantFacts | undefined>;
};

export type GrantTokenDeps = Omit<RefreshDeps, 'hold'> & { sealer: Sealer };

// The grant is looked at again this often, so that a consent taken back elsewhere is noticed.
const trustSeconds = 30;

type Opened = {
  epoch: number;
  pair: TokenPair;
  /** Until then it is handed out without a look at the table; empty while it is not. */
  trustedUntil: Instant;
};

/**
 * Hands out access tokens of grants: opens the sealed pair, refreshes it at half-life, one worker at a time, and
 * within one process one turn for all who ask at once.
 */
export function makeGrantToken(deps: GrantTokenDeps): (grantId: string) => GrantToken {
  const opened = new Map<string, Opened>();
  const unsaved = new Map<string, Refreshed>();
  const asking = new Map<string, Promise<string>>();
  const refreshDeps: RefreshDeps = { ...deps, hold: (pair) => unsaved.set(pair.grantId, pair) };

  async function open(grant: Grant): Promise<TokenPair> {
    const known = opened.get(grant.id);
    const pair = known?.epoch === grant.epoch ? known.pair : await openPair(deps, grant);
    opened.set(grant.id, { epoch: grant.epoch, pair, trustedUntil: '' });
    return pair;
  }

  function trust(grant: Grant, pair: TokenPair): string {
    const trustedUntil = earlier(plusSeconds(deps.clock(), trustSeconds), halfLife(grant));
    opened.set(grant.id, { epoch: grant.epoch, pair, trustedUntil });
    return pair.accessToken;
  }

  /** A pair that this process obtained and could not save then is saved before anything else is done. */
  async function saveLeftOver(grantId: string): Promise<void> {
    const pair = unsaved.get(grantId);
    if (pair === undefined) return;
    await saveRefreshed(deps, pair, deps.clock());
    unsaved.delete(grantId);
  }

  /** Whether the pair that was taken for lost lies in the escrow after all: its holder stalled for long. */
  async function cameLate(grant: Grant): Promise<boolean> {
    return grant.loss?.reason === 'rotation-lost' && (await saveFromEscrow(deps, grant)) === 'saved';
  }

  async function ask(grantId: string, refusedToken?: string): Promise<string> {
    const begun = deps.clock();
    while (secondsBetween(begun, deps.clock()) < 2 * refreshLeaseSeconds) {
      await saveLeftOver(grantId);
      const grant = await deps.grants.find(grantId);
      if (grant === undefined) throw accessLost();
      const pair = await open(grant);
      const refused = pair.accessToken === refusedToken;
      const judgement = judge(grant, deps.clock(), refused);
      switch (judgement) {
        case 'use':
          return trust(grant, pair);
        case 'lost':
          if (await cameLate(grant)) break;
          throw grant.status === 'handed-over' ? handedOver() : accessLost(grant.loss?.reason);
        case 'later':
          throw grant.held === undefined ? notNow() : isHeld();
        case 'busy':
          await deps.wait(1);
          break;
        case 'due': {
          const outcome = await refreshGrant(refreshDeps, grant, pair, refused);
          unsaved.delete(grantId);
          if (outcome === 'keys-refused' && (refused || deps.clock() >= grant.expiresAt)) throw keysRefused();
          break;
        }
        default:
          never(judgement);
      }
    }
    throw notNow();
  }

  /** All who ask the same at once share one answer. */
  function together(key: string, turn: () => Promise<string>): Promise<string> {
    const running = asking.get(key);
    if (running !== undefined) return running;
    const started = turn().finally(() => asking.delete(key));
    asking.set(key, started);
    return started;
  }

  return (grantId) => ({
    async token() {
      const known = opened.get(grantId);
      if (known !== undefined && deps.clock() < known.trustedUntil) return known.pair.accessToken;
      return together(grantId, () => ask(grantId));
    },
    async facts() {
      const grant = await deps.grants.find(grantId);
      return grant && factsOf(grant);
    },
    async refused(token) {
      opened.delete(grantId);
      return together(`${grantId} ${token}`, () => ask(grantId, token));
    },
  });
}

function earlier(one: Instant, other: Instant): Instant {
  if (one < other) return one;
  return other;
}

function accessLost(reason?: NonNullable<Grant['loss']>['reason']): Problem {
  return new Problem(
    'access-lost',
    'FreshBooks no longer accepts the consent of this connection. Ask the customer to authorise again with the same link.',
    { reason: reason === undefined || reason === 'refused' ? 'consent-withdrawn' : 'access-ended' },
  );
}

function notNow(): Problem {
  return new Problem('unavailable', 'FreshBooks did not renew the access just now. It is tried again.');
}

function isHeld(): Problem {
  return new Problem(
    'unavailable',
    'FreshBooks refused the consents of many customers at once. This one is kept, and tried again.',
    { reason: 'consents-held' },
  );
}

function keysRefused(): Problem {
  return new Problem(
    'unavailable',
    "FreshBooks does not accept the keys of this app. Check the Client ID and Client secret in the integration's settings.",
    { reason: 'keys-refused' },
  );
}
