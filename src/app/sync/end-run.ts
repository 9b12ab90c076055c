import type { Connection } from '../../domain/connection.ts';
import type { ResourceState } from '../../domain/dataset.ts';
import type { GrantFacts } from '../../domain/grant-facts.ts';
import { secondsUntilReady } from '../../domain/put-off.ts';
import type { Clock, Connections, FreshBooksOAuth, RawCollector, RunFiles, Source, Waker } from '../ports.ts';
import type { Failure } from './failure-status.ts';
import type { Journal } from './journal.ts';
import { lookAtStanding } from './look-at-standing.ts';
import { overflowRuns } from './overflow-runs.ts';
import type { TypeOutcome } from './project-type.ts';
import { publishRun, type RunResult } from './publish-run.ts';
import type { ResourceOutcome, Run } from './read-resource.ts';
import { type HintDeps, tellHints } from './tell-hints.ts';
import { tellRun } from './tell-run.ts';

/** How a worker's turn ended: `handed-on` means that another message goes on with what is left. */
export type SyncEnd = 'published' | 'handed-on' | 'lost-access' | 'stale';

/** A message waits no longer than this in a queue; what waits longer is found by the schedule. */
const longestDelay = 900;

export type ResourceRead = { resource: string; outcome: ResourceOutcome; collector: RawCollector };

type Deps = HintDeps & {
  connections: Pick<Connections, 'change'>;
  runFiles: RunFiles;
  source: Pick<Source, 'rawOnly'>;
  oauth: Pick<FreshBooksOAuth, 'whoIs'>;
  waker: Waker;
  clock: Clock;
};

/** States of the resources that were read to their end. */
export function statesOf(reads: readonly ResourceRead[]): Record<string, ResourceState> {
  return Object.fromEntries(
    reads.flatMap(({ resource, outcome }) => (outcome.kind === 'read' ? [[resource, outcome.state]] : [])),
  );
}

function troublesOf(reads: readonly ResourceRead[]): Record<string, Failure> {
  return Object.fromEntries(
    reads.flatMap(({ resource, outcome }) =>
      outcome.kind === 'failed' ? [[resource, outcome.failure]] : [],
    ),
  );
}

/**
 * Ends a run. The order of safety: everything a published connection will name is stored already; then the one
 * conditional write; then the next message; then what nobody needs any more is removed, and failing at that is no
 * failure of the run.
 */
export async function endRun(
  deps: Deps,
  run: Run,
  connection: Connection,
  reads: readonly ResourceRead[],
  outcomes: ReadonlyMap<string, TypeOutcome>,
): Promise<SyncEnd> {
  // Nobody would publish it, and an object written now might outlive an erasing.
  if (run.lease.lost()) return stale(deps, run);
  const result = await resultOf(deps, run, connection, reads, outcomes);
  const published = await deps.connections.change<Connection | undefined>(run.ref, (current) => {
    const next = publishRun(current, result);
    return next === undefined ? { result: undefined } : { next, result: next };
  });
  if (published === undefined) return stale(deps, run);
  // What was only made again may be due for reading as well: that is another run.
  const remade = Object.values(connection.serving).some(({ reason }) => reason === 'reproject');
  const goesOn = remade || result.journal !== undefined;
  const open = [...Object.values(published.serving), ...Object.values(published.wanted)];
  if (goesOn || open.length > 0) {
    const wait = goesOn ? 0 : Math.min(longestDelay, secondsUntilReady(open, result.completed));
    await deps.waker({ kind: 'sync', ref: run.ref }, ...(wait === 0 ? [] : [{ delaySeconds: wait }]));
  }
  tellRun(deps, run, connection, result);
  tellHints(deps, connection, published, reads);
  await cleanUp(deps, run, connection, reads, result.journal !== undefined);
  if (result.lostAccess !== undefined) return 'lost-access';
  const handedOn = result.journal !== undefined || Object.keys(published.serving).length > 0;
  return handedOn ? 'handed-on' : 'published';
}

