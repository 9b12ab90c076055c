import { makeOpenAppKeys } from '../adapters/aws/app-keys-secret.ts';
import { makeGrants, makeLinkAttempts } from '../adapters/aws/grants-table.ts';
import { makeKmsSealer } from '../adapters/aws/kms-sealer.ts';
import { makeTables } from '../adapters/aws/tables.ts';
import { makeWaker } from '../adapters/aws/waker-queue.ts';
import { makeAppKeys } from '../app/grants/app-keys.ts';
import { makePromotePair } from '../app/grants/promote-pair.ts';
import { makeReleaseGrant } from '../app/grants/release-grant.ts';
import { makeAdvanceAttempt } from '../app/link/advance-attempt.ts';
import { makeAttachBusiness, makeShareConsent } from '../app/link/attach-business.ts';
import { makeContinueAttempt } from '../app/link/continue-attempt.ts';
import { makeEndAttempt } from '../app/link/end-attempt.ts';
import { makeConsent } from '../freshbooks/source.ts';
import { makeTransport } from '../freshbooks/transport.ts';
import { stateStores } from './state.ts';
import { redirectUriOf, retryTools, type Telemetry, world } from './world.ts';

type ConsentConfig = {
  STAGE: string;
  STATE_TABLE: string;
  GRANTS_TABLE: string;
  GRANT_KEY_ID: string;
  APP_SECRET_ID: string;
  SYNC_QUEUE_URL: string;
  FRESHBOOKS_API_URL: string;
  FRESHBOOKS_AUTH_URL: string;
  PUBLIC_URL: string;
};

/** Grants and link attempts, as the two functions have them that may touch tokens. */
export function composeConsent(config: ConsentConfig, telemetry: Telemetry) {
  const tables = makeTables();
  const stores = stateStores(tables, config);
  const transport = makeTransport();
  const ports = {
    ...stores,
    ...world,
    ...telemetry,
    ...makeKmsSealer(config.GRANT_KEY_ID, config.STAGE),
    grants: makeGrants(tables, config.GRANTS_TABLE),
    attempts: makeLinkAttempts(tables, config.GRANTS_TABLE, world.clock),
    appKeys: makeAppKeys({ ...stores, openAppKeys: makeOpenAppKeys(config.APP_SECRET_ID) }),
    oauth: makeConsent({
      apiUrl: config.FRESHBOOKS_API_URL,
      authUrl: config.FRESHBOOKS_AUTH_URL,
      transport,
      tools: retryTools,
    }),
    waker: makeWaker(config.SYNC_QUEUE_URL),
    redirectUri: redirectUriOf(config),
  };
  const releaseGrant = makeReleaseGrant(ports);
  const endAttempt = makeEndAttempt({ ...ports, releaseGrant });
  const attachBusiness = makeAttachBusiness({ ...ports, endAttempt });
  const continueAttempt = makeContinueAttempt({
    ...ports,
    endAttempt,
    attachBusiness,
    promotePair: makePromotePair(ports),
    shareConsent: makeShareConsent(ports),
  });
  const advanceAttempt = makeAdvanceAttempt({ ...ports, continueAttempt, attachBusiness, endAttempt });
  return { ...ports, tables, transport, releaseGrant, endAttempt, continueAttempt, advanceAttempt };
}
