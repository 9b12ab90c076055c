import { refreshed, type SealedPair } from '../../domain/grant-moves.ts';
import { type Instant, plusSeconds } from '../../domain/instant.ts';
import type { Clock, Grants, Log, Wait } from '../ports.ts';

/** A pair that FreshBooks gave for the pair of `epoch`, sealed and to be saved. */
export type Refreshed = { grantId: string; epoch: number; sealed: SealedPair };

/** Takes a pair that could not be saved, so that another worker can; absent until there is such a place. */
type Escrow = (refreshed: Refreshed) => Promise<void>;

export type SaveDeps = { grants: Grants; clock: Clock; wait: Wait; log: Log; escrow?: Escrow };

/** `superseded`: a newer pair was saved meanwhile, by a consent given anew. */
export type Saved = 'saved' | 'superseded';

const pauses = [0.2, 0.5, 1, 2, 4, 8];

/**
 * Saves a refreshed pair by one conditional write, tried again while there is time: its refresh token is the only one
 * that lives. When the time is up the pair goes to the escrow, and the failure is thrown.
 */
export async function saveRefreshed(deps: SaveDeps, pair: Refreshed, until: Instant): Promise<Saved> {
  for (const pause of [...pauses, undefined]) {
    try {
      return await save(deps, pair);
    } catch (error) {
      deps.log.warn('grant.save.failed', { grant: pair.grantId, epoch: pair.epoch });
      if (pause === undefined || plusSeconds(deps.clock(), pause) > until)
        return await giveUp(deps, pair, error);
      await deps.wait(pause);
    }
  }
  return 'superseded';
}

async function save({ grants, clock }: SaveDeps, { grantId, epoch, sealed }: Refreshed): Promise<Saved> {
  return grants.change<Saved>(grantId, (current) => {
    // Our write may have been made although its answer was lost: then the pair is already there.
    if (current?.lineage.some(({ hash }) => hash === sealed.hash) && current.epoch > epoch)
      return { result: 'saved' };
    const next = current && refreshed(current, epoch, sealed, clock());
    return next === undefined ? { result: 'superseded' } : { next, result: 'saved' };
  });
}

async function giveUp({ escrow }: SaveDeps, pair: Refreshed, error: unknown): Promise<never> {
  await escrow?.(pair);
  throw error;
}
