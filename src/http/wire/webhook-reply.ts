import * as z from 'zod';
import { Attempt, Delivery } from '../../domain/delivery.ts';
import { DateTime } from '../../domain/unified/scalars.ts';
import { healthOf, type Webhook } from '../../domain/webhook.ts';

/** An endpoint, without its secrets. */
export const WebhookReply = z.strictObject({
  id: z.string(),
  url: z.string(),
  disabled: z.boolean(),
  eventTypes: z.array(z.string()),
  companyTags: z.array(z.string()),
  createdDate: DateTime,
  health: z.enum(['healthy', 'failing', 'disabled']),
  /** `gone`: it answered 410, and is told of nothing until it is enabled again. */
  disabledReason: z.enum(['asked', 'gone']).optional(),
  failingSince: DateTime.optional(),
  /** Nothing is sent before it: it asked for it, or fails too often. */
  pausedUntil: DateTime.optional(),
  lastSuccess: DateTime.optional(),
  /** Sequence of the last event that was looked at for it. */
  lastSequence: z.number().int(),
});

export function webhookReply(webhook: Webhook): z.infer<typeof WebhookReply> {
  const { id, url, eventTypes, companyTags, disabled, failingSince, pausedUntil, lastSuccess } = webhook;
  return {
    id,
    url,
    disabled: disabled !== undefined,
    eventTypes,
    companyTags,
    createdDate: webhook.created,
    health: healthOf(webhook),
    ...(disabled && { disabledReason: disabled.reason }),
    ...(failingSince === undefined ? {} : { failingSince }),
    ...(pausedUntil === undefined ? {} : { pausedUntil }),
    ...(lastSuccess === undefined ? {} : { lastSuccess }),
    lastSequence: webhook.cursor,
  };
}

/** What became of one event at one endpoint. */
export const DeliveryReply = z.strictObject({
  eventId: z.string(),
  eventType: z.string(),
  sequence: z.number().int(),
  status: Delivery.shape.status,
  createdDate: DateTime,
  nextAttempt: DateTime.optional(),
  attempts: z.array(Attempt),
});

export function deliveryReply(delivery: Delivery): z.infer<typeof DeliveryReply> {
  const { eventId, eventType, sequence, status, created, due, attempts } = delivery;
  return {
    eventId,
    eventType,
    sequence,
    status,
    createdDate: created,
    ...(due === undefined ? {} : { nextAttempt: due }),
    attempts,
  };
}
