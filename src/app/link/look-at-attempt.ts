import { choose, isOutcome, type Outcome } from '../../domain/attempt-moves.ts';
import { mayChangeBusiness } from '../../domain/business-change.ts';
import type { Business, Connection } from '../../domain/connection.ts';
import type { LinkAttempt, OfferedBusiness } from '../../domain/grant.ts';
import { secondsBetween } from '../../domain/instant.ts';
import { Problem } from '../../domain/problem.ts';
import { isDigestOf } from '../digest.ts';
import type { Clock, Connections, LinkAttempts, NewId } from '../ports.ts';
import type { AdvanceAttempt } from './advance-attempt.ts';
import { isSameBusiness } from './decide-business.ts';
import type { EndAttempt } from './end-attempt.ts';

/** What the customer is to see now. */
export type AttemptView =
  | { kind: 'unknown-attempt' }
  /** Somebody is at it; `waiting`: FreshBooks did not answer, and it is asked again. */
  | { kind: 'working' | 'waiting' }
  /** `before`: the business that was linked until now, and that may be changed. */
  | { kind: 'choose'; attempt: LinkAttempt; businesses: readonly OfferedBusiness[]; before?: Business }
  | { kind: 'ended'; outcome: Outcome; attempt: LinkAttempt; connection: Connection | undefined };

export type AttemptHandle = { attemptId: string; browser: string };
export type LookAtAttempt = (handle: AttemptHandle) => Promise<AttemptView>;
export type ChooseBusiness = (handle: AttemptHandle, businessId: string) => Promise<AttemptView>;

export type LookDeps = {
  attempts: Pick<LinkAttempts, 'find' | 'change'>;
  connections: Pick<Connections, 'find'>;
  advanceAttempt: AdvanceAttempt;
  clock: Clock;
};

// Whoever took the code is most likely still at it.
const handsOffSeconds = 15;

/** How an attempt stands, for the browser that began it; what was left undone is done on the way. */
export function makeLookAtAttempt(deps: LookDeps): LookAtAttempt {
  return async ({ attemptId, browser }) => {
    const attempt = await deps.attempts.find(attemptId);
    if (attempt === undefined || attempt.step === 'started' || !isDigestOf(attempt.browser, browser)) {
      return { kind: 'unknown-attempt' };
    }
    const since = attempt.exchangingSince ?? attempt.created;
    const busy = attempt.step === 'exchanging' || attempt.step === 'exchanged';
    if (busy && secondsBetween(since, deps.clock()) < handsOffSeconds) return { kind: 'working' };
    try {
      await deps.advanceAttempt(attempt);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      return { kind: attempt.step === 'exchanging' ? 'working' : 'waiting' };
    }
    return show(deps, (await deps.attempts.find(attemptId)) ?? attempt);
  };
}

/** What is chosen instead of a business by who stays with the one linked until now. */
export const keepBefore = 'keep';

type ChooseDeps = LookDeps & { lookAtAttempt: LookAtAttempt; endAttempt: EndAttempt; newId: NewId };

/** The customer's choice; the first one stands, and anything that was not offered is no choice. */
export function makeChooseBusiness(deps: ChooseDeps): ChooseBusiness {
  return async (handle, businessId) => {
    const view = await deps.lookAtAttempt(handle);
    if (view.kind !== 'choose') return view;
    const { before, attempt } = view;
    const chosen = view.businesses.find((business) => business.businessId === businessId);
    if (before !== undefined && businessId === keepBefore) {
      await deps.endAttempt(
        attempt,
        'kept',
        attempt.grantId === undefined ? {} : { grantId: attempt.grantId },
      );
      return deps.lookAtAttempt(handle);
    }
    const another = before !== undefined && chosen !== undefined && !isSameBusiness(chosen, before);
    const replacement = another ? deps.newId() : undefined;
    await deps.attempts.change(handle.attemptId, (current) => {
      const next = choose(current, businessId, replacement);
      return next === undefined ? { result: undefined } : { next, result: undefined };
    });
    return deps.lookAtAttempt(handle);
  };
}

async function show({ connections, clock }: LookDeps, attempt: LinkAttempt): Promise<AttemptView> {
  const connection = await connections.find(attempt);
  if (attempt.step === 'choosing') {
    const before = connection && mayChangeBusiness(connection, clock()) ? connection.business : undefined;
    const businesses = attempt.businesses ?? [];
    return { kind: 'choose', attempt, businesses, ...(before === undefined ? {} : { before }) };
  }
  if (attempt.step !== 'done') return { kind: 'working' };
  const outcome = isOutcome(attempt.outcome) ? attempt.outcome : 'interrupted';
  return { kind: 'ended', outcome, attempt, connection };
}
