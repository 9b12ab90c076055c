import { composeSyncWorker } from '../../src/compose/sync-worker.ts';
import { readConfig, SyncWorkerConfig } from '../../src/config.ts';
import { makeTelemetry, queueEdge } from '../edge.ts';

const telemetry = makeTelemetry('sync-worker');

export const handler = queueEdge(telemetry, composeSyncWorker(readConfig(SyncWorkerConfig), telemetry));
