import { type Instant, secondsBetween } from '../../domain/instant.ts';
import type { Clock, Connections, Count, Grants, Log, Waker } from '../ports.ts';
import { isStoodOn } from './is-stood-on.ts';
import type { ReleaseGrant } from './release-grant.ts';

/** Gives a consent back when no connection stands on it. */
export type ReleaseUnused = (grantId: string) => Promise<void>;

type Deps = { connections: Pick<Connections, 'find' | 'onGrant'>; releaseGrant: ReleaseGrant; log: Log };

/**
 * Best effort, for somebody who waits: where FreshBooks cannot be told, the grant stays closed to all use, and the
 * message `give-back` tells it later.
 */
export function makeReleaseUnused(deps: Deps): ReleaseUnused {
  return async (grantId) => {
    if (!(await isStoodOn(deps, grantId))) await told(deps, grantId);
  };
}

/** SQS's longest delay, and longer than a customer may take to choose a business for a consent just given. */
export const giveBackSeconds = 900;
const givenUpSeconds = 3 * 86_400;

/** What a worker does with the message `give-back`. */
export type GiveBack = (grantId: string, since: Instant) => Promise<void>;

/**
 * Sees to it that a consent that nothing stands on ends at FreshBooks too, although whoever began it died or FreshBooks
 * did not answer. A consent given anew meanwhile is another one: it is left until it is as old.
 */
export function makeGiveBack(
  deps: Deps & { grants: Pick<Grants, 'find'>; waker: Waker; clock: Clock; count: Count },
): GiveBack {
  return async (grantId, since) => {
    const grant = await deps.grants.find(grantId);
    if (grant === undefined || (await isStoodOn(deps, grantId))) return;
    const now = deps.clock();
    const settled = grant.status === 'revoked' || secondsBetween(grant.obtainedAt, now) >= giveBackSeconds;
    if (settled && (await told(deps, grantId))) return;
    if (secondsBetween(since, now) < givenUpSeconds) {
      return deps.waker({ kind: 'give-back', grantId, since }, { delaySeconds: giveBackSeconds });
    }
    deps.count('grant.give-back.given-up');
    deps.log.error('grant.give-back.given-up', { grant: grantId });
  };
}

async function told({ releaseGrant, log }: Deps, grantId: string): Promise<boolean> {
  try {
    await releaseGrant(grantId);
    return true;
  } catch {
    log.warn('grant.release-failed', { grant: grantId });
    return false;
  }
}
