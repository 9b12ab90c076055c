import type { Grant, TokenPair } from '../../domain/grant.ts';
import { isBehind } from '../../domain/grant-facts.ts';
import {
  claimRefresh,
  judge,
  keysRefused,
  refreshLeaseSeconds,
  unanswered,
} from '../../domain/grant-moves.ts';
import { type Instant, plusSeconds, secondsBetween } from '../../domain/instant.ts';
import { digestOf } from '../digest.ts';
import type { Connections, NewId, SealAhead } from '../ports.ts';
import type { AppKeysOf, CurrentAppKeys, VersionedKeys } from './app-keys.ts';
import type { Escrow, Refreshed } from './escrow.ts';
import { pairText, sealedPair } from './pair-text.ts';
import { type SaveDeps, saveFromEscrow, saveRefreshed } from './save-refreshed.ts';
import { seenOfGrant } from './seen-of-grant.ts';
import { keysToTry, type SpendDeps, type Spent, spendRefreshToken } from './spend-refresh-token.ts';
import { declareLost, noteRenewal, type RefusalDeps, takeRefusal } from './take-refusal.ts';

export type RefreshDeps = SaveDeps &
  SpendDeps &
  RefusalDeps & {
    appKeys: { of: AppKeysOf; current: CurrentAppKeys };
    connections: Pick<Connections, 'find' | 'onGrant'>;
    sealAhead: SealAhead;
    newId: NewId;
    escrow: Pick<Escrow, 'isSpent'>;
    /** Told of a pair before it is saved: this process can save it later when it could not be saved now. */
    hold: (refreshed: Refreshed) => void;
  };

/**
 * What a refresh came to. After all but `keys-refused` the grant, read again, says what to do: it has a new pair, or
 * is lost, or is left for a while because nobody answered.
 */
export type RefreshOutcome = 'settled' | 'keys-refused';

/** `until` ends the lease. */
type Claim = { probe: boolean; until: Instant };
type Turn = { grant: Grant; pair: TokenPair; owner: string; started: Instant };

// A consent given meanwhile kills the pair we hold some moments before its own is saved.
const secondLookSeconds = 3;
/** A call to the token endpoint is given up well before it; with less of the lease left it is not begun. */
const callSeconds = 35;

/**
 * Refreshes a grant in the only order in which no crash loses it: everything that may fail on our side first (keys,
 * data key, the conditional write of the intent), then the token spent, then the new pair saved before it
 * is used. A pair in the escrow comes before all this: the token in the row was spent for it.
 */
export async function refreshGrant(
  deps: RefreshDeps,
  grant: Grant,
  pair: TokenPair,
  refused: boolean,
): Promise<RefreshOutcome> {
  const candidates = await keysToTry(deps.appKeys, grant);
  const seal = await deps.sealAhead({ purpose: 'grant', id: grant.id });
  if (await recovered(deps, grant)) return 'settled';
  const turn: Turn = { grant, pair, owner: deps.newId(), started: deps.clock() };
  if (await cameBack(deps, turn)) return 'settled';
  const claim = await takeTurn(deps, turn, refused);
  if (claim === undefined) return 'settled';

  const spent = await present(deps, turn, candidates, claim);
  if (spent === undefined) return 'settled';
  deps.count(`grant.refresh.${spent.kind}`);
  switch (spent.kind) {
    case 'pair': {
      const sealed = sealedPair(spent.pair, seal(pairText(spent.pair)), spent.appVersion);
      await keep(deps, turn, { grantId: grant.id, born: grant.born, epoch: grant.epoch, sealed });
      await noteRenewal(deps, grant);
      return 'settled';
    }
    case 'refused':
      if (claim.probe && (await fromEscrow(deps, grant))) return 'settled';
      await takeRefusal(deps, grant, claim.probe);
      return 'settled';
    case 'unanswered':
      await letGo(deps, turn, (current) => unanswered(current, turn.owner));
      return 'settled';
    case 'keys-refused':
      await letGo(deps, turn, (current) => keysRefused(current, turn.owner, claim.probe, deps.clock()));
      return 'keys-refused';
  }
}

