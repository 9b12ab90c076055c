/** What events need of the world: where they wait, the feed they are read from, and what wakes who moves them. */
import type { Answer, Delivery } from '../domain/delivery.ts';
import type { EventSource, FeedEvent, NewEvent } from '../domain/event.ts';
import type { Instant } from '../domain/instant.ts';
import type { RateLimitNews } from '../domain/rate-limit.ts';
import type { Webhook } from '../domain/webhook.ts';
import type { Decision } from './ports.ts';

/** Items of the state table with events that are not in the feed yet. */
export type Outboxes = {
  /** Those whose oldest event waits since before then, oldest first (eventually consistent). */
  waiting(before: Instant): Promise<EventSource[]>;
};

/** What wakes the event sender. Messages only wake: all truth is in the tables. */
export type EventWake =
  /** Move what waits in an outbox to the feed. */
  | { kind: 'relay'; source: EventSource }
  /** Tell that an API key made too many requests, or that it may make some again. */
  | { kind: 'rate-limit'; news: RateLimitNews }
  /** Send an endpoint what it has not been sent. */
  | { kind: 'deliver'; webhookId: string };
export type EventWaker = (wake: EventWake, options?: { delaySeconds?: number }) => Promise<void>;

type FeedPage = {
  /** In the order of their sequence. */
  events: FeedEvent[];
  /** Sequence of the newest event there is. */
  last: number;
  /** True when the events right after the cursor are no longer kept: `events` begins with the oldest that are. */
  skipped: boolean;
};

/**
 * Every event in one order, gap-free: an event becomes readable together with all before it, so whoever reads on from
 * the last sequence they saw misses none, however late it was committed.
 */
export type Feed = {
  /** Gives each event its place. One whose id is in the feed already is left out, so saying it again changes nothing. */
  append(events: readonly NewEvent[], expires: Instant): Promise<void>;
  /** The events after a sequence, of one company or of all. Strongly consistent. */
  read(wish: { after: number; limit: number; companyId?: string | undefined }): Promise<FeedPage>;
  find(id: string): Promise<FeedEvent | undefined>;
  /** Sequence of the newest event there is; 0 when there is none. */
  last(): Promise<number>;
};

/** The endpoints that are told of events. There are few: fifty at most. */
export type Webhooks = {
  insert(webhook: Webhook): Promise<void>;
  find(id: string): Promise<Webhook | undefined>;
  /** Strongly consistent. */
  all(): Promise<Webhook[]>;
  /** `undefined` when there is no such endpoint. */
  change<R>(id: string, decide: (webhook: Webhook) => Decision<Webhook, R>): Promise<R | undefined>;
  /** True when there was one. */
  remove(id: string): Promise<boolean>;
};

/** What was sent to an endpoint, and what is to be tried again; kept as long as events are. */
export type Deliveries = {
  /** Creates or changes: `current` is undefined when there is none of this event. */
  change<R>(
    webhookId: string,
    of: Pick<Delivery, 'sequence' | 'eventId'>,
    decide: (current: Delivery | undefined) => Decision<Delivery, R>,
  ): Promise<R>;
  /** The newest first: those of events before a sequence. Strongly consistent. */
  list(webhookId: string, wish: { before?: number | undefined; limit: number }): Promise<Delivery[]>;
  /** Those that wait, by when they are due; one that was made just now may be missing. So many of them at most. */
  waiting(webhookId: string, limit: number): Promise<Delivery[]>;
};

/** Sends one request to an endpoint, to nowhere else, and never throws. */
export type PostWebhook = (
  url: string,
  message: { headers: Readonly<Record<string, string>>; body: string },
) => Promise<Answer>;

/** Why nothing may be sent to a URL; undefined when it may. Looked at again for each connection. */
export type CheckUrl = (
  url: string,
) => Promise<'not-https' | 'not-a-port' | 'not-public' | 'no-such-host' | undefined>;
