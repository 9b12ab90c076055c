import type { AppKeys } from '../../../src/app/ports.ts';
import { makeEnableIntegration } from '../../../src/app/setup/enable-integration.ts';
import { makeShowIntegration } from '../../../src/app/setup/integration-state.ts';
import { makeBelieveRefusals, makeShowRefusedConsents } from '../../../src/app/setup/refused-consents.ts';
import { makeSaveKeys } from '../../../src/app/setup/save-keys.ts';
import { makeSaveLinkSettings } from '../../../src/app/setup/save-link-settings.ts';
import { makeRefuseSilentChange, makeSaveScopes } from '../../../src/app/setup/save-scopes.ts';
import { makeShowKeyUse } from '../../../src/app/setup/show-key-use.ts';
import { readScopes } from '../../../src/domain/scopes.ts';
import type { Authenticate } from '../../../src/http/authenticate.ts';
import { makeHandle } from '../../../src/http/handle.ts';
import { setupOperations } from '../../../src/http/setup/setup-operations.ts';
import { aCompany, aLinkedConnection, start } from '../../fakes/builders.ts';
import { makeClock } from '../../fakes/clock.ts';
import { memoryCompanies } from '../../fakes/companies.ts';
import { memoryConnections } from '../../fakes/connections.ts';
import { memoryLog } from '../../fakes/log.ts';
import { turn } from '../../fakes/memory-table.ts';
import {
  memoryIntegration,
  memoryLinkSettings,
  memoryRefusals,
  memoryRetention,
} from '../../fakes/settings.ts';

export const keys = { clientId: 'client-1', clientSecret: 'canary-secret' };
export const redirectUri = 'https://ledger.test/oauth/callback';

/** By the header alone: `reader` is a key that may not, everybody else an administrator. */
const readerOrAdministrator: Authenticate = async ({ headers }) =>
  headers['authorization'] === 'reader'
    ? { kind: 'key', keyId: 'k', role: 'operate' }
    : { kind: 'user', user: 'ada', signInName: async () => 'ada@example.com', role: 'admin' };

export type Setup = ReturnType<typeof makeSetup>;

/** The whole set-up API on fakes. */
export function makeSetup(authenticate: Authenticate = readerOrAdministrator) {
  const { clock, advance } = makeClock(start);
  const { log, lines } = memoryLog();
  const [integration, companies, connections] = [memoryIntegration(), memoryCompanies(), memoryConnections()];
  const linkSettings = memoryLinkSettings();
  const refusals = memoryRefusals();
  const secrets: AppKeys[] = [];
  const keepAppKeys = async (saved: AppKeys, appVersion: number): Promise<string> => {
    await turn();
    secrets[appVersion - 1] = saved;
    return `v${appVersion}`;
  };
  const refuseSilentChange = makeRefuseSilentChange({ companies, connections });
  const handle = makeHandle({
    tables: [setupOperations],
    deps: {
      showIntegration: makeShowIntegration({ integration, companies, connections, redirectUri }),
      showKeyUse: makeShowKeyUse({ integration, companies, connections, clock }),
      showRefusedConsents: makeShowRefusedConsents({ integration, refusals, companies, connections, clock }),
      believeRefusals: makeBelieveRefusals({ integration, refusals, log }),
      saveKeys: makeSaveKeys({ integration, keepAppKeys, refuseSilentChange, clock, log }),
      saveScopes: makeSaveScopes({ integration, refuseSilentChange, clock, log }),
      enableIntegration: makeEnableIntegration({ integration, clock, log }),
      saveLinkSettings: makeSaveLinkSettings({ linkSettings }),
      linkSettings,
      retention: memoryRetention(),
    },
    authenticate,
    log,
  });
  const call = async (method: string, path: string, body?: unknown, authorization?: string) => {
    const reply = await handle({
      method,
      path: `/setup/${path}`,
      query: {},
      headers: { authorization },
      cookies: {},
      body: body === undefined ? '' : JSON.stringify(body),
      requestId: 'r-1',
    });
    return { status: reply.status, text: String(reply.body), body: JSON.parse(String(reply.body)) };
  };
  return { call, handle, secrets, refusals, integration, companies, connections, lines, advance };
}

/** A company that linked with these scopes. */
export async function withLinked(setup: Setup, scopes: readonly string[] = readScopes) {
  await setup.companies.insert(aCompany());
  await setup.connections.insert(aLinkedConnection({ scopes: [...scopes] }));
}
