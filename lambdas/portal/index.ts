import { join } from 'node:path';
import { PortalConfig, readConfig } from '../../src/config.ts';
import { httpEdge, makeTelemetry } from '../edge.ts';
import { makePortal } from './portal.ts';

const config = readConfig(PortalConfig);
const telemetry = makeTelemetry('portal');
const answer = makePortal({
  // The bundle is CommonJS, and the built files lie beside it.
  folder: join(__dirname, 'files'),
  log: telemetry.log,
  signIn: { issuer: config.SIGN_IN_ISSUER, clientId: config.SIGN_IN_CLIENT_ID, pages: config.SIGN_IN_PAGES },
});

export const handler = httpEdge(telemetry, answer);
