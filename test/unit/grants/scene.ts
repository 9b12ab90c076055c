import type { AppKeysOf, CurrentAppKeys } from '../../../src/app/grants/app-keys.ts';
import { makeAppKeys } from '../../../src/app/grants/app-keys.ts';
import { makeEscrow } from '../../../src/app/grants/escrow.ts';
import { grantIdOf } from '../../../src/app/grants/grant-id.ts';
import { type GrantTokenDeps, makeGrantToken } from '../../../src/app/grants/grant-token.ts';
import { makePromotePair } from '../../../src/app/grants/promote-pair.ts';
import { makeReviveConnections } from '../../../src/app/grants/revive-connections.ts';
import type { AppKeys, Grants, IntegrationStore } from '../../../src/app/ports.ts';
import { start } from '../../fakes/builders.ts';
import { makeClock, makeIds } from '../../fakes/clock.ts';
import { memoryConnections } from '../../fakes/connections.ts';
import { FakeFreshBooks } from '../../fakes/freshbooks-oauth.ts';
import { memoryGrants } from '../../fakes/grants.ts';
import { memoryCount, memoryLog } from '../../fakes/log.ts';
import { turn } from '../../fakes/memory-table.ts';
import { memoryObjects } from '../../fakes/objects.ts';
import { memorySealAhead, memorySealer } from '../../fakes/sealer.ts';
import { memoryIntegration, memoryRefusals, memorySyncSettings } from '../../fakes/settings.ts';
import { memoryWaker } from '../../fakes/waker.ts';

export const hour = 3600;
export const firstKeys: AppKeys = { clientId: 'app', clientSecret: 'canary-secret-1' };
export const secondKeys: AppKeys = { clientId: 'app', clientSecret: 'canary-secret-2' };
const grantId = grantIdOf('app', '900');

/** The secret versions `v1`, `v2`, … hold these keys. */
export function secretOf(keys: readonly AppKeys[]): (versionId: string) => Promise<AppKeys> {
  return async (versionId) => {
    await turn();
    const found = keys[Number(versionId.slice(1)) - 1];
    if (found === undefined) throw new Error(`no such secret version: ${versionId}`);
    return found;
  };
}

export async function saveVersions(store: IntegrationStore, keys: readonly AppKeys[]): Promise<void> {
  await store.change(() => ({
    next: {
      clientId: keys.at(-1)?.clientId ?? '',
      appVersion: keys.length,
      secretVersions: Object.fromEntries(keys.map((_, index) => [String(index + 1), `v${index + 1}`])),
      scopes: ['user:profile:read'],
      enabled: true,
      changed: start,
    },
    result: undefined,
  }));
}

/** One person's grant, just given, and as many workers on it as a test asks for. */
export async function makeScene(
  secrets: readonly AppKeys[] = [firstKeys, secondKeys],
  { clock, advance } = makeClock(start),
) {
  const freshBooks = new FakeFreshBooks(clock);
  freshBooks.addApp(firstKeys);
  const grants = memoryGrants();
  const integration = memoryIntegration();
  await saveVersions(integration, [firstKeys]);
  const { log, lines } = memoryLog();
  const { count, totals } = memoryCount();
  const sealer = memorySealer();
  const appKeys: { of: AppKeysOf; current: CurrentAppKeys } = makeAppKeys({
    integration,
    openAppKeys: secretOf(secrets),
  });
  const objects = memoryObjects();
  const connections = memoryConnections();
  const promote = makePromotePair({ grants, sealer, clock });
  const pair = freshBooks.pairFor('app', '900');
  await promote({ clientId: 'app', appVersion: 1, identityId: '900', pair });
  const refusals = memoryRefusals();
  const { waker, take } = memoryWaker();
  const newId = makeIds();
  const syncSettings = memorySyncSettings();
  const deps: GrantTokenDeps = {
    grants,
    refusals,
    reviveConnections: makeReviveConnections({ connections, grants, syncSettings, waker, clock, newId }),
    sealer,
    sealAhead: memorySealAhead(),
    escrow: makeEscrow({ objects }),
    connections,
    oauth: freshBooks,
    appKeys,
    redirectUri: 'https://ledger.test/oauth/callback',
    clock,
    newId,
    wait: async (seconds) => {
      await turn();
      advance(seconds);
    },
    log,
    count,
  };
  return {
    grantId,
    clock,
    advance,
    freshBooks,
    grants,
    refusals,
    takeWoken: take,
    objects,
    connections,
    integration,
    appKeys,
    lines,
    totals,
    promote,
    sealer,
    pair,
    deps,
    log,
    /** A worker process: it shares nothing with others but the stores. */
    worker: (with_: Partial<GrantTokenDeps> = {}) => makeGrantToken({ ...deps, ...with_ })(grantId),
    stored: async () => {
      const grant = await grants.find(grantId);
      if (grant === undefined) throw new Error('the grant is gone');
      return grant;
    },
  };
}

export class Killed extends Error {}

/** Grants whose writes die: `die('before' | 'after')` says for each write whether it does, and when. */
export function mortalGrants(grants: Grants, die: () => 'before' | 'after' | undefined): Grants {
  return {
    ...grants,
    change: async (id, decide) => {
      const death = die();
      if (death === 'before') throw new Killed();
      const result = await grants.change(id, decide);
      if (death === 'after') throw new Killed();
      return result;
    },
  };
}
