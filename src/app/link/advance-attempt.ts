import { exchangeDied, hasExpired, keepPair } from '../../domain/attempt-moves.ts';
import type { LinkAttempt } from '../../domain/grant.ts';
import { never, Problem } from '../../domain/problem.ts';
import type { Escrow } from '../grants/escrow.ts';
import type { Clock, LinkAttempts } from '../ports.ts';
import type { AttachBusiness } from './attach-business.ts';
import type { ContinueAttempt } from './continue-attempt.ts';
import type { EndAttempt } from './end-attempt.ts';

/**
 * Does what an attempt still needs that was left by somebody who never came back: a process that died, a customer
 * who closed the browser. Throws Problem `unavailable` when it is too early to say, or FreshBooks does not answer.
 */
export type AdvanceAttempt = (attempt: LinkAttempt) => Promise<void>;

export type AdvanceDeps = {
  continueAttempt: ContinueAttempt;
  attachBusiness: AttachBusiness;
  endAttempt: EndAttempt;
  clock: Clock;
};

export function makeAdvanceAttempt(deps: AdvanceDeps): AdvanceAttempt {
  return async (attempt) => {
    const now = deps.clock();
    switch (attempt.step) {
      case 'started':
      case 'done':
        return;
      case 'exchanging':
        if (!exchangeDied(attempt, now))
          throw new Problem('unavailable', 'The authorisation is still being confirmed.');
        return deps.endAttempt(attempt, 'interrupted');
      case 'exchanged':
        return deps.continueAttempt(attempt);
      case 'choosing':
        return settleChoice(deps, attempt, hasExpired(attempt, now));
      default:
        never(attempt.step);
    }
  };
}

async function settleChoice(deps: AdvanceDeps, attempt: LinkAttempt, expired: boolean): Promise<void> {
  const { grantId, chosen } = attempt;
  const business = attempt.businesses?.find(({ businessId }) => businessId === chosen);
  if (grantId !== undefined && business !== undefined) return deps.attachBusiness(attempt, grantId, business);
  if (expired) return deps.endAttempt(attempt, 'expired', grantId === undefined ? {} : { grantId });
}

/** What a worker does with the message `resume`. */
export type ResumeAttempt = (attemptId: string) => Promise<void>;

type ResumeDeps = {
  attempts: Pick<LinkAttempts, 'find' | 'change'>;
  escrow: Pick<Escrow, 'consent' | 'forgetConsent'>;
  advanceAttempt: AdvanceAttempt;
};

export function makeResumeAttempt(deps: ResumeDeps): ResumeAttempt {
  return async (attemptId) => {
    const attempt = await deps.attempts.find(attemptId);
    if (attempt === undefined) return;
    await deps.advanceAttempt((await fromEscrow(deps, attempt)) ?? attempt);
  };
}

/** The attempt with the pair that the table did not take when it came. */
async function fromEscrow(deps: ResumeDeps, { id, step, outcome }: LinkAttempt) {
  if (step !== 'exchanging' && outcome !== 'interrupted') return undefined;
  const pair = await deps.escrow.consent(id);
  if (pair === undefined) return undefined;
  const kept = await deps.attempts.change<LinkAttempt | undefined>(id, (current) => {
    const next = keepPair(current, pair);
    return next === undefined ? { result: undefined } : { next, result: next };
  });
  await deps.escrow.forgetConsent(id);
  return kept;
}
