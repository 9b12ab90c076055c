import type { NewEvent } from '../../domain/event.ts';
import { type Instant, plusSeconds } from '../../domain/instant.ts';
import type { RateLimitNews } from '../../domain/rate-limit.ts';
import type { EventWaker, Feed } from '../event-ports.ts';
import type { Clock, Log } from '../ports.ts';
import { keptSeconds } from './kept-seconds.ts';

/** A key that has reached its limit, from the instance of the API that saw it. */
export type Exceeded = { keyId: string; limit: number; reset: Instant; retryAfterSeconds: number };

/**
 * Asks for the two events: now, and when the minute is over. Every instance that sees it asks, and the feed takes one:
 * so that none dying loses it. Never fails the request.
 */
export function makeAnnounceLimit({ waker, log }: { waker: EventWaker; log: Log }) {
  return async ({ keyId, limit, reset, retryAfterSeconds }: Exceeded): Promise<void> => {
    const news = { keyId, limit, reset };
    try {
      await waker({ kind: 'rate-limit', news: { ...news, what: 'reached' } });
      await waker(
        { kind: 'rate-limit', news: { ...news, what: 'reset' } },
        { delaySeconds: retryAfterSeconds },
      );
    } catch (error) {
      log.warn('events.not-announced', { key: keyId, error: String(error) });
    }
  };
}

/** Adds the event to the feed, one of a kind for each key and hour. Answers what was to be added. */
export function makeTellRateLimit({ feed, clock }: { feed: Pick<Feed, 'append'>; clock: Clock }) {
  return async ({ what, keyId, limit, reset }: RateLimitNews): Promise<NewEvent[]> => {
    const hour = reset.slice(0, 'YYYY-MM-DDTHH'.length);
    const event: NewEvent = {
      id: `rate-limit-${what}-${keyId}-${hour}`,
      eventType: `client.rateLimit.${what}`,
      generatedDate: clock(),
      companyId: '',
      companyTags: [],
      payload: {
        apiKeyId: keyId,
        requestsPerMinute: limit,
        quotaRemaining: what === 'reached' ? 0 : limit,
        expiryDate: reset,
      },
    };
    await feed.append([event], plusSeconds(clock(), keptSeconds));
    return [event];
  };
}
