import { makeOpenConnection } from '../app/connections/open-connection.ts';
import { makeLinkJourney } from '../app/link/link-journey.ts';
import type { OauthConfig } from '../config.ts';
import { makeHandleLink } from '../http/link/handle-link.ts';
import { composeConsent } from './consent.ts';
import type { Telemetry } from './world.ts';

/** The customer's link journey. */
export function composeOauth(config: OauthConfig, telemetry: Telemetry) {
  // The gateway waits thirty seconds in all, and a customer is waiting.
  const consent = composeConsent(config, telemetry, { timeoutMs: 12_000 });
  return makeHandleLink({
    ...makeLinkJourney({ ...consent, openConnection: makeOpenConnection(consent) }),
    issuerOrigin: new URL(config.FRESHBOOKS_AUTH_URL).origin,
    log: telemetry.log,
  });
}
