import type { Grant } from '../../domain/grant.ts';
import { held, lost } from '../../domain/grant-moves.ts';
import { renewedMeanwhile, type Weighed, weigh } from '../../domain/refusals.ts';
import type { Clock, Count, Grants, Log, RefusalStore } from '../ports.ts';
import type { ReviveConnections } from './revive-connections.ts';

export type RefusalDeps = {
  grants: Grants;
  refusals: RefusalStore;
  reviveConnections: ReviveConnections;
  clock: Clock;
  log: Log;
  count: Count;
};

type Loss = NonNullable<Grant['loss']>['reason'];

/**
 * What is made of a refused token. `spent`: an earlier, unanswered refresh may have spent it. A refusal among many is
 * held and not believed: the fault is the app's or FreshBooks', and those declared lost just before are held as well.
 */
export async function takeRefusal(deps: RefusalDeps, grant: Grant, spent: boolean): Promise<void> {
  const { verdict, takenBack } = await weighed(deps, grant);
  if (verdict === 'lost') return declareLost(deps, grant, spent ? 'rotation-lost' : 'refused');
  await deps.grants.change(grant.id, (current) => {
    const next = current && held(current, grant.epoch, spent, deps.clock());
    return next === undefined ? { result: undefined } : { next, result: undefined };
  });
  deps.count('grant.held');
  deps.log.warn('grant.held', { grant: grant.id, epoch: grant.epoch });
  for (const id of takenBack) await takeBack(deps, id);
}

export async function declareLost(
  { grants, clock, count, log }: Omit<RefusalDeps, 'refusals' | 'reviveConnections'>,
  grant: Grant,
  reason: Loss,
): Promise<void> {
  const isLost = await grants.change(grant.id, (current) => {
    const next = current && lost(current, grant.epoch, { at: clock(), reason });
    return next === undefined ? { result: false } : { next, result: true };
  });
  if (!isLost) return;
  count('grant.lost');
  log.warn('grant.lost', { grant: grant.id, epoch: grant.epoch, reason });
}

/** FreshBooks renewed a consent of this app; said for what it tells of others, so failing at it fails nothing. */
export async function noteRenewal(
  { refusals, clock, log }: Pick<RefusalDeps, 'refusals' | 'clock' | 'log'>,
  { id, clientId }: Grant,
): Promise<void> {
  try {
    await refusals.change(clientId, (current) => {
      const next = renewedMeanwhile(current, clock());
      return next === undefined ? { result: undefined } : { next, result: undefined };
    });
  } catch {
    log.warn('grant.renewal.not-noted', { grant: id });
  }
}

/** Nobody loses a consent because it could not be counted. */
async function weighed(
  { refusals, clock, log, count }: RefusalDeps,
  grant: Grant,
): Promise<Pick<Weighed, 'verdict' | 'takenBack'>> {
  try {
    const result = await refusals.change(grant.clientId, (current) => {
      const weight = weigh(current, { grantId: grant.id, held: grant.held !== undefined }, clock());
      return { next: weight.next, result: weight };
    });
    if (result.takenBack.length > 0) {
      count('grant.storm');
      log.error('grant.storm', { grants: result.takenBack.length + 1 });
    }
    return result;
  } catch {
    log.warn('grant.refusal.not-counted', { grant: grant.id });
    return { verdict: 'held', takenBack: [] };
  }
}

async function takeBack(
  { grants, reviveConnections, clock, log }: RefusalDeps,
  grantId: string,
): Promise<void> {
  const isHeld = await grants.change(grantId, (current) => {
    if (current?.status !== 'lost' || current.loss?.reason === 'restored') return { result: false };
    const next = held(current, current.epoch, current.loss?.reason === 'rotation-lost', clock());
    return next === undefined ? { result: false } : { next, result: true };
  });
  if (!isHeld) return;
  log.warn('grant.taken-back', { grant: grantId });
  await reviveConnections(grantId);
}
