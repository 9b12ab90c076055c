import { makeOpenAppKeys } from '../adapters/aws/app-keys-secret.ts';
import { makeGrants, makeLinkAttempts } from '../adapters/aws/grants-table.ts';
import { makeKmsSealer } from '../adapters/aws/kms-sealer.ts';
import { makeObjects } from '../adapters/aws/objects-bucket.ts';
import { makeTables } from '../adapters/aws/tables.ts';
import { makeWaker } from '../adapters/aws/waker-queue.ts';
import { makeAppKeys } from '../app/grants/app-keys.ts';
import { makeEscrow } from '../app/grants/escrow.ts';
import type { Wake } from '../app/ports.ts';
import { makeConsent } from '../freshbooks/source.ts';
import { makeTransport } from '../freshbooks/transport.ts';
import { recordingStores } from './state.ts';
import { redirectUriOf, retryTools, type Telemetry, world } from './world.ts';

type ConsentConfig = {
  STAGE: string;
  STATE_TABLE: string;
  GRANTS_TABLE: string;
  GRANT_KEY_ID: string;
  APP_SECRET_ID: string;
  SYNC_QUEUE_URL: string;
  BOOKS_BUCKET: string;
  EVENT_QUEUE_URL: string;
  FRESHBOOKS_API_URL: string;
  FRESHBOOKS_AUTH_URL: string;
  PUBLIC_URL: string;
};

/** The world of the two functions that may touch tokens: grants, link attempts, the app's keys and FreshBooks, which is
 * given so long to answer one call. */
export function composeConsent(config: ConsentConfig, telemetry: Telemetry, patience: { timeoutMs: number }) {
  const tables = makeTables();
  const stores = recordingStores(tables, config, telemetry.log);
  const transport = makeTransport(patience);
  const objects = makeObjects(config.BOOKS_BUCKET);
  const openAppKeys = makeOpenAppKeys(config.APP_SECRET_ID);
  return {
    ...stores,
    ...world,
    ...telemetry,
    ...makeKmsSealer(config.GRANT_KEY_ID, { stage: config.STAGE, table: config.GRANTS_TABLE }),
    escrow: makeEscrow({ objects }),
    grants: makeGrants(tables, config.GRANTS_TABLE),
    attempts: makeLinkAttempts(tables, config.GRANTS_TABLE, world.clock),
    openAppKeys,
    appKeys: makeAppKeys({ ...stores, openAppKeys }),
    oauth: makeConsent({
      apiUrl: config.FRESHBOOKS_API_URL,
      authUrl: config.FRESHBOOKS_AUTH_URL,
      transport,
      tools: retryTools,
    }),
    transport,
    objects,
    waker: makeWaker<Wake>(config.SYNC_QUEUE_URL),
    redirectUri: redirectUriOf(config),
  };
}
