import type { DatasetState, PullStatus, ResourceState } from '../../domain/dataset.ts';
import type { Way } from '../ports.ts';
import type { Failure } from './failure-status.ts';
import type { ResourceOutcome } from './read-resource.ts';

/** FreshBooks has it and does not give it, or has it not: asking again tomorrow would be answered the same. */
const refusals: readonly PullStatus[] = ['PermissionsError', 'NotSupported'];

type Chosen = { kind: 'way'; way: Way; note?: string } | { kind: 'failed'; failure: Failure };

/**
 * The first way that nothing is missing for. One is only passed over where FreshBooks refuses what it needs: what
 * failed for the moment fails the data type, which would otherwise change its make from one hour to the next.
 */
export function chooseWay(
  [first, ...others]: readonly [Way, ...Way[]],
  outcomes: ReadonlyMap<string, ResourceOutcome>,
): Chosen {
  let refused: Failure | undefined;
  for (const way of [first, ...others]) {
    const failures = way.from.flatMap((resource) => failureIn(outcomes.get(resource)) ?? []);
    const passing = failures.find(({ status }) => !refusals.includes(status));
    if (passing !== undefined) return { kind: 'failed', failure: passing };
    if (failures.length === 0) return { kind: 'way', way, ...noteOf(way, refused) };
    refused ??= failures[0];
  }
  return { kind: 'failed', failure: refused ?? nothing };
}

const nothing: Failure = {
  status: 'NotSupported',
  message: 'FreshBooks has nothing that this is made of.',
};

/** The way that the held records were made, for making them again; the first one when it cannot be told. */
export function wayOfHeld([first, ...others]: readonly [Way, ...Way[]], held: DatasetState | undefined): Way {
  const [, ...parts] = held?.projectedFrom?.split(' ') ?? [];
  const made = parts.map((part) => part.slice(0, part.lastIndexOf(':')));
  const isMadeOf = ({ from, also = [] }: Way): boolean =>
    from.join(' ') === made.filter((resource) => !also.includes(resource)).join(' ');
  return [first, ...others].find(isMadeOf) ?? first;
}

/** All that the records are made of: what is needed, and of the rest what is held. */
export function partsOf(
  { from, also = [] }: Way,
  states: Readonly<Record<string, ResourceState>>,
): readonly string[] {
  return [...from, ...also.filter((resource) => states[resource]?.snapshot !== undefined)];
}

function failureIn(outcome: ResourceOutcome | undefined): Failure | undefined {
  if (outcome?.kind === 'failed') return outcome.failure;
  return outcome?.kind === 'read' ? outcome.trouble : undefined;
}

function noteOf({ note }: Way, refused: Failure | undefined): { note?: string } {
  if (note === undefined) return {};
  return { note: refused === undefined ? note : `${note} ${refused.message}` };
}
