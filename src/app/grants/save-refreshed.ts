import type { Grant } from '../../domain/grant.ts';
import { refreshed } from '../../domain/grant-moves.ts';
import { type Instant, plusSeconds } from '../../domain/instant.ts';
import type { Clock, Grants, Log, Wait } from '../ports.ts';
import type { Escrow, Refreshed } from './escrow.ts';
import type { ReviveConnections } from './revive-connections.ts';

export type SaveDeps = {
  grants: Grants;
  clock: Clock;
  wait: Wait;
  log: Log;
  escrow: Pick<Escrow, 'keepPair' | 'pairAfter' | 'forgetPair' | 'noteSpent'>;
  reviveConnections: ReviveConnections;
};

/** `superseded`: a newer pair was saved meanwhile, by a consent given anew. */
export type Saved = 'saved' | 'superseded';

const pauses = [0.2, 0.5, 1, 2, 4, 8];

/**
 * Saves a refreshed pair by one conditional write, tried again while there is time: its refresh token is the only one
 * that lives. The first failure puts it into the escrow as well, at once, because this process may not live for
 * another try. When the time is up the failure is thrown.
 */
export async function saveRefreshed(deps: SaveDeps, pair: Refreshed, until: Instant): Promise<Saved> {
  let failed = false;
  for (const pause of [...pauses, undefined]) {
    try {
      const saved = await save(deps, pair);
      if (failed) await quietly(deps, pair, () => deps.escrow.forgetPair(pair));
      return saved;
    } catch (error) {
      deps.log.warn('grant.save.failed', { grant: pair.grantId, epoch: pair.epoch });
      if (!failed) await quietly(deps, pair, () => deps.escrow.keepPair(pair));
      failed = true;
      if (pause === undefined || plusSeconds(deps.clock(), pause) > until) throw error;
      await deps.wait(pause);
    }
  }
  return 'superseded';
}

/**
 * Takes the pair that was given for this epoch out of the escrow and saves it; `undefined` when there is none. What
 * was saved since stands: a consent given meanwhile has moved the epoch on.
 */
export async function saveFromEscrow(
  deps: SaveDeps,
  { id: grantId, born, epoch }: Pick<Grant, 'id' | 'born' | 'epoch'>,
): Promise<Saved | undefined> {
  const place = { grantId, born, epoch };
  const sealed = await deps.escrow.pairAfter(place);
  if (sealed === undefined) return undefined;
  const saved = await save(deps, { ...place, sealed });
  await quietly(deps, place, () => deps.escrow.forgetPair(place));
  deps.log.info('grant.recovered', { grant: grantId, epoch: epoch + 1, saved });
  return saved;
}

/** `spent`: hash of the token that the pair was given for; `wasLost`: nobody hoped for it any more. */
type Write = { saved: Saved; spent?: string | undefined; wasLost: boolean };

async function save(deps: SaveDeps, { sealed, ...place }: Refreshed): Promise<Saved> {
  const { grantId, epoch } = place;
  const { saved, spent, wasLost } = await deps.grants.change<Write>(grantId, (current) => {
    if (current === undefined) return { result: { saved: 'superseded', wasLost: false } };
    const spent = current.lineage.find((one) => one.epoch === epoch)?.hash;
    // Our write may have been made although its answer was lost: then the pair is already there.
    const isThere = current.epoch > epoch && current.lineage.some(({ hash }) => hash === sealed.hash);
    if (isThere) return { result: { saved: 'saved', spent, wasLost: true } };
    const next = refreshed(current, epoch, sealed, deps.clock());
    if (next === undefined) return { result: { saved: 'superseded', spent, wasLost: false } };
    return { next, result: { saved: 'saved', spent, wasLost: current.status === 'lost' } };
  });
  // A reply without another refresh token leaves the one in hand as good as it was.
  const isSpent = spent !== undefined && spent !== sealed.hash;
  if (isSpent) await quietly(deps, place, () => deps.escrow.noteSpent({ grantId, hash: spent }));
  // Also those that a worker left behind which died after such a save.
  const only = wasLost ? undefined : 'access-ended';
  if (saved === 'saved') await quietly(deps, place, () => deps.reviveConnections(grantId, only));
  return saved;
}

/** What only helps later must not undo what is done. */
async function quietly(
  { log }: SaveDeps,
  { grantId, epoch }: Pick<Refreshed, 'grantId' | 'epoch'>,
  act: () => Promise<void>,
): Promise<void> {
  try {
    await act();
  } catch {
    log.warn('grant.aside.failed', { grant: grantId, epoch });
  }
}
