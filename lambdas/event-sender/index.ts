import { composeEventSender } from '../../src/compose/event-sender.ts';
import { EventSenderConfig, readConfig } from '../../src/config.ts';
import { makeTelemetry, queueEdge } from '../edge.ts';

const telemetry = makeTelemetry('event-sender');

export const handler = queueEdge(telemetry, composeEventSender(readConfig(EventSenderConfig), telemetry));
