import { makeConnections } from '../adapters/aws/connections-table.ts';
import { makeHeartbeat, makeSyncSettings } from '../adapters/aws/settings-table.ts';
import { makeTables } from '../adapters/aws/tables.ts';
import { makeWaker } from '../adapters/aws/waker-queue.ts';
import { makePlanSyncs } from '../app/sync/plan-syncs.ts';
import type { SchedulerConfig } from '../config.ts';
import { type Telemetry, world } from './world.ts';

/** One tick of the schedule. */
export function composeScheduler(config: SchedulerConfig, { log, count }: Telemetry): () => Promise<void> {
  const tables = makeTables();
  const planSyncs = makePlanSyncs({
    connections: makeConnections(tables, config.STATE_TABLE),
    heartbeat: makeHeartbeat(tables, config.STATE_TABLE),
    waker: makeWaker(config.SYNC_QUEUE_URL),
    clock: world.clock,
    syncSettings: makeSyncSettings(tables, config.STATE_TABLE),
    log,
  });
  return async () => {
    const { woken } = await planSyncs();
    count('schedule.woken', woken);
  };
}
