import { makeConnections } from '../adapters/aws/connections-table.ts';
import { makeTables } from '../adapters/aws/tables.ts';
import { makeWaker } from '../adapters/aws/waker-queue.ts';
import { makeTakeDelivery } from '../app/hooks/take-delivery.ts';
import type { WebhookInConfig } from '../config.ts';
import { isSigned } from '../freshbooks/hook-signature.ts';
import { typesOf } from '../freshbooks/hooks.ts';
import { makeHandleDelivery } from '../http/hooks/handle-delivery.ts';
import { type Telemetry, world } from './world.ts';

/** What FreshBooks tells us of changes: hints to look. */
export function composeWebhookIn(config: WebhookInConfig, { log, count }: Telemetry) {
  const takeDelivery = makeTakeDelivery({
    ...world,
    connections: makeConnections(makeTables(), config.STATE_TABLE),
    waker: makeWaker(config.SYNC_QUEUE_URL),
    typesOf,
    isSigned,
    count,
  });
  return makeHandleDelivery({ takeDelivery, log });
}
