import { composeApi } from '../../src/compose/api.ts';
import { ApiConfig, readConfig } from '../../src/config.ts';
import { httpEdge, makeTelemetry } from '../edge.ts';

const telemetry = makeTelemetry('api');

export const handler = httpEdge(telemetry, composeApi(readConfig(ApiConfig), telemetry));
