import * as z from 'zod';
import { FeedEvent } from './event.ts';
import { type Instant, plusSeconds, secondsBetween } from './instant.ts';

/** How one attempt ended. `error` says why there was no answer. */
export const Attempt = z.object({
  at: z.string(),
  milliseconds: z.number().int(),
  status: z.number().int().optional(),
  error: z.enum(['timeout', 'no-connection', 'no-such-host', 'address-refused', 'tls']).optional(),
});
export type Attempt = z.infer<typeof Attempt>;

/** What an attempt came to. */
export type Answer = Pick<Attempt, 'milliseconds' | 'status' | 'error'> & { retryAfterSeconds?: number };

/**
 * One event on its way to one endpoint. `Sending`: nobody has tried yet. `Attempting`: it failed and is tried again.
 * `Failure`: every try of three days failed; it is parked, and sent when the endpoint recovers.
 */
export const Delivery = z.object({
  eventId: z.string(),
  eventType: z.string(),
  sequence: z.number().int(),
  status: z.enum(['Sending', 'Attempting', 'Success', 'Failure']),
  created: z.string(),
  /** When it is tried next; absent when it succeeded. */
  due: z.string().optional(),
  /** Attempts since it was last asked for, which the waiting goes by. */
  tries: z.number().int(),
  /** When it was asked for last. */
  since: z.string(),
  /** The newest, oldest first. */
  attempts: z.array(Attempt),
  /** The event itself where it is in no feed: a test. */
  test: FeedEvent.optional(),
});
export type Delivery = z.infer<typeof Delivery>;

/** Seconds from one attempt to the next. The last is repeated. */
const waits = [5, 300, 1800, 7200, 18_000, 36_000, 36_000, 43_200];
const longestWait = 43_200;
/** A delivery is tried for at least so long before it is parked. */
const patienceSeconds = 72 * 3600;
/** An endpoint may ask for so much patience and no more. */
const longestRetryAfter = 24 * 3600;
const attemptsKept = 20;

/** A delivery that nobody has tried, due at once. */
export function newDelivery(event: FeedEvent, now: Instant): Delivery {
  return {
    eventId: event.id,
    eventType: event.eventType,
    sequence: event.sequence,
    status: 'Sending',
    created: now,
    due: now,
    tries: 0,
    since: now,
    attempts: [],
  };
}

export function succeeded({ status }: Pick<Answer, 'status'>): boolean {
  return status !== undefined && status >= 200 && status < 300;
}

/** The delivery after an attempt. `chance` from 0 to 1 lengthens the wait a little, so that not all come at once. */
export function afterAttempt(delivery: Delivery, answer: Answer, now: Instant, chance: number): Delivery {
  const { milliseconds, status, error, retryAfterSeconds = 0 } = answer;
  const attempt: Attempt = {
    at: now,
    milliseconds,
    ...(status === undefined ? {} : { status }),
    ...(error === undefined ? {} : { error }),
  };
  const tries = delivery.tries + 1;
  const tried = { ...delivery, tries, attempts: [...delivery.attempts, attempt].slice(-attemptsKept) };
  if (succeeded(answer)) return { ...tried, status: 'Success', due: undefined };
  const wait = (waits[delivery.tries] ?? longestWait) * (1 + chance / 10);
  const due = plusSeconds(now, Math.max(wait, Math.min(retryAfterSeconds, longestRetryAfter)));
  const parked = tries > waits.length && secondsBetween(delivery.since, now) >= patienceSeconds;
  // A parked one is looked at twice a day all the same: an endpoint to which nothing else goes may have recovered.
  return { ...tried, status: parked ? 'Failure' : 'Attempting', due };
}

/** The delivery asked for again, from the beginning. */
export function askedAgain(delivery: Delivery, now: Instant): Delivery {
  return { ...delivery, status: 'Sending', tries: 0, since: now, due: now };
}

/** One whose event is no longer kept: it cannot be sent any more. */
export function withoutEvent(delivery: Delivery): Delivery {
  return { ...delivery, status: 'Failure', due: undefined };
}

/** One that waits is tried now: its endpoint has recovered. */
export function broughtForward(delivery: Delivery, now: Instant): Delivery {
  return delivery.due === undefined || delivery.due <= now ? delivery : { ...delivery, due: now };
}
