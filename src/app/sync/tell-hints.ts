import type { Connection } from '../../domain/connection.ts';
import type { DataType } from '../../domain/data-types.ts';
import { nounOf } from '../../domain/hook-moves.ts';
import type { Count, Log, Source } from '../ports.ts';
import type { ResourceOutcome } from './read-resource.ts';

export type HintDeps = {
  source: Pick<Source, 'resourcesOf'>;
  /** Data types that a change of this noun makes due. */
  typesOf: (noun: string) => readonly DataType[];
  log: Log;
  count: Count;
};

/**
 * Counts changes by how they were found: `hooks.hinted` because FreshBooks told of them, `hooks.missed` by the
 * schedule alone although FreshBooks should have. Nothing rests on hints; this says what they are worth. `before` is
 * the connection as the run took it, `after` as it was published: a hint that came while the run was on is in time.
 */
export function tellHints(
  { source, typesOf, log, count }: HintDeps,
  before: Connection,
  after: Connection,
  reads: readonly { resource: string; outcome: ResourceOutcome }[],
): void {
  const found = (type: DataType): boolean =>
    reads.some(
      ({ resource, outcome }) =>
        outcome.kind === 'read' && outcome.changed > 0 && source.resourcesOf(type).includes(resource),
    );
  for (const type of listenedFor(before, typesOf)) {
    const reason = before.serving[type]?.reason;
    if ((reason !== 'hint' && reason !== 'schedule') || !found(type)) continue;
    if (reason === 'hint') count('hooks.hinted');
    else if (after.wanted[type]?.reason !== 'hint') {
      count('hooks.missed');
      log.info('hooks.missed', { connection: before.id, type });
    }
  }
}

/** The data types whose changes FreshBooks has been asked to tell of since before they were last read. */
function listenedFor({ hooks, datasets }: Connection, typesOf: HintDeps['typesOf']): Set<DataType> {
  const { callbacks = [], tended = '' } = hooks ?? {};
  const types = callbacks
    .filter(({ verified }) => verified)
    .flatMap(({ event }) => typesOf(nounOf(event)))
    .filter((type) => tended !== '' && tended <= (datasets[type]?.lastSuccess ?? ''));
  return new Set(types);
}
