import { isReplaced } from './business-change.ts';
import type { Connection, Want } from './connection.ts';
import { type DataType, isDataType } from './data-types.ts';
import type { DatasetState, PullStatus } from './dataset.ts';
import { type Health, type Reason, worst } from './health.ts';
import { type Instant, secondsBetween } from './instant.ts';
import type { Integration } from './integration.ts';
import { sameScopes } from './scopes.ts';

/** What a connection's health is judged by, beside the connection itself. */
export type Surroundings = {
  integration: Integration | undefined;
  now: Instant;
  /** The scopes without which a data type cannot be read. */
  scopesOf: (dataType: DataType) => readonly string[];
  /** Whether the connection's consent was given to the app with this client id. */
  isGivenTo: (clientId: string, connection: Connection) => boolean;
};

/** A want that no worker has taken up for so long is late: messages are sent again after a minute. */
const lateSeconds = 1800;

/** How the connection as a whole stands: what stops it first, then what will, then its data types together. */
export function connectionHealth(connection: Connection, around: Surroundings): Health {
  return (
    stopped(connection) ??
    unready(around.integration) ??
    worst([...threats(connection, around), ...datasets(connection, around)]) ?? { reason: 'current' }
  );
}

function stopped(connection: Connection): Health | undefined {
  const { erasing, state, stateSince: since, loss } = connection;
  if (erasing !== undefined) return { reason: 'being-deleted', since: erasing };
  if (state === 'PendingAuth') return { reason: 'not-authorised-yet', since };
  if (isReplaced(connection)) return { reason: 'replaced', since };
  if (state === 'Unlinked') return { reason: 'unlinked', since };
  if (state === 'Deauthorized') return { reason: loss ?? 'consent-withdrawn', since };
  return undefined;
}

function unready(integration: Integration | undefined): Health | undefined {
  if (integration === undefined) return { reason: 'not-set-up' };
  return integration.enabled ? undefined : { reason: 'disabled', since: integration.changed };
}

/** What does not stop it today and will, unless somebody acts. */
function threats(connection: Connection, { integration, now, isGivenTo }: Surroundings): Health[] {
  const { access, standing, scopes } = connection;
  const found: Health[] = [];
  if (access?.loss !== undefined) {
    const { at: since, reason } = access.loss;
    found.push({ reason: reason === 'refused' ? 'consent-withdrawn' : reason, since });
  }
  if (access?.keysRefused !== undefined) found.push({ reason: 'keys-failing', since: access.keysRefused });
  if (access?.held !== undefined) found.push({ reason: 'consents-held', since: access.held });
  if (standing?.unfit !== undefined) found.push({ reason: standing.unfit, since: standing.at });
  if (integration !== undefined && access !== undefined && !isGivenTo(integration.clientId, connection)) {
    found.push({ reason: 'app-replaced', since: integration.keysSaved ?? integration.changed });
  }
  if (integration !== undefined && scopes !== undefined && !sameScopes(scopes, integration.scopes)) {
    found.push({ reason: 'scopes-changed', since: integration.changed });
  }
  return [...found, ...waits(connection, now)];
}

/** What has waited for a worker for too long, or is put off because a service of ours does not answer. */
function waits({ wanted }: Connection, now: Instant): Health[] {
  const all = Object.values(wanted).toSorted((one, other) => (one.requested < other.requested ? -1 : 1));
  const putOff = all.find(({ again }) => again !== undefined);
  const late = all.find((want) => want.again === undefined && isLate(want, now));
  return [
    ...(late === undefined ? [] : [{ reason: 'late' as const, since: late.requested }]),
    ...(putOff === undefined ? [] : [{ reason: 'services-down' as const, since: putOff.requested }]),
  ];
}

function isLate({ requested }: Want, now: Instant): boolean {
  return secondsBetween(requested, now) > lateSeconds;
}

function datasets(connection: Connection, around: Surroundings): Health[] {
  const held = Object.keys(connection.datasets);
  if (held.length === 0) return [{ reason: 'not-read-yet', since: connection.stateSince }];
  // A data type that this business does not have is no trouble of the connection.
  return Object.entries(connection.datasets)
    .map(([type, dataset]) => ended(connection, type, dataset, around))
    .filter(({ reason }) => reason !== 'not-offered');
}

/** How one data type stands: what is under way, else how its latest pull ended and why. */
export function datasetHealth(connection: Connection, dataType: DataType, around: Surroundings): Health {
  const serving = connection.serving[dataType];
  if (serving !== undefined) return { reason: 'reading', since: serving.requested };
  const wanted = connection.wanted[dataType];
  if (wanted !== undefined) {
    const since = wanted.requested;
    if (wanted.again !== undefined) return { reason: 'services-down', since };
    return { reason: isLate(wanted, around.now) ? 'late' : 'queued', since };
  }
  const stop = stopped(connection) ?? unready(around.integration);
  if (stop !== undefined) return stop;
  const dataset = connection.datasets[dataType];
  if (dataset === undefined) return { reason: 'not-read-yet', since: connection.stateSince };
  return ended(connection, dataType, dataset, around);
}

function ended(
  connection: Connection,
  dataType: string,
  dataset: DatasetState,
  around: Surroundings,
): Health {
  const since = dataset.lastRun ?? dataset.lastSuccess;
  const when = since === undefined ? {} : { since };
  const reason = dataset.reason ?? byStatus[dataset.status];
  if (reason !== 'no-permission') return { reason, ...when };
  if (connection.standing?.unfit !== undefined) return { reason: connection.standing.unfit, ...when };
  return { reason: scopeReason(connection, dataType, around) ?? reason, ...when };
}

/** Whether it is a scope that is missing, and whose turn it is: the deployer's to ask for it, or the customer's to grant. */
function scopeReason(
  { access }: Connection,
  dataType: string,
  { integration, scopesOf }: Surroundings,
): Reason | undefined {
  if (access === undefined || access.scopes.length === 0) return undefined;
  const missing = missingScopes(access.scopes, scopesOf, dataType);
  if (missing.length === 0) return undefined;
  return missing.every((scope) => integration?.scopes.includes(scope)) ? 'missing-scope' : 'scope-not-asked';
}

/** The scopes that a data type needs and the consent does not have. */
export function missingScopes(
  granted: readonly string[],
  scopesOf: (dataType: DataType) => readonly string[],
  dataType: string,
): string[] {
  return isDataType(dataType) ? scopesOf(dataType).filter((scope) => !granted.includes(scope)) : [];
}

const byStatus: Readonly<Record<PullStatus, Reason>> = {
  Initial: 'not-read-yet',
  Queued: 'queued',
  Fetching: 'reading',
  MapQueued: 'reading',
  Mapping: 'reading',
  Complete: 'current',
  FetchError: 'freshbooks-down',
  MapError: 'not-mapped',
  InternalError: 'our-fault',
  ProcessingQueued: 'reading',
  Processing: 'reading',
  ProcessingError: 'our-fault',
  ValidationQueued: 'reading',
  Validating: 'reading',
  ValidationError: 'not-mapped',
  AuthError: 'consent-withdrawn',
  Cancelled: 'cancelled',
  NotSupported: 'not-offered',
  RateLimitError: 'rate-limited',
  PermissionsError: 'no-permission',
  PrerequisiteNotMet: 'not-read-yet',
};
