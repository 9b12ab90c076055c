import * as z from 'zod';
import { eventTypes } from '../domain/event.ts';
import { DateTime } from '../domain/unified/scalars.ts';
import { apiOperation, Id } from './api-operation.ts';
import { wholeNumber } from './paging.ts';
import { ReplayBody, WebhookBody } from './webhook-body.ts';
import { DeliveryReply, deliveryReply, WebhookReply, webhookReply } from './wire/webhook-reply.ts';

const WebhookPath = z.object({ webhookId: Id });
const largestSequence = 999_999_999_999;

/** The secret is in the answer to its making and never again. */
const NewWebhookReply = WebhookReply.extend({ secret: z.string() });

export const webhooksOperations = [
  apiOperation({
    method: 'GET',
    path: '/webhooks',
    name: 'listWebhooks',
    summary: 'Lists the endpoints that are told of events.',
    role: 'read',
    success: 200,
    reply: z.strictObject({ results: z.array(WebhookReply) }),
    run: async ({ deps }) => {
      const all = await deps.listWebhooks();
      return { results: all.toSorted((a, b) => (a.created < b.created ? -1 : 1)).map(webhookReply) };
    },
  }),
  apiOperation({
    method: 'POST',
    path: '/webhooks',
    name: 'createWebhook',
    summary: 'Creates an endpoint and shows its signing secret, this once. There may be fifty.',
    role: 'admin',
    body: WebhookBody,
    success: 201,
    reply: NewWebhookReply,
    refusals: [409],
    run: async ({ deps, body, creates }) => {
      const { webhook, secret } = await deps.createWebhook(body, creates);
      return { ...webhookReply(webhook), secret };
    },
  }),
  apiOperation({
    method: 'GET',
    path: '/webhooks/eventTypes',
    name: 'listEventTypes',
    summary: 'Lists every type of event there is, with what it tells.',
    role: 'read',
    success: 200,
    reply: z.strictObject({
      results: z.array(z.strictObject({ eventType: z.string(), description: z.string() })),
    }),
    run: async () => ({
      results: Object.entries(eventTypes).map(([eventType, description]) => ({ eventType, description })),
    }),
  }),
  apiOperation({
    method: 'GET',
    path: '/webhooks/{webhookId}',
    name: 'getWebhook',
    summary: 'Shows one endpoint and how it fares.',
    role: 'read',
    params: WebhookPath,
    success: 200,
    reply: WebhookReply,
    run: async ({ deps, params }) => webhookReply(await deps.findWebhook(params.webhookId)),
  }),
  apiOperation({
    method: 'PUT',
    path: '/webhooks/{webhookId}',
    name: 'replaceWebhook',
    summary: 'Replaces what an endpoint is told of and where; its secret stays.',
    role: 'admin',
    params: WebhookPath,
    body: WebhookBody,
    success: 200,
    reply: WebhookReply,
    run: async ({ deps, params, body }) => webhookReply(await deps.replaceWebhook(params.webhookId, body)),
  }),
  apiOperation({
    method: 'DELETE',
    path: '/webhooks/{webhookId}',
    name: 'deleteWebhook',
    summary: 'Deletes an endpoint.',
    role: 'admin',
    params: WebhookPath,
    success: 204,
    run: ({ deps, params }) => deps.deleteWebhook(params.webhookId),
  }),
  apiOperation({
    method: 'POST',
    path: '/webhooks/{webhookId}/secret',
    name: 'rotateWebhookSecret',
    summary:
      'Gives an endpoint another signing secret and shows it, this once; the former one signs as well for a while.',
    role: 'admin',
    params: WebhookPath,
    body: z.strictObject({ keepPreviousHours: z.number().int().min(0).max(168).default(24) }),
    success: 201,
    reply: z.strictObject({ secret: z.string(), previousUntil: DateTime }),
    run: ({ deps, params, body }) => deps.rotateSecret(params.webhookId, body.keepPreviousHours),
  }),
  apiOperation({
    method: 'POST',
    path: '/webhooks/{webhookId}/test',
    name: 'testWebhook',
    summary: 'Sends an endpoint a test event, whatever types it chose.',
    role: 'admin',
    params: WebhookPath,
    success: 200,
    reply: z.strictObject({ eventId: z.string() }),
    refusals: [409],
    run: ({ deps, params }) => deps.testWebhook(params.webhookId),
  }),
  apiOperation({
    method: 'GET',
    path: '/webhooks/{webhookId}/deliveries',
    name: 'listDeliveries',
    summary: 'Lists what was sent to an endpoint and what it answered, the newest event first.',
    role: 'read',
    params: WebhookPath,
    query: z.object({
      before: wholeNumber(1, largestSequence, largestSequence),
      limit: wholeNumber(1, 500, 100),
    }),
    success: 200,
    reply: z.strictObject({
      results: z.array(DeliveryReply),
      /** To be given as "before" for older ones; absent when there are none. */
      next: z.number().int().optional(),
    }),
    run: async ({ deps, params, query }) => {
      const deliveries = await deps.listDeliveries(params.webhookId, query);
      const oldest = deliveries.length === query.limit ? deliveries.at(-1)?.sequence : undefined;
      return {
        results: deliveries.map(deliveryReply),
        ...(oldest === undefined ? {} : { next: oldest }),
      };
    },
  }),
  apiOperation({
    method: 'POST',
    path: '/webhooks/{webhookId}/replay',
    name: 'replayEvents',
    summary: 'Sends events to an endpoint again: one, those after a sequence, or all that failed.',
    role: 'admin',
    params: WebhookPath,
    body: ReplayBody,
    success: 200,
    reply: z.strictObject({
      replayed: z.number().int(),
      /** To be given as "after" for the rest; absent when there is none. */
      next: z.number().int().optional(),
    }),
    refusals: [409],
    run: ({ deps, params, body }) => deps.replayEvents(params.webhookId, body),
  }),
];
