import type { DataType } from '../../domain/data-types.ts';
import type { DatasetState, ResourceState, SnapshotPointer } from '../../domain/dataset.ts';
import { projectedFrom } from '../../domain/projected-from.ts';
import type { Books, Log, Source } from '../ports.ts';
import { type Failure, logged } from './failure-status.ts';
import type { ResourceOutcome, Run } from './read-resource.ts';

/** How one data type's part in a run ended. */
export type TypeOutcome =
  | { kind: 'held'; snapshot: SnapshotPointer; projectedFrom: string; changed: number; message?: string }
  | { kind: 'failed'; failure: Failure }
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

const unmapped: Failure = {
  status: 'MapError',
  message: 'What was read could not be turned into this data type. What was held before stays.',
};

const unsupported: Failure = {
  status: 'NotSupported',
  message: 'FreshBooks has nothing that this is made of.',
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
  const resources = deps.source.resourcesOf(type);
  if (resources.length === 0) return { kind: 'failed', failure: unsupported };
  const outcomes = rules.ofHeld ? [] : resources.flatMap((resource) => read.outcomes.get(resource) ?? []);
  const failure = outcomes.map(failureIn).find((found) => found !== undefined);
  if (failure !== undefined) return { kind: 'failed', failure };
  if (outcomes.some((outcome) => outcome.kind === 'unfinished')) return { kind: 'later' };
  const from = projectedFrom(deps.mapping, resources, read.resources);
  if (held?.snapshot !== undefined && held.projectedFrom === from && !rules.afresh) {
    const message = held.status === 'Complete' ? held.message : undefined;
    return {
      kind: 'held',
      snapshot: held.snapshot,
      projectedFrom: from,
      changed: 0,
      ...(message && { message }),
    };
  }
  if (rules.tooLate) return { kind: 'later' };
  try {
    return { ...(await merged(deps, run, type, held, read.resources)), kind: 'held', projectedFrom: from };
  } catch (error) {
    const { connectionId } = run.ref;
    const facts = logged({ ...unmapped, status: 'InternalError' }, error);
    deps.log.error('sync.project.failed', {
      ...facts,
      connection: connectionId,
      type,
      status: unmapped.status,
    });
    return { kind: 'failed', failure: unmapped };
  }
}

function failureIn(outcome: ResourceOutcome): Failure | undefined {
  if (outcome.kind === 'failed') return outcome.failure;
  return outcome.kind === 'read' ? outcome.trouble : undefined;
}

async function merged(
  deps: Deps,
  run: Run,
  type: DataType,
  held: DatasetState | undefined,
  states: Record<string, ResourceState>,
): Promise<{ snapshot: SnapshotPointer; changed: number; message?: string }> {
  const quarantined = new Map<string, string>();
  const records = deps.source.project(
    type,
    (resource) => deps.books.rawRows(states[resource]?.snapshot),
    ({ id, reason }) => quarantined.set(id, reason),
  );
  const { ref, id, epoch, started } = run;
  const result = await deps.books.mergeProjection(
    { ref, name: `unified/${type}`, previous: held?.snapshot, run: { id, epoch, started } },
    records,
    (recordId) => quarantined.has(recordId),
  );
  if (quarantined.size === 0) return result;
  const ids = [...quarantined.keys()];
  deps.log.warn('sync.project.quarantined', { connection: ref.connectionId, type, count: ids.length });
  const some = ids.slice(0, 5).join(', ');
  const more = ids.length > 5 ? ` and ${ids.length - 5} more` : '';
  return { ...result, message: `Could not be mapped and keep what was held before: ${some}${more}.` };
}
