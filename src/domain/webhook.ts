import * as z from 'zod';
import { type FeedEvent, isEventType } from './event.ts';
import { Sealed } from './grant.ts';
import { type Instant, secondsBetween } from './instant.ts';

/** A signing secret, sealed. The one that was replaced signs too until then, so that nothing is refused meanwhile. */
const Secret = z.object({ id: z.string(), sealed: Sealed, until: z.string().optional() });
export type WebhookSecret = z.infer<typeof Secret>;

/** An endpoint of the deployer's that is told of events, whole: what it wants, and how far sending has come. */
export const Webhook = z.object({
  id: z.string(),
  url: z.string(),
  created: z.string(),
  /** Empty: every type. */
  eventTypes: z.array(z.string()),
  /** `key:value`; a company needs one of them. Empty: every company. */
  companyTags: z.array(z.string()),
  /** `gone`: it answered 410. */
  disabled: z.object({ since: z.string(), reason: z.enum(['asked', 'gone']) }).optional(),
  /** The newest first. */
  secrets: z.array(Secret),
  /** Sequence of the last event that was looked at for it. */
  cursor: z.number().int(),
  /** One sender at a time; `again` when somebody else wanted to meanwhile. */
  lease: z.object({ owner: z.string(), until: z.string() }).optional(),
  again: z.literal(true).optional(),
  /** When the first of what is to be tried again is due. */
  due: z.string().optional(),
  /** Attempts that failed since one succeeded, and since when. */
  failures: z.number().int(),
  failingSince: z.string().optional(),
  /** Nothing is sent before it: the endpoint asked for it, or fails too often. */
  pausedUntil: z.string().optional(),
  lastSuccess: z.string().optional(),
});
export type Webhook = z.infer<typeof Webhook>;

/** Types of the API that ours follows which happen nowhere here: who asks for them is told of none. */
const neverHere = /^(company\.product\.(added|removed)|[A-Za-z]+\.write\.(un)?successful)$/;

export function isWantableType(type: string): boolean {
  return isEventType(type) || neverHere.test(type);
}

/** True when an endpoint is to be told of an event. */
export function wantsEvent(
  { eventTypes, companyTags }: Pick<Webhook, 'eventTypes' | 'companyTags'>,
  event: Pick<FeedEvent, 'eventType' | 'companyTags'>,
): boolean {
  const type = eventTypes.length === 0 || eventTypes.includes(event.eventType);
  return type && (companyTags.length === 0 || companyTags.some((tag) => event.companyTags.includes(tag)));
}

/** The secrets that sign now. */
export function liveSecrets({ secrets }: Webhook, now: Instant): WebhookSecret[] {
  return secrets.filter(({ until }) => until === undefined || now < until);
}

/** What the endpoint is like, in one word for people. */
export function healthOf(webhook: Webhook): 'healthy' | 'failing' | 'disabled' {
  if (webhook.disabled !== undefined) return 'disabled';
  return webhook.failingSince === undefined ? 'healthy' : 'failing';
}

/** True when a sender has something to do for it, as far as its own item and the newest event tell. */
export function isDue(webhook: Webhook, last: number, now: Instant): boolean {
  if (webhook.disabled !== undefined || isPaused(webhook, now)) return false;
  if (webhook.lease !== undefined && secondsBetween(now, webhook.lease.until) > 0) return false;
  return webhook.cursor < last || (webhook.due !== undefined && webhook.due <= now);
}

export function isPaused({ pausedUntil }: Pick<Webhook, 'pausedUntil'>, now: Instant): boolean {
  return pausedUntil !== undefined && now < pausedUntil;
}
