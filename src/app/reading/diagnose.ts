import type { Connection, ConnectionRef } from '../../domain/connection.ts';
import {
  connectionHealth,
  datasetHealth,
  resourceHealth,
  type Surroundings,
} from '../../domain/connection-health.ts';
import { leaseIsLive } from '../../domain/connection-moves.ts';
import { type DataType, dataTypes } from '../../domain/data-types.ts';
import { isAnythingDue } from '../../domain/due-raw-only.ts';
import { type Instant, instantAt, millisOf } from '../../domain/instant.ts';
import type { Integration } from '../../domain/integration.ts';
import { isFailure } from '../../domain/pull-operation.ts';
import type { SyncSettings } from '../../domain/sync-settings.ts';
import { isGivenTo } from '../grants/grant-id.ts';
import type { Clock, Heartbeat, IntegrationStore, SyncSettingsStore } from '../ports.ts';

/** What health is judged by, as it stands now. */
export type LookAround = () => Promise<Surroundings>;

export function makeLookAround(deps: {
  integration: Pick<IntegrationStore, 'find'>;
  clock: Clock;
}): LookAround {
  return async () => ({
    integration: await deps.integration.find(),
    now: deps.clock(),
    isGivenTo,
  });
}

/** Why a connection is or is not current: all that is known of it, with when. Nothing in it opens anything. */
export type Diagnosis = Awaited<ReturnType<ReturnType<typeof makeDiagnose>>>;

const runsShown = 5;

/** The scopes without which a data type cannot be read. */
type ScopesOf = (dataType: DataType) => readonly string[];

export function makeDiagnose(deps: {
  findConnection: (ref: ConnectionRef) => Promise<Connection>;
  lookAround: LookAround;
  scopesOf: ScopesOf;
  heartbeat: Pick<Heartbeat, 'read'>;
  syncSettings: Pick<SyncSettingsStore, 'find'>;
  /** Resources that no data type is made of. */
  rawOnly: readonly string[];
}) {
  return async (ref: ConnectionRef) => {
    const connection = await deps.findConnection(ref);
    const around = await deps.lookAround();
    const minute = await deps.heartbeat.read();
    const next = nextDue(connection, deps.rawOnly, await deps.syncSettings.find(), around.now);
    return {
      connection,
      at: around.now,
      health: connectionHealth(connection, around),
      integration: integrationPart(around.integration),
      ...(minute === undefined ? {} : { lastTick: instantAt(minute * 60_000) }),
      ...(next === undefined ? {} : { nextDue: next }),
      ...consentPart(connection, around, deps.scopesOf),
      ...leasePart(connection, around.now),
      waiting: waiting(connection),
      lastRuns: lastRuns(connection),
      troubles: troubles(connection, around),
      dataTypes: dataTypes.map((dataType) => {
        const dataset = connection.datasets[dataType];
        return {
          dataType,
          health: datasetHealth(connection, dataType, around),
          ...(dataset?.status === undefined ? {} : { status: dataset.status }),
          ...(dataset?.lastSuccess === undefined ? {} : { lastSuccess: dataset.lastSuccess }),
          ...(dataset?.message === undefined ? {} : { message: dataset.message }),
        };
      }),
    };
  };
}

function integrationPart(integration: Integration | undefined) {
  return {
    setUp: integration !== undefined,
    enabled: integration?.enabled ?? false,
    ...(integration === undefined ? {} : { keysVersion: integration.appVersion }),
  };
}

function consentPart(connection: Connection, { integration }: Surroundings, scopesOf: ScopesOf) {
  const { access } = connection;
  if (access === undefined) return {};
  const missing = dataTypes.flatMap(scopesOf).filter((scope) => !access.scopes.includes(scope));
  return {
    consent: {
      ...access,
      keysCurrent: access.appVersion === integration?.appVersion,
      sameApp: integration !== undefined && isGivenTo(integration.clientId, connection),
      missingScopes: access.scopes.length === 0 ? [] : [...new Set(missing)],
    },
  };
}

function leasePart(connection: Connection, now: Instant) {
  if (connection.lease === undefined) return {};
  return { lease: { until: connection.lease.until, live: leaseIsLive(connection, now) } };
}

function waiting({ wanted, serving }: Connection) {
  const rows = (wants: Connection['wanted'], taken: boolean) =>
    Object.entries(wants).map(([dataType, { reason, requested }]) => ({
      dataType,
      reason,
      requested,
      taken,
    }));
  return [...rows(serving, true), ...rows(wanted, false)];
}

/** Resources that the latest read did not bring, or not whole: also those that no data type would show it of. */
function troubles(connection: Connection, around: Surroundings) {
  return Object.entries(connection.resources).flatMap(([resource, state]) => {
    const { trouble } = state;
    if (trouble === undefined) return [];
    return [{ resource, ...trouble, health: resourceHealth(connection, state, around) }];
  });
}

function lastRuns({ runs }: Connection) {
  return runs
    .slice(-runsShown)
    .toReversed()
    .map(({ id, requested, completed, outcomes }) => ({
      id,
      requested,
      completed,
      dataTypes: Object.keys(outcomes).length,
      failed: Object.entries(outcomes).flatMap(([type, { status }]) => (isFailure(status) ? [type] : [])),
    }));
}

const hoursAhead = 24 * 32;

/** The next time that the schedule looks at the connection and finds something due. */
function nextDue(
  connection: Connection,
  rawOnly: readonly string[],
  settings: SyncSettings,
  now: Instant,
): Instant | undefined {
  const hour = 3_600_000;
  const first = Math.floor(millisOf(now) / hour) * hour + connection.slot * 60_000;
  for (let ahead = 0; ahead < hoursAhead; ahead += 1) {
    const at = first + ahead * hour;
    if (at <= millisOf(now)) continue;
    if (isAnythingDue(connection, rawOnly, settings, instantAt(at))) return instantAt(at);
  }
  return undefined;
}
