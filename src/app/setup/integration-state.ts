import type { Connection } from '../../domain/connection.ts';
import { type Integration, integrationKey } from '../../domain/integration.ts';
import { readScopes, sameScopes, writeScopes } from '../../domain/scopes.ts';
import type { Companies, Connections, IntegrationStore } from '../ports.ts';
import { everyConnection } from './every-connection.ts';

/** A linked connection that was authorised with other scopes than are asked for now. */
type Awaiting = { companyId: string; companyName: string; connectionId: string };

/** How the integration stands, for the people who set it up. There is no secret in it, and never will be. */
type IntegrationState = {
  key: string;
  name: string;
  configured: boolean;
  clientId?: string;
  appVersion?: number;
  secretSaved: boolean;
  keysSaved?: string;
  enabled: boolean;
  scopes: readonly string[];
  redirectUri: string;
  offered: { read: readonly string[]; write: readonly string[] };
  linkedConnections: number;
  affectedConnections: number;
  awaiting: readonly Awaiting[];
};

export type ShowIntegration = () => Promise<IntegrationState>;

export type StateDeps = {
  integration: Pick<IntegrationStore, 'find'>;
  companies: Pick<Companies, 'all'>;
  connections: Pick<Connections, 'ofCompany'>;
  redirectUri: string;
};

export function makeShowIntegration(deps: StateDeps): ShowIntegration {
  return async () => {
    const found = await deps.integration.find();
    const scopes = found?.scopes ?? readScopes;
    const linked = await linkedConnections(deps);
    const awaiting = linked.filter((one) => !sameScopes(one.scopes, scopes));
    return {
      key: integrationKey,
      name: 'FreshBooks',
      configured: found !== undefined,
      ...(found === undefined ? {} : keysOf(found)),
      secretSaved: found !== undefined,
      enabled: found?.enabled ?? false,
      scopes,
      redirectUri: deps.redirectUri,
      offered: { read: readScopes, write: writeScopes },
      linkedConnections: linked.length,
      affectedConnections: awaiting.length,
      awaiting: awaiting.map(({ companyId, companyName, connectionId }) => ({
        companyId,
        companyName,
        connectionId,
      })),
    };
  };
}

function keysOf({ clientId, appVersion, keysSaved, changed }: Integration) {
  return { clientId, appVersion, keysSaved: keysSaved ?? changed };
}

export type LinkedConnection = Awaiting & { scopes: readonly string[] };

/** Every linked connection, with the scopes its customer was asked for. */
export async function linkedConnections(
  deps: Pick<StateDeps, 'companies' | 'connections'>,
): Promise<LinkedConnection[]> {
  const all = await everyConnection(deps);
  return all
    .filter(({ connection }) => isLinked(connection))
    .map(({ companyName, connection: { companyId, id, scopes = [] } }) => ({
      companyId,
      companyName,
      connectionId: id,
      scopes,
    }));
}

function isLinked({ state, erasing }: Connection): boolean {
  return state === 'Linked' && erasing === undefined;
}
