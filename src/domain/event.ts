import * as z from 'zod';
import { pullStatuses } from './dataset.ts';
import { Drift } from './drift.ts';

/** Every kind of event there is, with what it tells; the API's list of event types is this one. */
export const eventTypes = {
  'company.created': 'A company was created.',
  'company.deleted': 'A company was deleted, with its connections and all that was read.',
  'connection.created': 'A connection was created; its customer has not authorised it yet.',
  'connection.connected': 'A customer authorised a connection for the first time.',
  'connection.failed': 'A customer tried to authorise a connection, and it did not come to that.',
  'connection.disconnected': 'A connection was unlinked, or FreshBooks took its access back.',
  'connection.reconnected': 'A connection that was disconnected is authorised again.',
  'connection.deleted': 'A connection was deleted.',
  'read.completed': 'Data types of a connection were read, or could not be.',
  'read.completed.initial': 'Data types of a connection were read for the first time, or could not be.',
  'dataset.failed': 'A data type could not be read. It is told once, until it fails in another way.',
  'dataset.mismatch':
    'A total of what is held differs from FreshBooks’ own report. Each is told once, until it agrees.',
  'dataset.drift':
    'FreshBooks sent fields or values that the mapping does not know. Each is told once; the raw rows have them.',
  'client.rateLimit.reached': 'An API key made more requests than it may. It is told once an hour at most.',
  'client.rateLimit.reset': 'An API key that made too many requests may make requests again.',
} as const satisfies Record<string, string>;
export type EventType = keyof typeof eventTypes;
/** What happens to a company or in one of its connections; the others are the deployment's own. */
export type CompanyEventType = Exclude<EventType, `client.${string}`>;

export function isEventType(text: string): text is EventType {
  return Object.hasOwn(eventTypes, text);
}

/** How one data type's part in a read ended. */
export const ReadOutcome = z.object({
  dataType: z.string(),
  operationId: z.string(),
  status: z.enum(pullStatuses),
  /** Unified records that were created, changed or deleted by it. */
  modified: z.number().int(),
  message: z.string().optional(),
});
export type ReadOutcome = z.infer<typeof ReadOutcome>;

/** A total that differs, by its report: the amounts are in the proof. */
const DifferentTotal = z.object({
  report: z.string(),
  window: z.string().optional(),
  currency: z.string(),
});

/**
 * An event where it happened: in the item whose change it tells of, written by the same conditional write. It is thin;
 * what else is shown of it is looked up when it is moved to the feed.
 */
export const OutboxEvent = z.object({
  id: z.string(),
  type: z.custom<CompanyEventType>((type) => typeof type === 'string'),
  at: z.string(),
  /** State of the connection after the change. */
  status: z.string().optional(),
  outcomes: z.array(ReadOutcome).optional(),
  /** Which totals of a data type differ. */
  mismatch: z.object({ dataType: z.string(), totals: z.array(DifferentTotal) }).optional(),
  /** What of a data type is new to us. */
  drift: z.object({ dataType: z.string(), found: z.array(Drift) }).optional(),
});
export type OutboxEvent = z.infer<typeof OutboxEvent>;

/** The item that an event happened in: a company, or one of its connections. */
export type EventSource = { companyId: string; connectionId?: string };

/**
 * An event as it is read and delivered. `sequence` counts all events without a gap, `companySequence` those of one
 * company (`companyId` is empty where an event is of none): whoever receives them out of order can put them right.
 */
export const FeedEvent = z.object({
  id: z.string(),
  eventType: z.string(),
  generatedDate: z.string(),
  sequence: z.number().int(),
  companySequence: z.number().int(),
  companyId: z.string(),
  /** Tags of the company when the event was moved to the feed, `key:value`: consumers choose by them. */
  companyTags: z.array(z.string()),
  payload: z.record(z.string(), z.unknown()),
});
export type FeedEvent = z.infer<typeof FeedEvent>;

/** An event before it has its place. */
export type NewEvent = Omit<FeedEvent, 'sequence' | 'companySequence'>;
