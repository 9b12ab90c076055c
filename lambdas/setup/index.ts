import { composeSetup } from '../../src/compose/setup.ts';
import { readConfig, SetupConfig } from '../../src/config.ts';
import { httpEdge, makeTelemetry } from '../edge.ts';

const telemetry = makeTelemetry('setup');

export const handler = httpEdge(telemetry, composeSetup(readConfig(SetupConfig), telemetry));
