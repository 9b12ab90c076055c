import type { LinkAttempt, OfferedBusiness, Sealed } from './grant.ts';
import { type Instant, secondsBetween } from './instant.ts';

/** Ten minutes from the click on the link to the end of the choice. */
export const attemptSeconds = 600;
/** An exchange that takes longer died on the way. */
const exchangeSeconds = 60;

/** How a customer's walk ended: each has its page in `messages/<language>/link.json`. */
export const outcomes = [
  'linked',
  'cancelled',
  'expired',
  'code-refused',
  'freshbooks-down',
  'keys-refused',
  'scope-refused',
  'disabled',
  'interrupted',
  'gone',
  'kept',
  'link-used',
  'wrong-business',
  'no-business',
  'classic',
  'client-only',
  'no-account',
  'inactive',
] as const;
export type Outcome = (typeof outcomes)[number];

export function isOutcome(text: string | undefined): text is Outcome {
  return outcomes.some((outcome) => outcome === text);
}

export function hasExpired(attempt: LinkAttempt, now: Instant): boolean {
  return now >= attempt.expires;
}

/** The exchange was begun so long ago that nobody is at it any more. */
export function exchangeDied(attempt: LinkAttempt, now: Instant): boolean {
  const since = attempt.exchangingSince ?? attempt.created;
  return attempt.step === 'exchanging' && secondsBetween(since, now) > exchangeSeconds;
}

/** The one who gets this may exchange the code; `undefined` for everyone after. */
export function takeCode(attempt: LinkAttempt, now: Instant): LinkAttempt | undefined {
  if (attempt.step !== 'started') return undefined;
  return { ...attempt, step: 'exchanging', exchangingSince: now };
}

/** It ended, and left no pair: a token that an administrator brings may be shown once more. */
export function cameToNothing({ step, grantId }: LinkAttempt): boolean {
  return step === 'done' && grantId === undefined;
}

/** The pair kept, before anything else is done with it. */
export function keepPair(attempt: LinkAttempt, pair: Sealed): LinkAttempt | undefined {
  // Also when it was given up meanwhile: a pair that came late is better than none.
  const late = attempt.step === 'done' && attempt.outcome === 'interrupted';
  if (attempt.step !== 'exchanging' && !late) return undefined;
  const { outcome: _outcome, ...rest } = attempt;
  return { ...rest, step: 'exchanged', pair };
}

/** The customer has to choose among several businesses. */
export function offer(
  attempt: LinkAttempt,
  grantId: string,
  businesses: readonly OfferedBusiness[],
): LinkAttempt | undefined {
  if (attempt.step !== 'exchanged') return undefined;
  const { pair: _pair, ...rest } = attempt;
  return { ...rest, step: 'choosing', grantId, businesses: [...businesses] };
}

/**
 * The customer's choice, which can be made once, and only of what fits. A business that is another than the one linked
 * until now gets a connection of its own: `replacement`.
 */
export function choose(
  attempt: LinkAttempt,
  businessId: string,
  replacement?: string,
): LinkAttempt | undefined {
  if (attempt.step !== 'choosing' || attempt.chosen !== undefined) return undefined;
  const fits = attempt.businesses?.some((one) => one.businessId === businessId && one.unfit === undefined);
  if (!fits) return undefined;
  const next = { ...attempt, chosen: businessId };
  if (replacement === undefined) return next;
  return { ...next, connectionId: replacement, replaces: attempt.connectionId };
}

/** The end; the first one stands. What was only needed on the way is dropped, the unfit businesses are kept to be shown. */
export function finish(
  attempt: LinkAttempt,
  outcome: Outcome,
  shown: { grantId?: string; businesses?: readonly OfferedBusiness[] } = {},
): LinkAttempt | undefined {
  if (attempt.step === 'done') return undefined;
  const { pair: _pair, businesses: _businesses, ...rest } = attempt;
  return {
    ...rest,
    step: 'done',
    outcome,
    connectionId: outcome === 'linked' ? attempt.connectionId : (attempt.replaces ?? attempt.connectionId),
    ...(shown.grantId === undefined ? {} : { grantId: shown.grantId }),
    ...(shown.businesses === undefined ? {} : { businesses: [...shown.businesses] }),
  };
}
