import { composeWebhookIn } from '../../src/compose/webhook-in.ts';
import { readConfig, WebhookInConfig } from '../../src/config.ts';
import { httpEdge, makeTelemetry } from '../edge.ts';

const telemetry = makeTelemetry('webhook-in');

export const handler = httpEdge(telemetry, composeWebhookIn(readConfig(WebhookInConfig), telemetry));
