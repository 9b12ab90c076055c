import { makeApiKeys } from '../adapters/aws/api-keys-table.ts';
import { makeCountCall } from '../adapters/aws/calls-table.ts';
import { makeRateLimitStore } from '../adapters/aws/settings-table.ts';
import { makeTables } from '../adapters/aws/tables.ts';
import { makeWaker } from '../adapters/aws/waker-queue.ts';
import { makeVerifySignIn } from '../adapters/sign-in.ts';
import { makeAcknowledgeExport, makeExportPair } from '../app/authorization/export-pair.ts';
import { makeLimitRate } from '../app/calls/limit-rate.ts';
import { makeOpenConnection } from '../app/connections/open-connection.ts';
import type { EventWake } from '../app/event-ports.ts';
import { makeAnnounceLimit } from '../app/events/tell-rate-limit.ts';
import { makeVerifyKey } from '../app/keys/verify-key.ts';
import { makeLinkJourney, makePairImport } from '../app/link/link-journey.ts';
import { makeLookAround } from '../app/reading/diagnose.ts';
import type { OauthConfig } from '../config.ts';
import { makeAuthenticate } from '../http/authenticate.ts';
import { authorizationOperations } from '../http/authorization-operations.ts';
import { makeHandle } from '../http/handle.ts';
import { makeHandleLink } from '../http/link/handle-link.ts';
import type { HttpReply, HttpRequest } from '../http/request.ts';
import { composeConsent } from './consent.ts';
import type { Telemetry } from './world.ts';

type Consent = ReturnType<typeof composeConsent>;

/** The customer's link journey, and the operations of the API that move consents in and out. */
export function composeOauth(config: OauthConfig, telemetry: Telemetry) {
  // The gateway waits thirty seconds in all, and a customer is waiting.
  const consent = composeConsent(config, telemetry, { timeoutMs: 12_000 });
  const ofCustomers = makeHandleLink({
    ...makeLinkJourney({
      ...consent,
      openConnection: makeOpenConnection(consent),
      lookAround: makeLookAround(consent),
    }),
    issuerOrigin: new URL(config.FRESHBOOKS_AUTH_URL).origin,
    log: telemetry.log,
  });
  const ofAdministrators = composeAuthorization(config, telemetry, consent);
  return (request: HttpRequest): Promise<HttpReply> =>
    request.path.startsWith('/companies/') ? ofAdministrators(request) : ofCustomers(request);
}

function composeAuthorization(config: OauthConfig, { log }: Telemetry, consent: Consent) {
  const tables = makeTables();
  const { clock } = consent;
  return makeHandle({
    tables: [authorizationOperations],
    deps: {
      importPair: makePairImport(consent),
      exportPair: makeExportPair(consent),
      acknowledgeExport: makeAcknowledgeExport(consent),
      publicUrl: config.PUBLIC_URL,
    },
    authenticate: makeAuthenticate({
      verifyKey: makeVerifyKey({ apiKeys: makeApiKeys(tables, config.STATE_TABLE), clock, log }),
      verifySignIn: makeVerifySignIn(config.SIGN_IN_ISSUER, config.SIGN_IN_CLIENT_ID),
    }),
    log,
    limitRate: makeLimitRate({
      limits: makeRateLimitStore(tables, config.STATE_TABLE),
      countCall: makeCountCall(tables, config.CALLS_TABLE),
      clock,
      onReached: makeAnnounceLimit({ waker: makeWaker<EventWake>(config.EVENT_QUEUE_URL), log }),
    }),
  });
}
