import type { Connection, RunRecord, Want } from '../../domain/connection.ts';
import { lose } from '../../domain/connection-moves.ts';
import { sentenceOf } from '../../domain/control-total.ts';
import type { DatasetState, ResourceState, SnapshotPointer } from '../../domain/dataset.ts';
import type { GrantFacts } from '../../domain/grant-facts.ts';
import type { Instant } from '../../domain/instant.ts';
import { isFailure } from '../../domain/pull-operation.ts';
import { putOff } from '../../domain/put-off.ts';
import type { Failure } from './failure-status.ts';
import { holds } from './hold-lease.ts';
import type { TypeOutcome } from './project-type.ts';

/** All that a run leaves, before it is published. */
export type RunResult = {
  id: string;
  epoch: number;
  started: Instant;
  completed: Instant;
  /** What the lease moved to `serving`: each of it has an outcome. */
  wants: Record<string, Want>;
  outcomes: ReadonlyMap<string, TypeOutcome>;
  /** States of the resources that were read. */
  resources: Record<string, ResourceState>;
  /** Why others could not be. */
  troubles: Readonly<Record<string, Failure>>;
  /** Name of the journal, when somebody else goes on. */
  journal?: string;
  /** Runs that were moved into a history object, and its name. */
  overflow?: { runs: readonly RunRecord[]; name: string };
  /** How the grant stood at the end. */
  access?: GrantFacts;
  /** Set when FreshBooks refuses the grant: what it said, for people. */
  lostAccess?: Failure;
  /** How the person stands in the business, where that had to be asked. */
  standing?: NonNullable<Connection['standing']>;
};

/** History objects an item names; older ones are swept. */
const historyKept = 100;

/**
 * A finished run becomes the connection's state, all of it at once: snapshots, cursors, proofs, statuses, history and
 * the end of the lease. `undefined` when the lease is no longer this run's: a stale worker publishes nothing.
 */
export function publishRun(connection: Connection, run: RunResult): Connection | undefined {
  if (!holds(connection, { owner: run.id, epoch: run.epoch })) return undefined;
  const { lease: _lease, journal: _journal, standing: _standing, ...rest } = connection;
  const datasets = { ...connection.datasets };
  const serving: Record<string, Want> = {};
  const wanted = { ...connection.wanted };
  for (const [type, want] of Object.entries(run.wants)) {
    const outcome = endOf(run, type, connection);
    // What another worker goes on with stays in service without a lease: whoever comes next takes it up.
    if (outcome.kind === 'later') serving[type] = want;
    else if (outcome.kind === 'put-off') wanted[type] = outcome.want;
    else datasets[type] = datasetAfter(datasets[type], outcome, want, run);
  }
  const next: Connection = {
    ...rest,
    serving,
    wanted,
    datasets,
    resources: { ...connection.resources, ...resourcesAfter(connection, run) },
    ...historyAfter(connection, run),
    ...(run.journal === undefined ? {} : { journal: run.journal }),
    ...(run.access === undefined ? {} : { access: newer(connection.access, run.access) }),
    ...(run.standing === undefined ? {} : { standing: run.standing }),
  };
  // What an older consent was refused says nothing about one that was given while the run was on.
  const authorisedMeanwhile = (connection.authorised ?? '') > run.started;
  if (run.lostAccess === undefined || authorisedMeanwhile) return next;
  const error = { statusCode: '401', statusText: 'Unauthorized', errorMessage: run.lostAccess.message };
  return lose(next, { ...error, reason: run.lostAccess.reason ?? 'consent-withdrawn' }, run.completed);
}

type Held = Extract<TypeOutcome, { kind: 'held' }>;
type Ended = Held | Extract<TypeOutcome, { kind: 'failed' }>;
type End = Ended | { kind: 'later' } | { kind: 'put-off'; want: Want };

/**
 * How a data type's part ended. What is to be put off fails instead when that was done often enough, or when a newer
 * pull waits: that one reads the same.
 */
function endOf(run: RunResult, type: string, { wanted }: Connection): End {
  const outcome = run.outcomes.get(type) ?? { kind: 'later' };
  if (outcome.kind !== 'put-off') return outcome;
  const served = run.wants[type];
  const want = served === undefined || type in wanted ? undefined : putOff(served, run.completed);
  return want === undefined ? { kind: 'failed', failure: outcome.failure } : { kind: 'put-off', want };
}

/** A consent given while the run was on is known to the connection before the run ends. */
function newer(held: GrantFacts | undefined, seen: GrantFacts): GrantFacts {
  if (held === undefined || held.born < seen.born) return seen;
  return held.born === seen.born && held.epoch <= seen.epoch ? seen : held;
}

