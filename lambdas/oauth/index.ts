import { composeOauth } from '../../src/compose/oauth.ts';
import { OauthConfig, readConfig } from '../../src/config.ts';
import { httpEdge, makeTelemetry } from '../edge.ts';

const telemetry = makeTelemetry('oauth');

export const handler = httpEdge(telemetry, composeOauth(readConfig(OauthConfig), telemetry));
