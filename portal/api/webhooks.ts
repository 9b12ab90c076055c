import { z } from 'zod';
import type { Call } from './call.ts';

const Webhook = z.object({
  id: z.string(),
  url: z.string(),
  disabled: z.boolean(),
  /** None: every type. */
  eventTypes: z.array(z.string()),
  /** `key:value`; none: every company. */
  companyTags: z.array(z.string()),
  createdDate: z.string(),
  health: z.enum(['healthy', 'failing', 'disabled']),
  /** `gone`: it answered 410. */
  disabledReason: z.enum(['asked', 'gone']).optional(),
  failingSince: z.string().optional(),
  pausedUntil: z.string().optional(),
  lastSuccess: z.string().optional(),
  lastSequence: z.number(),
});
export type Webhook = z.infer<typeof Webhook>;

/** What an endpoint is created or replaced with. */
export type WebhookWish = Pick<Webhook, 'url' | 'eventTypes' | 'companyTags' | 'disabled'>;

/** The replies that hold a signing secret, and the only ones. */
const NewWebhook = Webhook.extend({ secret: z.string() });
const NewSecret = z.object({ secret: z.string(), previousUntil: z.string() });
export type NewSecret = z.infer<typeof NewSecret>;

const EventType = z.object({ eventType: z.string() });

const Delivery = z.object({
  eventId: z.string(),
  eventType: z.string(),
  sequence: z.number(),
  status: z.enum(['Sending', 'Attempting', 'Success', 'Failure']),
  createdDate: z.string(),
  nextAttempt: z.string().optional(),
  /** The oldest first. */
  attempts: z.array(
    z.object({
      at: z.string(),
      milliseconds: z.number(),
      status: z.number().optional(),
      error: z.string().optional(),
    }),
  ),
});
export type Delivery = z.infer<typeof Delivery>;

/** One event, those after a sequence up to another, or all that failed. */
export type Replay = { eventId: string } | { after: number; upTo?: number } | { failed: true };

const listOf = <Row extends z.ZodType>(row: Row) => z.object({ results: z.array(row) });

/** Endpoints that are told of events, through the public API. */
export function webhooksApi(call: Call) {
  const at = (id: string) => `/webhooks/${encodeURIComponent(id)}`;
  return {
    list: () => call({ method: 'GET', path: '/webhooks' }, listOf(Webhook)),
    eventTypes: () => call({ method: 'GET', path: '/webhooks/eventTypes' }, listOf(EventType)),
    get: (id: string) => call({ method: 'GET', path: at(id) }, Webhook),
    create: (body: WebhookWish) => call({ method: 'POST', path: '/webhooks', body }, NewWebhook),
    replace: (id: string, body: WebhookWish) => call({ method: 'PUT', path: at(id), body }, Webhook),
    remove: (id: string) => call({ method: 'DELETE', path: at(id) }, z.unknown()),
    rotate: (id: string, keepPreviousHours: number) =>
      call({ method: 'POST', path: `${at(id)}/secret`, body: { keepPreviousHours } }, NewSecret),
    test: (id: string) => call({ method: 'POST', path: `${at(id)}/test` }, z.object({ eventId: z.string() })),
    deliveries: (id: string, before: number | undefined, limit: number) =>
      call(
        { method: 'GET', path: `${at(id)}/deliveries`, query: { before, limit } },
        listOf(Delivery).extend({ next: z.number().optional() }),
      ),
    replay: (id: string, body: Replay) =>
      call(
        { method: 'POST', path: `${at(id)}/replay`, body },
        z.object({ replayed: z.number(), next: z.number().optional() }),
      ),
  };
}
