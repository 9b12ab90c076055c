import { makeKeepAppKeys } from '../adapters/aws/app-keys-secret.ts';
import { makeRefusalStore } from '../adapters/aws/settings-table.ts';
import { makeTables } from '../adapters/aws/tables.ts';
import { makeVerifySignIn } from '../adapters/sign-in.ts';
import { makeEnableIntegration } from '../app/setup/enable-integration.ts';
import { makeShowIntegration } from '../app/setup/integration-state.ts';
import { makeBelieveRefusals, makeShowRefusedConsents } from '../app/setup/refused-consents.ts';
import { makeSaveKeys } from '../app/setup/save-keys.ts';
import { makeSaveLinkSettings } from '../app/setup/save-link-settings.ts';
import { makeRefuseSilentChange, makeSaveScopes } from '../app/setup/save-scopes.ts';
import { makeShowKeyUse } from '../app/setup/show-key-use.ts';
import type { SetupConfig } from '../config.ts';
import { makeAuthenticate } from '../http/authenticate.ts';
import { makeHandle } from '../http/handle.ts';
import { setupOperations } from '../http/setup/setup-operations.ts';
import { stateStores } from './state.ts';
import { redirectUriOf, type Telemetry, world } from './world.ts';

/** Set-up, for people who are signed in. */
export function composeSetup(config: SetupConfig, { log }: Telemetry) {
  const tables = makeTables();
  const stores = stateStores(tables, config);
  const ports = {
    ...stores,
    refusals: makeRefusalStore(tables, config.STATE_TABLE),
    keepAppKeys: makeKeepAppKeys(config.APP_SECRET_ID),
    redirectUri: redirectUriOf(config),
    clock: world.clock,
    log,
  };
  const refuseSilentChange = makeRefuseSilentChange(ports);
  const deps = {
    showIntegration: makeShowIntegration(ports),
    showKeyUse: makeShowKeyUse(ports),
    showRefusedConsents: makeShowRefusedConsents(ports),
    believeRefusals: makeBelieveRefusals(ports),
    saveKeys: makeSaveKeys({ ...ports, refuseSilentChange }),
    saveScopes: makeSaveScopes({ ...ports, refuseSilentChange }),
    enableIntegration: makeEnableIntegration(ports),
    saveLinkSettings: makeSaveLinkSettings(ports),
    linkSettings: stores.linkSettings,
    retention: stores.retention,
  };
  const authenticate = makeAuthenticate({
    verifySignIn: makeVerifySignIn(config.SIGN_IN_ISSUER, config.SIGN_IN_CLIENT_ID),
  });
  return makeHandle({ tables: [setupOperations], deps, authenticate, log });
}
