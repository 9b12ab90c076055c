import type { Clock, IntegrationStore, Log } from '../ports.ts';
import { notSetUp } from './save-scopes.ts';

export type EnableIntegration = (enabled: boolean) => Promise<void>;

/** Opens or closes FreshBooks to customers who link. Connections that are linked already go on either way. */
export function makeEnableIntegration(deps: {
  integration: IntegrationStore;
  clock: Clock;
  log: Log;
}): EnableIntegration {
  return async (enabled) => {
    await deps.integration.change((current) => {
      if (current === undefined) throw notSetUp();
      if (current.enabled === enabled) return { result: undefined };
      return { next: { ...current, enabled, changed: deps.clock() }, result: undefined };
    });
    deps.log.info('setup.enabled', { enabled });
  };
}
