import { composeScheduler } from '../../src/compose/scheduler.ts';
import { readConfig, SchedulerConfig } from '../../src/config.ts';
import { makeTelemetry, scheduleEdge } from '../edge.ts';

const telemetry = makeTelemetry('scheduler');

export const handler = scheduleEdge(telemetry, composeScheduler(readConfig(SchedulerConfig), telemetry));
