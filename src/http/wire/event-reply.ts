import * as z from 'zod';
import type { FeedEvent } from '../../domain/event.ts';
import { DateTime } from '../../domain/unified/scalars.ts';

/** An event as it is read from the feed and delivered to consumers. */
export const EventReply = z.strictObject({
  id: z.string(),
  eventType: z.string(),
  generatedDate: DateTime,
  /** Counts all events without a gap. */
  sequence: z.number().int(),
  /** Counts the events of one company without a gap. */
  companySequence: z.number().int(),
  payload: z.record(z.string(), z.unknown()),
});

/** What is told of an event: all but what consumers choose by. */
export function eventReply(event: FeedEvent): z.infer<typeof EventReply> {
  const { id, eventType, generatedDate, sequence, companySequence, payload } = event;
  return { id, eventType, generatedDate, sequence, companySequence, payload };
}

/** The same as the body of a message. */
export function eventBody(event: FeedEvent): string {
  return JSON.stringify(eventReply(event));
}
