import * as z from 'zod';
import { makeDeliveries } from '../adapters/aws/deliveries-table.ts';
import { makeFeed } from '../adapters/aws/feed-table.ts';
import { makeKmsSealer } from '../adapters/aws/kms-sealer.ts';
import { makeTables } from '../adapters/aws/tables.ts';
import { makeWaker } from '../adapters/aws/waker-queue.ts';
import { makeWebhooks } from '../adapters/aws/webhooks-table.ts';
import { makePostWebhook } from '../adapters/post-webhook.ts';
import type { EventWake } from '../app/event-ports.ts';
import { makeRelayOutbox } from '../app/events/relay-outbox.ts';
import { makeTellRateLimit } from '../app/events/tell-rate-limit.ts';
import { deadlineOf, makeDeliverEvents } from '../app/webhooks/deliver-events.ts';
import { makeWakeSenders } from '../app/webhooks/wake-senders.ts';
import type { EventSenderConfig } from '../config.ts';
import { never } from '../domain/problem.ts';
import { RateLimitNews } from '../domain/rate-limit.ts';
import { makeRenderEvent } from '../http/wire/event-payload.ts';
import { eventBody } from '../http/wire/event-reply.ts';
import { stateStores } from './state.ts';
import { type Telemetry, world } from './world.ts';

const Message: z.ZodType<EventWake> = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('relay'),
    source: z.object({ companyId: z.string(), connectionId: z.string().exactOptional() }),
  }),
  z.object({ kind: z.literal('rate-limit'), news: RateLimitNews }),
  z.object({ kind: z.literal('deliver'), webhookId: z.string() }),
]);

/** One message's work. A throw sends the message back to the queue. */
export function composeEventSender(config: EventSenderConfig, telemetry: Telemetry) {
  const tables = makeTables();
  const ports = {
    ...stateStores(tables, config),
    ...world,
    ...telemetry,
    feed: makeFeed(tables, config.EVENTS_TABLE),
    webhooks: makeWebhooks(tables, config.EVENTS_TABLE),
    deliveries: makeDeliveries(tables, config.EVENTS_TABLE, world.clock),
    waker: makeWaker<EventWake>(config.EVENT_QUEUE_URL),
  };
  const relay = makeRelayOutbox({ ...ports, render: makeRenderEvent(config.PUBLIC_URL) });
  const tellRateLimit = makeTellRateLimit(ports);
  const wakeSenders = makeWakeSenders(ports);
  const deliver = makeDeliverEvents({
    ...ports,
    sealer: makeKmsSealer(config.WEBHOOK_KEY_ID, { stage: config.STAGE, table: config.EVENTS_TABLE }).sealer,
    post: makePostWebhook({ loopback: config.WEBHOOK_LOOPBACK }),
    bodyOf: eventBody,
    random: Math.random,
  });
  return async (body: string, time: { millisLeft: () => number }): Promise<void> => {
    const wake = Message.parse(JSON.parse(body));
    switch (wake.kind) {
      case 'relay':
        return wakeSenders(await relay(wake.source));
      case 'rate-limit':
        return wakeSenders(await tellRateLimit(wake.news));
      case 'deliver':
        await deliver(wake.webhookId, deadlineOf(world.clock(), time.millisLeft()));
        return;
      default:
        never(wake);
    }
  };
}
