import { createContext, type ReactNode, useContext, useMemo } from 'react';
import { apiKeysApi } from './api-keys.ts';
import type { Call } from './call.ts';
import { companiesApi } from './companies.ts';
import { healthApi } from './health.ts';
import { keyUseApi } from './key-use.ts';
import { profileApi } from './profile.ts';
import { proofApi } from './proof.ts';
import { setupApi } from './setup.ts';
import { syncSettingsApi } from './sync-settings.ts';
import { webhooksApi } from './webhooks.ts';

function makeApi(call: Call) {
  return {
    companies: companiesApi(call),
    health: healthApi(call),
    keyUse: keyUseApi(call),
    proof: proofApi(call),
    setup: setupApi(call),
    profile: profileApi(call),
    apiKeys: apiKeysApi(call),
    webhooks: webhooksApi(call),
    syncSettings: syncSettingsApi(call),
  };
}

export type Api = ReturnType<typeof makeApi>;

const ApiContext = createContext<Api | undefined>(undefined);

export function ApiProvider({ call, children }: { call: Call; children: ReactNode }) {
  const api = useMemo(() => makeApi(call), [call]);
  return <ApiContext.Provider value={api}>{children}</ApiContext.Provider>;
}

/** The server's operations. Outside an `ApiProvider` it throws. */
export function useApi(): Api {
  const api = useContext(ApiContext);
  if (!api) throw new Error('useApi needs an ApiProvider above it');
  return api;
}