/** Whether somebody who could not save the pair given for this one left it in the escrow. */
async function recovered(deps: RefreshDeps, grant: Grant): Promise<boolean> {
  return grant.intent?.epoch === grant.epoch && fromEscrow(deps, grant);
}

async function fromEscrow(deps: RefreshDeps, grant: Grant): Promise<boolean> {
  return (await saveFromEscrow(deps, grant)) !== undefined;
}

/**
 * A row from a backup or a copy: its token was spent since, and showing it might end the consent for whoever holds the
 * living one.
 */
async function cameBack(deps: RefreshDeps, turn: Turn): Promise<boolean> {
  const { grant } = turn;
  const isOld =
    isBehind(grant, await seenOfGrant(deps.connections, grant.id)) || (await wasSpent(deps, turn));
  if (!isOld) return false;
  // Unless it has come further since it was read: the loss is written only while its epoch stands.
  await declareLost(deps, grant, 'restored');
  return true;
}

/** Found out even where the run that refreshed it ended before any connection knew; best effort beside that. */
async function wasSpent({ escrow, log }: RefreshDeps, { grant, pair }: Turn): Promise<boolean> {
  try {
    return await escrow.isSpent({ grantId: grant.id, hash: digestOf(pair.refreshToken) });
  } catch {
    log.warn('grant.spent.unknown', { grant: grant.id, epoch: grant.epoch });
    return false;
  }
}

/**
 * Presents the token. A refusal is looked at a second time, unless this was the second time already; `undefined` when
 * a newer pair was saved in between, or too little of the lease is left.
 */
async function present(
  deps: RefreshDeps,
  turn: Turn,
  candidates: readonly VersionedKeys[],
  { probe, until }: Claim,
): Promise<Spent | undefined> {
  const { grant, pair } = turn;
  if (secondsBetween(deps.clock(), until) < callSeconds) return undefined;
  const spent = await spendRefreshToken(deps, candidates, pair.refreshToken);
  if (spent.kind !== 'refused' || probe || grant.held !== undefined) return spent;
  await deps.wait(secondLookSeconds);
  if ((await deps.grants.find(grant.id))?.epoch !== grant.epoch) return undefined;
  return spendRefreshToken(deps, candidates, pair.refreshToken);
}

/** The claim, unless somebody else was first: judged again on what is stored at the moment of writing. */
async function takeTurn(deps: RefreshDeps, { grant, pair, owner }: Turn, refused: boolean) {
  const claim = { owner, requestId: deps.newId(), tokenHash: digestOf(pair.refreshToken) };
  return deps.grants.change<Claim | undefined>(grant.id, (current) => {
    const now = deps.clock();
    if (current?.epoch !== grant.epoch || judge(current, now, refused) !== 'due')
      return { result: undefined };
    const { next, probe } = claimRefresh(current, claim, now);
    return { next, result: { probe, until: plusSeconds(now, refreshLeaseSeconds) } };
  });
}

async function keep(deps: RefreshDeps, { grant, pair, started }: Turn, refreshed: Refreshed): Promise<void> {
  if (refreshed.sealed.hash === digestOf(pair.refreshToken))
    deps.log.warn('grant.refresh.token-kept', { grant: grant.id });
  deps.hold(refreshed);
  const saved = await saveRefreshed(deps, refreshed, plusSeconds(started, refreshLeaseSeconds - 5));
  deps.log.info('grant.refreshed', { grant: grant.id, epoch: refreshed.epoch + 1, saved });
}

async function letGo(
  { grants }: RefreshDeps,
  { grant }: Turn,
  move: (current: Grant) => Grant | undefined,
): Promise<void> {
  await grants.change(grant.id, (current) => {
    const next = current && move(current);
    return next === undefined ? { result: undefined } : { next, result: undefined };
  });
}
