import { makeOpenConnection } from '../app/connections/open-connection.ts';
import { makeLinkJourney } from '../app/link/link-journey.ts';
import { makeLookAround } from '../app/reading/diagnose.ts';
import type { OauthConfig } from '../config.ts';
import { neededScopes } from '../freshbooks/needed-scopes.ts';
import { makeHandleLink } from '../http/link/handle-link.ts';
import { composeConsent } from './consent.ts';
import type { Telemetry } from './world.ts';

/** The customer's link journey. */
export function composeOauth(config: OauthConfig, telemetry: Telemetry) {
  // The gateway waits thirty seconds in all, and a customer is waiting.
  const consent = composeConsent(config, telemetry, { timeoutMs: 12_000 });
  return makeHandleLink({
    ...makeLinkJourney({
      ...consent,
      openConnection: makeOpenConnection(consent),
      lookAround: makeLookAround({ ...consent, scopesOf: neededScopes }),
    }),
    issuerOrigin: new URL(config.FRESHBOOKS_AUTH_URL).origin,
    log: telemetry.log,
  });
}
