import { makeApiKeys } from '../adapters/aws/api-keys-table.ts';
import { makeCompanyTokens, makeCountCall, makeIdempotentCalls } from '../adapters/aws/calls-table.ts';
import { makeDeliveries } from '../adapters/aws/deliveries-table.ts';
import { makeFeed } from '../adapters/aws/feed-table.ts';
import { makeKmsSealer } from '../adapters/aws/kms-sealer.ts';
import { makeObjects } from '../adapters/aws/objects-bucket.ts';
import { makeHeartbeat, makeRateLimitStore } from '../adapters/aws/settings-table.ts';
import { makeTables } from '../adapters/aws/tables.ts';
import { makeWaker } from '../adapters/aws/waker-queue.ts';
import { makeWebhooks } from '../adapters/aws/webhooks-table.ts';
import { makeCheckUrl } from '../adapters/check-url.ts';
import { makeVerifySignIn } from '../adapters/sign-in.ts';
import { makeLimitRate } from '../app/calls/limit-rate.ts';
import { makeMakeOnce } from '../app/calls/make-once.ts';
import type { EventWake } from '../app/event-ports.ts';
import { makeAnnounceLimit } from '../app/events/tell-rate-limit.ts';
import { makeVerifyCompanyToken } from '../app/keys/company-token.ts';
import { makeVerifyKey } from '../app/keys/verify-key.ts';
import type { Wake } from '../app/ports.ts';
import { makePapers } from '../books/papers.ts';
import { makeReadChanges } from '../books/read-changes.ts';
import { makeReadRaw, makeReadRecord, makeReadRecords } from '../books/read-records.ts';
import { makeRunFiles } from '../books/run-files.ts';
import { makeSnapshotAt } from '../books/snapshot-at.ts';
import { SnapshotReader } from '../books/snapshot-reader.ts';
import type { ApiConfig } from '../config.ts';
import { neededScopes } from '../freshbooks/needed-scopes.ts';
import { rawOnly } from '../freshbooks/project/projections.ts';
import { makeApiDeps } from '../http/api-deps.ts';
import { makeAuthenticate } from '../http/authenticate.ts';
import { openToPages } from '../http/cross-origin.ts';
import { makeHandle } from '../http/handle.ts';
import { publicApi } from '../http/public-api.ts';
import { recordingStores } from './state.ts';
import { type Telemetry, world } from './world.ts';

/** The public API. */
export function composeApi(config: ApiConfig, { log }: Telemetry) {
  const tables = makeTables();
  const objects = makeObjects(config.BOOKS_BUCKET, undefined, false);
  const reader = new SnapshotReader(objects, 128_000_000);
  const apiKeys = makeApiKeys(tables, config.STATE_TABLE);
  const companyTokens = makeCompanyTokens(tables, config.CALLS_TABLE);
  const limits = makeRateLimitStore(tables, config.STATE_TABLE);
  const wakeSender = makeWaker<EventWake>(config.EVENT_QUEUE_URL);
  const deps = makeApiDeps({
    ...recordingStores(tables, config, log),
    ...world,
    apiKeys,
    companyTokens,
    limits,
    feed: makeFeed(tables, config.EVENTS_TABLE),
    webhooks: makeWebhooks(tables, config.EVENTS_TABLE),
    deliveries: makeDeliveries(tables, config.EVENTS_TABLE, world.clock),
    sealer: makeKmsSealer(config.WEBHOOK_KEY_ID, { stage: config.STAGE, table: config.EVENTS_TABLE }).sealer,
    checkUrl: makeCheckUrl({ loopback: config.WEBHOOK_LOOPBACK }),
    wakeSender,
    readRecords: makeReadRecords({ objects, reader }),
    snapshotAt: makeSnapshotAt({ reader }),
    readRecord: makeReadRecord({ objects }),
    ...makeReadRaw({ objects }),
    readChanges: makeReadChanges({ objects }),
    readHistory: makeRunFiles({ objects }).history,
    papers: makePapers({ objects }),
    heartbeat: makeHeartbeat(tables, config.STATE_TABLE),
    scopesOf: neededScopes,
    rawOnly,
    wake: makeWaker<Wake>(config.SYNC_QUEUE_URL),
    newSecret: world.newToken,
    publicUrl: config.PUBLIC_URL,
  });
  const authenticate = makeAuthenticate({
    verifyKey: makeVerifyKey({ apiKeys, clock: world.clock, log }),
    verifyCompanyToken: makeVerifyCompanyToken({ apiKeys, companyTokens, clock: world.clock }),
    verifySignIn: makeVerifySignIn(config.SIGN_IN_ISSUER, config.SIGN_IN_CLIENT_ID),
  });
  const calls = makeIdempotentCalls(tables, config.CALLS_TABLE);
  const countCall = makeCountCall(tables, config.CALLS_TABLE);
  const onReached = makeAnnounceLimit({ waker: wakeSender, log });
  const handle = makeHandle({
    tables: publicApi,
    deps,
    authenticate,
    log,
    limitRate: makeLimitRate({ limits, countCall, clock: world.clock, onReached }),
    makeOnce: makeMakeOnce({ calls, clock: world.clock, newId: world.newId, log }),
  });
  const pageOrigins = async () => (await deps.findLinkSettings()).pageOrigins ?? [];
  return openToPages(handle, publicApi.flat(), pageOrigins);
}
