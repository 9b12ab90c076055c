import { isReplaced } from './business-change.ts';
import type { Connection, Want } from './connection.ts';
import type { DataType } from './data-types.ts';
import type { DatasetState, PullStatus, ResourceState } from './dataset.ts';
import { type Health, type Reason, worst } from './health.ts';
import { type Instant, secondsBetween } from './instant.ts';
import type { Integration } from './integration.ts';
import { sameScopes } from './scopes.ts';

/** What a connection's health is judged by, beside the connection itself. */
export type Surroundings = {
  integration: Integration | undefined;
  now: Instant;
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
  // A data type that this business or its plan does not have is no trouble of the connection.
  return Object.values(connection.datasets)
    .map((dataset) => ended(connection, dataset, around))
    .filter(({ reason }) => reason !== 'not-offered' && reason !== 'not-in-plan');
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
  return ended(connection, dataset, around);
}

/** How the latest read of one resource of FreshBooks ended and why. */
export function resourceHealth(
  connection: Connection,
  { trouble, proof }: ResourceState,
  around: Surroundings,
): Health {
  const stop = stopped(connection) ?? unready(around.integration);
  if (stop !== undefined) return stop;
  if (trouble !== undefined) return { reason: reasonOf(connection, trouble, around), since: trouble.at };
  return proof === undefined ? { reason: 'not-read-yet' } : { reason: 'current', since: proof.at };
}

function ended(connection: Connection, dataset: DatasetState, around: Surroundings): Health {
  const since = dataset.lastRun ?? dataset.lastSuccess;
  return { reason: reasonOf(connection, dataset, around), ...(since === undefined ? {} : { since }) };
}

/** Reasons that who the person has become in the business explains better. */
const personal: readonly Reason[] = ['no-permission', 'role-may-not-read', 'refused-unexplained'];

type End = { status: PullStatus; reason?: Reason | undefined; scope?: string | undefined };

function reasonOf({ standing }: Connection, end: End, { integration }: Surroundings): Reason {
  const reason = end.reason ?? byStatus[end.status];
  if (personal.includes(reason)) return standing?.unfit ?? reason;
  // Whose turn it is: the deployer's to ask for the scope, or the customer's to grant it.
  const isAsked = end.scope === undefined || integration?.scopes.includes(end.scope) === true;
  return reason === 'missing-scope' && !isAsked ? 'scope-not-asked' : reason;
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
