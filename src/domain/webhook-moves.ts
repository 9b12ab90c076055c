import { type Answer, succeeded } from './delivery.ts';
import { type Instant, plusSeconds, secondsBetween } from './instant.ts';
import { isPaused, type Webhook } from './webhook.ts';

/** A sender that dies holds its endpoint up for no longer than this: a little longer than its function may run. */
const senderLeaseSeconds = 130;
/** So many failures in a row say that the endpoint is down, and not that an event is wrong. */
const downAfter = 5;
/** Seconds in which an endpoint that is down is left alone, after each look at it. */
const pauses = [60, 300, 900, 1800];
/** An endpoint may ask for so much patience and no more. */
const longestPause = 24 * 3600;
/** An endpoint that failed for so long and answers again has recovered: what waits for it is sent at once. */
const outageSeconds = 3600;

export type SendingTaken =
  | { kind: 'taken'; webhook: Webhook }
  /** Another sender is at it, and looks once more before it leaves. */
  | { kind: 'busy' }
  | { kind: 'resting' };

/** The lease of one endpoint: one slow endpoint is one sender's, and no other's. */
export function takeSending(
  webhook: Webhook,
  owner: string,
  now: Instant,
): { next?: Webhook; result: SendingTaken } {
  if (webhook.disabled !== undefined || isPaused(webhook, now)) return { result: { kind: 'resting' } };
  if (webhook.lease !== undefined && secondsBetween(now, webhook.lease.until) > 0) {
    return { next: { ...webhook, again: true }, result: { kind: 'busy' } };
  }
  const lease = { owner, until: plusSeconds(now, senderLeaseSeconds) };
  const next: Webhook = { ...webhook, lease, again: undefined };
  return { next, result: { kind: 'taken', webhook: next } };
}

/** The endpoint after a batch of attempts, and how far the feed was looked at. */
export function afterBatch(
  webhook: Webhook,
  batch: { answers: readonly Answer[]; cursor: number },
  now: Instant,
): { webhook: Webhook; recovered: boolean } {
  const cursor = Math.max(webhook.cursor, batch.cursor);
  if (batch.answers.length === 0) return { webhook: { ...webhook, cursor }, recovered: false };
  const { failures, anySuccess, gone } = tally(webhook.failures, batch.answers);
  const since = webhook.failingSince;
  const recovered = anySuccess && since !== undefined && secondsBetween(since, now) >= outageSeconds;
  const next: Webhook = {
    ...webhook,
    cursor,
    failures,
    failingSince: failures === 0 ? undefined : (since ?? now),
    pausedUntil: pauseAfter(batch.answers, failures, now),
    ...(anySuccess ? { lastSuccess: now } : {}),
    ...(gone ? { disabled: { since: now, reason: 'gone' as const } } : {}),
  };
  return { webhook: next, recovered };
}

function tally(before: number, answers: readonly Answer[]) {
  const anySuccess = answers.some(succeeded);
  return {
    anySuccess,
    failures: anySuccess ? 0 : before + answers.length,
    gone: answers.some(({ status }) => status === 410),
  };
}

/** 429 and 503 may say how long to stay away; an endpoint that is down is left alone for ever longer. */
function pauseAfter(answers: readonly Answer[], failures: number, now: Instant): Instant | undefined {
  const asked = answers
    .filter(({ status }) => status === 429 || status === 503)
    .map(({ retryAfterSeconds = 0 }) => Math.min(retryAfterSeconds, longestPause));
  const down = failures < downAfter ? 0 : (pauses[failures - downAfter] ?? pauses.at(-1) ?? 0);
  const seconds = Math.max(0, down, ...asked);
  return seconds === 0 ? undefined : plusSeconds(now, seconds);
}

/** True while one attempt at a time shows whether an endpoint that was down is there again. */
export function isProbing({ failures }: Webhook): boolean {
  return failures >= downAfter;
}

/** The endpoint when something waits for it that its sender may not have seen. */
export function awaited(webhook: Webhook, now: Instant): Webhook {
  const due = webhook.due !== undefined && webhook.due < now ? webhook.due : now;
  return { ...webhook, due, ...(webhook.lease === undefined ? {} : { again: true as const }) };
}

/** The endpoint when its sender leaves it: when it is to be looked at next, and whether that is at once; not when it is late. */
export function leaveSending(
  webhook: Webhook,
  owner: string,
  due: Instant | undefined,
  late: boolean,
): { next?: Webhook; result: 'left' | 'again' } {
  if (webhook.lease?.owner !== owner) return { result: 'left' };
  if (webhook.again === true && !late) return { next: { ...webhook, again: undefined }, result: 'again' };
  return { next: { ...webhook, lease: undefined, again: undefined, due }, result: 'left' };
}
