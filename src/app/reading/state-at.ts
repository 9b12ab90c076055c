import type { SnapshotPointer } from '../../domain/dataset.ts';
import type { Instant } from '../../domain/instant.ts';
import { Problem } from '../../domain/problem.ts';
import type { SnapshotAt } from '../ports.ts';

/** The state of the books that was current at an instant. Problem `invalid` says so when there is none any more, or was none yet. */
export async function stateAt(
  snapshotAt: SnapshotAt,
  current: SnapshotPointer,
  at: Instant,
): Promise<SnapshotPointer> {
  const found = await snapshotAt(current, at).catch((cause: unknown) => {
    if (cause instanceof Problem && cause.kind === 'not-found') throw stateGone(at, cause);
    throw cause;
  });
  if (found !== undefined) return found;
  throw new Problem(
    'invalid',
    `Nothing had been read by ${at}, which "asOf" names. Ask for a later instant.`,
  );
}

/** That state was swept away since. */
export function stateGone(at: Instant, cause?: unknown): Problem {
  return new Problem(
    'invalid',
    `The state of the books at ${at}, which "asOf" names, is no longer kept. Ask for a later instant.`,
    { cause },
  );
}
