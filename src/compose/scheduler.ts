import { makeConnections } from '../adapters/aws/connections-table.ts';
import { makeFeed } from '../adapters/aws/feed-table.ts';
import { makeOutboxes } from '../adapters/aws/outboxes.ts';
import { makeHeartbeat, makeSyncSettings } from '../adapters/aws/settings-table.ts';
import { makeTables } from '../adapters/aws/tables.ts';
import { makeWaker } from '../adapters/aws/waker-queue.ts';
import { makeWebhooks } from '../adapters/aws/webhooks-table.ts';
import type { EventWake } from '../app/event-ports.ts';
import { makePlanEvents } from '../app/events/plan-events.ts';
import type { Wake } from '../app/ports.ts';
import { makePlanSyncs } from '../app/sync/plan-syncs.ts';
import { makePlanSenders } from '../app/webhooks/wake-senders.ts';
import type { SchedulerConfig } from '../config.ts';
import { rawOnly } from '../freshbooks/project/projections.ts';
import { type Telemetry, world } from './world.ts';

/** One tick of the schedule. */
export function composeScheduler(config: SchedulerConfig, { log, count }: Telemetry): () => Promise<void> {
  const tables = makeTables();
  const planSyncs = makePlanSyncs({
    connections: makeConnections(tables, config.STATE_TABLE),
    heartbeat: makeHeartbeat(tables, config.STATE_TABLE),
    waker: makeWaker<Wake>(config.SYNC_QUEUE_URL),
    clock: world.clock,
    syncSettings: makeSyncSettings(tables, config.STATE_TABLE),
    rawOnly,
    log,
  });
  const planEvents = makePlanEvents({
    outboxes: makeOutboxes(tables, config.STATE_TABLE),
    waker: makeWaker<EventWake>(config.EVENT_QUEUE_URL),
    clock: world.clock,
    log,
  });
  const planSenders = makePlanSenders({
    webhooks: makeWebhooks(tables, config.EVENTS_TABLE),
    feed: makeFeed(tables, config.EVENTS_TABLE),
    waker: makeWaker<EventWake>(config.EVENT_QUEUE_URL),
    clock: world.clock,
  });
  return async () => {
    // First, and apart: a fault in the one must not keep the other from its minute.
    const late = await Promise.allSettled([planEvents(), planSenders()]);
    const { woken } = await planSyncs();
    for (const one of late) if (one.status === 'rejected') throw one.reason;
    count('schedule.woken', woken);
  };
}