function datasetAfter(
  held: DatasetState | undefined,
  outcome: Ended,
  want: Want,
  run: RunResult,
): DatasetState {
  const { message: _message, reason: _reason, scope: _scope, ...before } = held ?? {};
  const ended = { ...before, latestOperation: want.operationId, ...runOf(want, run) };
  if (outcome.kind === 'failed') return { ...ended, ...outcome.failure };
  if (want.reason === 'reproject') return datasetRemade(held, outcome, want, run);
  return {
    ...ended,
    status: 'Complete',
    ...(outcome.message === undefined ? {} : { message: outcome.message }),
    snapshot: published(held?.snapshot, outcome.snapshot, run.completed),
    projectedFrom: outcome.projectedFrom,
    lastSuccess: run.completed,
    latestSuccessfulOperation: want.operationId,
    ...(outcome.drift && { drift: outcome.drift }),
    ...(outcome.compared && {
      controls: [...outcome.compared.controls],
      controlledFrom: outcome.compared.controlledFrom,
    }),
  };
}

/** What reads nothing is no run that the schedule counts from. */
function runOf(want: Want, run: RunResult): Pick<DatasetState, 'lastRun'> {
  return want.reason === 'reproject' ? {} : { lastRun: run.started };
}

/**
 * A data type that was made again of what is held. Nothing was heard of FreshBooks, so what it said last stands: the
 * instant of the last success, and a failure to read.
 */
function datasetRemade(
  held: DatasetState | undefined,
  outcome: Held,
  want: Want,
  run: RunResult,
): DatasetState {
  const { message, reason, scope, ...before } = held ?? {};
  const unread = held !== undefined && held.status !== 'MapError' && isFailure(held.status);
  const said = unread ? message : outcome.message;
  return {
    ...before,
    status: unread ? held.status : 'Complete',
    ...(said === undefined ? {} : { message: said }),
    ...(unread && reason !== undefined ? { reason } : {}),
    ...(unread && scope !== undefined ? { scope } : {}),
    snapshot: published(held?.snapshot, outcome.snapshot, run.completed),
    projectedFrom: outcome.projectedFrom,
    ...(outcome.drift && { drift: outcome.drift }),
    lastSuccess: held?.lastSuccess ?? run.completed,
    latestOperation: want.operationId,
    latestSuccessfulOperation: want.operationId,
  };
}

function resourcesAfter(connection: Connection, run: RunResult): Record<string, ResourceState> {
  const after = Object.entries(run.resources).map(([name, state]): [string, ResourceState] => {
    const { snapshot } = state;
    if (snapshot === undefined) return [name, state];
    const held = connection.resources[name]?.snapshot;
    return [name, { ...state, snapshot: published(held, snapshot, run.completed) }];
  });
  // What could not be read keeps all it had, and says why it is not current.
  const troubled = Object.entries(run.troubles).map(([name, why]): [string, ResourceState] => [
    name,
    { ...connection.resources[name], trouble: { ...why, at: run.started } },
  ]);
  return Object.fromEntries([...after, ...troubled]);
}

/** A snapshot that was published already keeps its instant; no later one is earlier, whatever a worker's clock says. */
function published(held: SnapshotPointer | undefined, next: SnapshotPointer, now: Instant): SnapshotPointer {
  if (held?.manifest === next.manifest) return held;
  return { ...next, since: held?.since !== undefined && held.since > now ? held.since : now };
}

function historyAfter(connection: Connection, run: RunResult): Pick<Connection, 'runs' | 'history'> {
  const outcomes: RunRecord['outcomes'] = {};
  for (const [type, { operationId }] of Object.entries(run.wants)) {
    const outcome = endOf(run, type, connection);
    if (outcome.kind === 'failed') outcomes[type] = { operationId, ...outcome.failure };
    if (outcome.kind !== 'held') continue;
    const { changed, snapshot, issues, compared } = outcome;
    const message = sentenceOf(outcome.message, compared?.controls);
    outcomes[type] = {
      operationId,
      status: 'Complete',
      changed,
      count: snapshot.count,
      ...(message === undefined ? {} : { message }),
      ...(issues === undefined ? {} : { issues }),
    };
  }
  const requested = Object.keys(outcomes).flatMap((type) => run.wants[type]?.requested ?? []);
  const record: RunRecord = {
    id: run.id,
    requested: requested.sort()[0] ?? run.started,
    completed: run.completed,
    outcomes,
  };
  const moved = run.overflow?.runs ?? [];
  const isMoved = moved.every((old, n) => connection.runs[n]?.id === old.id);
  const rest = isMoved ? connection.runs.slice(moved.length) : connection.runs;
  const names = isMoved && run.overflow !== undefined ? [run.overflow.name] : [];
  return {
    runs: requested.length === 0 ? rest : [...rest, record],
    history: [...connection.history, ...names].slice(-historyKept),
  };
}
