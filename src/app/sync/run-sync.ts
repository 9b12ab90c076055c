import type { Connection, ConnectionRef } from '../../domain/connection.ts';
import { type DataType, dataTypes } from '../../domain/data-types.ts';
import { dueRawOnly } from '../../domain/due-raw-only.ts';
import type { Instant } from '../../domain/instant.ts';
import { type SyncSettings, settingFor } from '../../domain/sync-settings.ts';
import type {
  Books,
  Clock,
  Connections,
  Count,
  FreshBooksOAuth,
  Log,
  NewId,
  RunFiles,
  Source,
  SyncSettingsStore,
  Waker,
} from '../ports.ts';
import { endRun, type ResourceRead, type SyncEnd, statesOf } from './end-run.ts';
import { type Every, holdLease } from './hold-lease.ts';
import { emptyJournal, Journal } from './journal.ts';
import { projectType, type TypeOutcome } from './project-type.ts';
import { type GrantToken, type Run, readResource } from './read-resource.ts';
import { type LeaseTaken, takeLease } from './take-lease.ts';

export type RunSyncDeps = {
  connections: Pick<Connections, 'change'>;
  books: Books;
  runFiles: RunFiles;
  source: Source;
  oauth: Pick<FreshBooksOAuth, 'whoIs'>;
  /** Data types that a change of this noun makes due: what FreshBooks' callbacks tell of. */
  typesOf: (noun: string) => readonly DataType[];
  grantToken: (grantId: string) => GrantToken;
  waker: Waker;
  clock: Clock;
  newId: NewId;
  every: Every;
  /** Of all companies; read once a run. */
  syncSettings: Pick<SyncSettingsStore, 'find'>;
  /** Names the mapping of `source.project`; another text projects everything again. */
  mapping: string;
  log: Log;
  count: Count;
};

/**
 * One worker's turn on one connection: lease, read, project, publish. `deadline` is when no further call is begun:
 * it leaves time to save a journal or to publish before the function ends. Throws only where nothing could be
 * published; the message then comes again, and until somebody publishes nothing has happened.
 */
export function makeRunSync(
  deps: RunSyncDeps,
): (ref: ConnectionRef, deadline: Instant) => Promise<SyncEnd | 'idle' | 'busy'> {
  return async (ref, deadline) => {
    const started = deps.clock();
    const runId = deps.newId();
    const settings = await deps.syncSettings.find();
    const taken = await lease(deps, ref, settings, { runId, now: started });
    if (taken.kind !== 'taken') return taken.kind;
    const { connection } = taken;
    const { business, grantId, lease: mine, epoch } = connection;
    // The lease is only taken of a connection that has them.
    if (business === undefined || grantId === undefined || mine === undefined) return 'idle';
    const held = holdLease(deps, ref, { ...mine, epoch });
    const access = deps.grantToken(grantId);
    try {
      const currencies = currenciesIn(connection);
      const run: Run = {
        ref,
        id: runId,
        epoch,
        started,
        deadline,
        business,
        currencies,
        scopes: connection.access?.scopes ?? [],
        access,
        lease: held,
      };
      return await turn(deps, run, connection, settings);
    } finally {
      held.stop();
    }
  };
}

async function lease(
  deps: RunSyncDeps,
  ref: ConnectionRef,
  settings: SyncSettings,
  by: { runId: string; now: Instant },
): Promise<LeaseTaken> {
  const ids = new Map(dataTypes.map((type) => [type, deps.newId()] as [string, string]));
  const operationId = (type: string): string => ids.get(type) ?? deps.newId();
  const taken = await deps.connections.change(ref, (connection) =>
    takeLease(connection, { ...by, settings, rawOnly: deps.source.rawOnly, operationId }),
  );
  return taken ?? { kind: 'idle' };
}

async function turn(
  deps: RunSyncDeps,
  run: Run,
  connection: Connection,
  settings: SyncSettings,
): Promise<SyncEnd> {
  const orderOf = (type: DataType) => settingFor(type, settings, connection.syncSettings).syncOrder;
  const types = dataTypes
    .filter((type) => type in connection.serving)
    .toSorted((a, b) => orderOf(a) - orderOf(b));
  const journal = await journalOf(deps, connection);
  const toRead = types.filter((type) => !madeOfHeld(deps, connection, type));
  const resources = [
    ...new Set([
      ...toRead.flatMap(deps.source.resourcesOf),
      ...toRead.flatMap(deps.source.controlsOf),
      ...dueRawOnly(connection, deps.source.rawOnly, settings, run.started),
    ]),
  ];
  const reads = await Promise.all(
    resources.map(async (resource) => {
      const state = connection.resources[resource];
      return { resource, ...(await readResource(deps, run, resource, state, journal.open[resource])) };
    }),
  );
  const outcomes = await projectAll(deps, run, connection, types, reads);
  return endRun(deps, run, connection, reads, outcomes);
}

/** Currencies that the records were found to be in when they were last compared. */
function currenciesIn({ datasets }: Connection): string[] {
  const controls = Object.values(datasets).flatMap((dataset) => dataset.controls ?? []);
  return [...new Set(controls.map(({ currency }) => currency))].filter((code) => code !== 'XXX').sort();
}

/** Whether a data type is only to be made again, and all it is made of has been read once. */
function madeOfHeld({ source }: RunSyncDeps, connection: Connection, type: DataType): boolean {
  return (
    connection.serving[type]?.reason === 'reproject' &&
    source.resourcesOf(type).every((resource) => connection.resources[resource]?.proof !== undefined)
  );
}

/** One after the other: mapping is work for the processor, and only one projection's rows are in memory. */
async function projectAll(
  deps: RunSyncDeps,
  run: Run,
  connection: Connection,
  types: readonly DataType[],
  reads: readonly ResourceRead[],
): Promise<ReadonlyMap<string, TypeOutcome>> {
  const resources = { ...connection.resources, ...statesOf(reads) };
  const read = { outcomes: new Map(reads.map(({ resource, outcome }) => [resource, outcome])), resources };
  const outcomes = new Map<string, TypeOutcome>();
  for (const type of types) {
    if (run.lease.lost()) break;
    const rules = {
      tooLate: deps.clock() >= run.deadline,
      afresh: connection.serving[type]?.afresh === true,
      ofHeld: madeOfHeld(deps, connection, type),
    };
    outcomes.set(type, await projectType(deps, run, type, connection.datasets[type], read, rules));
  }
  return outcomes;
}

/** What the worker before left, as far as the books still stand where it began. */
async function journalOf(deps: RunSyncDeps, connection: Connection): Promise<Journal> {
  if (connection.journal === undefined) return emptyJournal;
  const parsed = Journal.safeParse(await deps.runFiles.journal(connection.journal));
  if (!parsed.success) return emptyJournal;
  const standing = Object.entries(parsed.data.open).filter(
    ([resource, left]) => left.base === connection.resources[resource]?.snapshot?.manifest,
  );
  return { version: 1, open: Object.fromEntries(standing) };
}
