import { attemptSeconds } from '../../domain/attempt-moves.ts';
import type { Connection } from '../../domain/connection.ts';
import type { GrantFacts } from '../../domain/grant-facts.ts';
import { halfLife } from '../../domain/grant-moves.ts';
import { type Instant, secondsBetween } from '../../domain/instant.ts';
import type { Integration } from '../../domain/integration.ts';
import { isGivenTo } from '../grants/grant-id.ts';
import type { Clock, Companies, Connections, IntegrationStore } from '../ports.ts';
import { everyConnection } from './every-connection.ts';

/**
 * What to do about older keys of the app, in the order in which it is said. Sentences are `advice.<code>` of
 * `messages/<language>/key-use.json`.
 */
export const keyAdvice = [
  'save-keys',
  'no-older-keys',
  'authorise-again',
  'wait',
  'remove-old-secret',
] as const;
type KeyAdvice = (typeof keyAdvice)[number];

/** A connection whose consent was last renewed with older keys. */
type OnOlderKeys = {
  companyId: string;
  companyName: string;
  connectionId: string;
  version: number;
  /** The present keys are of the same app: the consent moves to them by itself. */
  sameApp: boolean;
  /** The first use after it moves the consent; absent where only its customer can. */
  movesAfter?: Instant;
};

/** Which versions of the app's keys are in use, as far as connections have seen; without any secret. */
type KeyUse = {
  current?: number;
  advice: KeyAdvice;
  /** Newest first; the present one, and each older one that a consent hangs on. */
  versions: { version: number; consents: number; connections: number }[];
  onOlderKeys: OnOlderKeys[];
};

export type ShowKeyUse = () => Promise<KeyUse>;

type Deps = {
  integration: Pick<IntegrationStore, 'find'>;
  companies: Pick<Companies, 'all'>;
  connections: Pick<Connections, 'ofCompany'>;
  clock: Clock;
};

type Holder = { companyName: string; connection: Connection; grantId: string; access: GrantFacts };

/** Which consents still hang on keys that were replaced, and until when. */
export function makeShowKeyUse({ integration, clock, ...deps }: Deps): ShowKeyUse {
  return async () => {
    const present = await integration.find();
    if (present === undefined) return { advice: 'save-keys', versions: [], onOlderKeys: [] };
    const holders = asLastSeen((await everyConnection(deps)).flatMap(holder));
    const onOlderKeys = holders
      .filter(({ access }) => access.appVersion !== present.appVersion)
      .map((one) => onOlder(one, present));
    return {
      current: present.appVersion,
      advice: advise(present, onOlderKeys, clock()),
      versions: versions(present, holders),
      onOlderKeys,
    };
  };
}

/** Who stands on a consent that keys are needed for: to renew it, or to give it back. */
function holder({ companyName, connection }: { companyName: string; connection: Connection }): Holder[] {
  const { grantId, access, state } = connection;
  if (grantId === undefined || access === undefined) return [];
  if (access.loss !== undefined || state === 'Deauthorized') return [];
  return [{ companyName, connection, grantId, access }];
}

/** Several connections may stand on one consent: what the latest of them saw holds for all. */
function asLastSeen(holders: readonly Holder[]): Holder[] {
  const latest = new Map<string, GrantFacts>();
  for (const { grantId, access } of holders) {
    const known = latest.get(grantId);
    if (known === undefined || isLater(access, known)) latest.set(grantId, access);
  }
  return holders.map((one) => ({ ...one, access: latest.get(one.grantId) ?? one.access }));
}

function isLater(one: GrantFacts, other: GrantFacts): boolean {
  return one.born === other.born ? one.epoch > other.epoch : one.born > other.born;
}

function onOlder({ companyName, connection, access }: Holder, { clientId }: Integration): OnOlderKeys {
  const sameApp = isGivenTo(clientId, connection);
  const { companyId, id: connectionId } = connection;
  const moves = sameApp && { movesAfter: halfLife({ obtainedAt: access.renewed, expiresAt: access.ends }) };
  return { companyId, companyName, connectionId, version: access.appVersion, sameApp, ...moves };
}

function versions({ appVersion }: Integration, holders: readonly Holder[]): KeyUse['versions'] {
  const used = new Set([appVersion, ...holders.map(({ access }) => access.appVersion)]);
  return [...used]
    .sort((one, other) => other - one)
    .map((version) => {
      const those = holders.filter(({ access }) => access.appVersion === version);
      const consents = new Set(those.map(({ grantId }) => grantId)).size;
      return { version, consents, connections: those.length };
    });
}

function advise(present: Integration, onOlderKeys: readonly OnOlderKeys[], now: Instant): KeyAdvice {
  if (present.appVersion === 1) return 'no-older-keys';
  if (onOlderKeys.some(({ sameApp }) => !sameApp)) return 'authorise-again';
  // A customer who began with the older keys finishes with them.
  const linking = secondsBetween(present.keysSaved ?? present.changed, now) < attemptSeconds;
  return linking || onOlderKeys.length > 0 ? 'wait' : 'remove-old-secret';
}
