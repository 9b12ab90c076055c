import { makeApiKeys } from '../adapters/aws/api-keys-table.ts';
import { makeCountCall, makeIdempotentCalls } from '../adapters/aws/calls-table.ts';
import { makeObjects } from '../adapters/aws/objects-bucket.ts';
import { makeHeartbeat, makeRateLimitStore } from '../adapters/aws/settings-table.ts';
import { makeTables } from '../adapters/aws/tables.ts';
import { makeWaker } from '../adapters/aws/waker-queue.ts';
import { makeVerifySignIn } from '../adapters/sign-in.ts';
import { makeLimitRate } from '../app/calls/limit-rate.ts';
import { makeMakeOnce } from '../app/calls/make-once.ts';
import { makeVerifyKey } from '../app/keys/verify-key.ts';
import { makeReadChanges } from '../books/read-changes.ts';
import { makeReadRaw, makeReadRecord, makeReadRecords } from '../books/read-records.ts';
import { makeRunFiles } from '../books/run-files.ts';
import { makeSnapshotAt } from '../books/snapshot-at.ts';
import { SnapshotReader } from '../books/snapshot-reader.ts';
import type { ApiConfig } from '../config.ts';
import { neededScopes } from '../freshbooks/needed-scopes.ts';
import { makeApiDeps } from '../http/api-deps.ts';
import { makeAuthenticate } from '../http/authenticate.ts';
import { makeHandle } from '../http/handle.ts';
import { publicApi } from '../http/public-api.ts';
import { stateStores } from './state.ts';
import { type Telemetry, world } from './world.ts';

/** The public API. */
export function composeApi(config: ApiConfig, { log }: Telemetry) {
  const tables = makeTables();
  const objects = makeObjects(config.BOOKS_BUCKET, undefined, false);
  const reader = new SnapshotReader(objects, 128_000_000);
  const apiKeys = makeApiKeys(tables, config.STATE_TABLE);
  const limits = makeRateLimitStore(tables, config.STATE_TABLE);
  const deps = makeApiDeps({
    ...stateStores(tables, config),
    ...world,
    apiKeys,
    limits,
    readRecords: makeReadRecords({ objects, reader }),
    snapshotAt: makeSnapshotAt({ reader }),
    readRecord: makeReadRecord({ objects }),
    ...makeReadRaw({ objects }),
    readChanges: makeReadChanges({ objects }),
    readHistory: makeRunFiles({ objects }).history,
    heartbeat: makeHeartbeat(tables, config.STATE_TABLE),
    scopesOf: neededScopes,
    wake: makeWaker(config.SYNC_QUEUE_URL),
    newSecret: world.newToken,
    publicUrl: config.PUBLIC_URL,
  });
  const authenticate = makeAuthenticate({
    verifyKey: makeVerifyKey({ apiKeys, clock: world.clock, log }),
    verifySignIn: makeVerifySignIn(config.SIGN_IN_ISSUER, config.SIGN_IN_CLIENT_ID),
  });
  const calls = makeIdempotentCalls(tables, config.CALLS_TABLE);
  const countCall = makeCountCall(tables, config.CALLS_TABLE);
  return makeHandle({
    tables: publicApi,
    deps,
    authenticate,
    log,
    limitRate: makeLimitRate({ limits, countCall, clock: world.clock }),
    makeOnce: makeMakeOnce({ calls, clock: world.clock, newId: world.newId, log }),
  });
}
