import type { Issue } from '../../domain/connection.ts';
import type { DataType } from '../../domain/data-types.ts';
import type { DatasetState, ResourceState, SnapshotPointer } from '../../domain/dataset.ts';
import { type Drift, keptDrift } from '../../domain/drift.ts';
import { projectedFrom } from '../../domain/projected-from.ts';
import type { Books, Log, Source, Way } from '../ports.ts';
import { chooseWay, partsOf, wayOfHeld } from './choose-way.ts';
import { type Compared, compareType } from './compare-type.ts';
import { type Failure, failureOf, isPassing, logged } from './failure-status.ts';
import type { ResourceOutcome, Run } from './read-resource.ts';

/** How one data type's part in a run ended. */
export type TypeOutcome =
  | {
      kind: 'held';
      snapshot: SnapshotPointer;
      projectedFrom: string;
      changed: number;
      message?: string;
      /** The first records that could not be mapped, when it was mapped anew. */
      issues?: Issue[];
      /** What FreshBooks sent and nothing here knows, when it was mapped anew. */
      drift?: Drift[];
      /** How it stands beside FreshBooks' own reports, when they were read in this run. */
      compared?: Compared;
    }
  | { kind: 'failed'; failure: Failure }
  /** A service that we run on did not answer: it is tried again soon, or fails so when that was done often enough. */
  | { kind: 'put-off'; failure: Failure }
  /** Goes on in another worker's turn. */
  | { kind: 'later' };

type Rules = {
  /** The deadline came: nothing that takes time is begun. */
  tooLate: boolean;
  /** Made again although nothing it is made of has changed. */
  afresh: boolean;
  /** Made of what is held, whatever became of reads that the run does for others. */
  ofHeld: boolean;
};

type Deps = {
  books: Books;
  source: Source;
  log: Log;
  /** Names the mapping: another text projects everything again from the raw books, without a call to FreshBooks. */
  mapping: string;
};

/** A run remembers no more of them: it is part of the connection's item. */
const issuesKept = 10;

const unmapped: Failure = {
  status: 'MapError',
  message: 'What was read could not be turned into this data type. What was held before stays.',
};

/**
 * Makes one data type of its resources: maps the raw snapshots and merges the result into the unified one, unless
 * nothing it is made of has changed or it is to be made `afresh`. A resource that failed fails it, and what was held stays. Never throws.
 */
export async function projectType(
  deps: Deps,
  run: Run,
  type: DataType,
  held: DatasetState | undefined,
  read: { outcomes: ReadonlyMap<string, ResourceOutcome>; resources: Record<string, ResourceState> },
  rules: Rules,
): Promise<TypeOutcome> {
  const ways = deps.source.waysOf(type);
  const chosen = rules.ofHeld
    ? ({ kind: 'way', way: wayOfHeld(ways, held), note: undefined } as const)
    : chooseWay(ways, read.outcomes);
  if (chosen.kind === 'failed') return missed(chosen.failure);
  const { way, note } = chosen;
  const awaited = rules.ofHeld ? [] : [...way.from, ...(way.also ?? [])];
  const open = awaited.filter((name) => read.outcomes.get(name)?.kind === 'unfinished');
  if (open.length > 0) return { kind: 'later' };
  const mapping = way.byMonth === true ? `${deps.mapping}@${run.started.slice(0, 7)}` : deps.mapping;
  const from = projectedFrom(mapping, partsOf(way, read.resources), read.resources);
  if (held?.snapshot !== undefined && held.projectedFrom === from && !rules.afresh) {
    const message = held.status === 'Complete' ? held.message : note;
    const compared = await compareType(deps, run, { type, way, mapping }, held, read);
    return {
      kind: 'held',
      snapshot: held.snapshot,
      projectedFrom: from,
      changed: 0,
      ...(message && { message }),
      ...(compared && { compared }),
    };
  }
  if (rules.tooLate) return { kind: 'later' };
  try {
    const result = await merged(deps, run, { type, way, note: note ?? way.note }, held, read.resources);
    const compared = await compareType(deps, run, { type, way, mapping }, held, read);
    return { ...result, kind: 'held', projectedFrom: from, ...(compared && { compared }) };
  } catch (error) {
    return notMade(deps, run, type, error);
  }
}

function missed(failure: Failure): TypeOutcome {
  return { kind: isPassing(failure) ? 'put-off' : 'failed', failure };
}

/** Rows that could not be fetched from our own store are no rows that cannot be mapped. */
function notMade({ log }: Deps, { ref }: Run, type: DataType, error: unknown): TypeOutcome {
  const failure = failureOf(error);
  const passing = isPassing(failure);
  const facts = logged(passing ? failure : { ...unmapped, status: 'InternalError' }, error);
  const { status } = passing ? failure : unmapped;
  log.error('sync.project.failed', { ...facts, connection: ref.connectionId, type, status });
  return missed(passing ? failure : unmapped);
}

async function merged(
  deps: Deps,
  run: Run,
  { type, way, note }: { type: DataType; way: Way; note: string | undefined },
  held: DatasetState | undefined,
  states: Record<string, ResourceState>,
): Promise<Omit<Extract<TypeOutcome, { kind: 'held' }>, 'kind' | 'projectedFrom' | 'compared'>> {
  const quarantined = new Map<string, string>();
  const found: Drift[] = [];
  const parts = partsOf(way, states);
  const records = deps.source.project(
    type,
    // What another way is made of may be held from earlier, and would be mistaken for something current.
    (resource) => deps.books.rawRows(parts.includes(resource) ? states[resource]?.snapshot : undefined),
    ({ id, reason }) => quarantined.set(id, reason),
    run.started,
    (drift) => found.push(drift),
  );
  const { ref, id, epoch, started } = run;
  const made = await deps.books.mergeProjection(
    { ref, name: `unified/${type}`, previous: held?.snapshot, run: { id, epoch, started } },
    records,
    (recordId) => quarantined.has(recordId),
  );
  const result = { ...made, drift: keptDrift(found) };
  // An empty list says that all were mapped: what an earlier run could not map is no longer to be told.
  if (quarantined.size === 0) return note === undefined ? result : { ...result, issues: [], message: note };
  const ids = [...quarantined.keys()];
  deps.log.warn('sync.project.quarantined', { connection: ref.connectionId, type, count: ids.length });
  const some = ids.slice(0, 5).join(', ');
  const more = ids.length > 5 ? ` and ${ids.length - 5} more` : '';
  const issues = [...quarantined].slice(0, issuesKept).map(([itemId, message]) => ({ itemId, message }));
  const sentence = `Could not be mapped and keep what was held before: ${some}${more}.`;
  return { ...result, issues, message: note === undefined ? sentence : `${note} ${sentence}` };
}