async function resultOf(
  deps: Deps,
  run: Run,
  connection: Connection,
  reads: readonly ResourceRead[],
  outcomes: ReadonlyMap<string, TypeOutcome>,
): Promise<RunResult> {
  const identity = { id: run.id, epoch: run.epoch };
  const journal = journalFrom(deps.source, reads, outcomes);
  const runs = overflowRuns(connection.runs, changedRows(reads, outcomes) > 0);
  const failures = reads.flatMap(({ outcome }) => (outcome.kind === 'failed' ? [outcome.failure] : []));
  // A turn for what no data type is made of is too little to judge by.
  const standing = outcomes.size === 0 ? connection.standing : await lookAtStanding(deps, run, reads);
  const access = await factsOf(deps, run);
  const lost = failures.find((failure) => failure.status === 'AuthError');
  return {
    ...identity,
    started: run.started,
    wants: connection.serving,
    outcomes,
    resources: statesOf(reads),
    troubles: troublesOf(reads),
    ...(journal && { journal: await deps.runFiles.saveJournal(run.ref, identity, journal) }),
    ...(runs.length > 0 && {
      overflow: { runs, name: await deps.runFiles.saveHistory(run.ref, run.epoch, runs) },
    }),
    ...(access && { access }),
    ...(lost && { lostAccess: lost }),
    ...(standing && { standing }),
    completed: deps.clock(),
  };
}

/** For people who ask: not knowing it now is no reason to publish nothing. */
async function factsOf({ log }: Deps, { access, ref }: Run): Promise<GrantFacts | undefined> {
  try {
    return await access.facts();
  } catch {
    log.warn('sync.run.no-facts', { connection: ref.connectionId });
    return undefined;
  }
}

/** What the next worker goes on with, if anything waits for it. */
function journalFrom(
  { rawOnly }: Pick<Source, 'rawOnly'>,
  reads: readonly ResourceRead[],
  outcomes: ReadonlyMap<string, TypeOutcome>,
): Journal | undefined {
  const open = reads.flatMap(({ resource, outcome }) =>
    outcome.kind === 'unfinished' ? [[resource, outcome.left] as const] : [],
  );
  const later = [...outcomes.values()].some((outcome) => outcome.kind === 'later');
  // What no data type is made of waits for nobody but itself.
  const awaited = later || open.some(([resource]) => rawOnly.includes(resource));
  return open.length > 0 && awaited ? { version: 1, open: Object.fromEntries(open) } : undefined;
}

function changedRows(reads: readonly ResourceRead[], outcomes: ReadonlyMap<string, TypeOutcome>): number {
  const raw = reads.map(({ outcome }) => (outcome.kind === 'read' ? outcome.changed : 0));
  const unified = [...outcomes.values()].map((outcome) => (outcome.kind === 'held' ? outcome.changed : 0));
  return [...raw, ...unified].reduce((sum, changed) => sum + changed, 0);
}

/** Another worker, an unlinking or a deletion came between: what waits is woken, nothing else is touched. */
async function stale(deps: Deps, run: Run): Promise<SyncEnd> {
  deps.log.warn('sync.run.stale', { connection: run.ref.connectionId, run: run.id, epoch: run.epoch });
  deps.count('sync.stale');
  const waits = await deps.connections.change(run.ref, (current) => {
    const result = Object.keys({ ...current.wanted, ...current.serving }).length > 0;
    if (current.lease?.owner !== run.id) return { result };
    const { lease: _lease, ...next } = current;
    return { next, result };
  });
  if (waits === true) await deps.waker({ kind: 'sync', ref: run.ref });
  return 'stale';
}

async function cleanUp(
  deps: Deps,
  run: Run,
  connection: Connection,
  reads: readonly ResourceRead[],
  handsOn: boolean,
): Promise<void> {
  try {
    for (const { outcome, collector } of reads) {
      if (outcome.kind !== 'unfinished' || !handsOn) await collector.discard();
    }
    if (connection.journal !== undefined) await deps.runFiles.forgetJournal(connection.journal);
  } catch (error) {
    deps.log.warn('sync.run.left-over', { connection: run.ref.connectionId, error: String(error) });
  }
}
