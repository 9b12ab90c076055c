import { type ControlTotal, newlyDiffering } from '../../domain/control-total.ts';
import type { DataType } from '../../domain/data-types.ts';
import type { DatasetState, ResourceState } from '../../domain/dataset.ts';
import { projectedFrom } from '../../domain/projected-from.ts';
import type { Books, Log, Source, Way } from '../ports.ts';
import { partsOf } from './choose-way.ts';
import { failureOf, isPassing, logged } from './failure-status.ts';
import type { ResourceOutcome, Run } from './read-resource.ts';

/** How a data type's records stand beside FreshBooks' own reports. */
export type Compared = {
  controls: readonly ControlTotal[];
  controlledFrom: string;
  /** Those that began to differ with this run: whoever sends events announces these. */
  mismatches: readonly ControlTotal[];
};

type Deps = { books: Books; source: Source; log: Log };
type Read = {
  outcomes: ReadonlyMap<string, ResourceOutcome>;
  resources: Record<string, ResourceState>;
};

/**
 * Compares what is held of a data type with the reports that were read in the same run. A difference is shown and
 * never in the way: nothing that goes wrong here fails the data type. `undefined` where there is nothing to compare
 * with, or nothing was read.
 */
export async function compareType(
  deps: Deps,
  run: Run,
  { type, way, mapping }: { type: DataType; way: Way; mapping: string },
  held: DatasetState | undefined,
  read: Read,
): Promise<Compared | undefined> {
  const reports = deps.source.controlsOf(type);
  if (reports.length === 0 || !reports.some((report) => read.outcomes.has(report))) return undefined;
  const failed = reports.flatMap((report) => notReadNow(report, read.outcomes.get(report)));
  const notRead = new Set(failed.map(({ report }) => report));
  // Once it is read again there is something new to compare with, though it says the same as before.
  const from = [
    projectedFrom(mapping, [...partsOf(way, read.resources), ...reports], read.resources),
    ...[...notRead].map((report) => `-${report}`),
  ].join(' ');
  if (held?.controls !== undefined && held.controlledFrom === from) return outcome(held.controls, from, held);
  try {
    const rows = (resource: string) => deps.books.rawRows(read.resources[resource]?.snapshot);
    const records = deps.source.project(type, rows, () => {}, run.started);
    const found = await deps.source.control(type, { records, rows, at: run.started, notRead });
    return outcome([...failed, ...found], from, held);
  } catch (error) {
    // What could not be fetched from our own store is compared another time.
    if (isPassing(failureOf(error))) return undefined;
    const { connectionId } = run.ref;
    const facts = logged({ status: 'InternalError', message: '' }, error);
    deps.log.error('sync.compare.failed', { ...facts, connection: connectionId, type });
    const why = 'A report of FreshBooks was not what it is expected to be.';
    return outcome(
      reports.map((report) => ({ report, currency: 'XXX', verdict: 'not comparable', why })),
      from,
      held,
    );
  }
}

/** A report that was not read now says nothing of what was. */
function notReadNow(report: string, outcome: ResourceOutcome | undefined): ControlTotal[] {
  if (outcome?.kind === 'read' && outcome.trouble === undefined) return [];
  const why = outcome?.kind === 'failed' ? outcome.failure.message : 'It was not read in this run.';
  return [{ report, currency: 'XXX', verdict: 'not comparable', why }];
}

function outcome(
  controls: readonly ControlTotal[],
  controlledFrom: string,
  held: DatasetState | undefined,
): Compared {
  return { controls, controlledFrom, mismatches: newlyDiffering(controls, held?.controls ?? []) };
}
