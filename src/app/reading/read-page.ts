import type { SnapshotPointer } from '../../domain/dataset.ts';
import type { Instant } from '../../domain/instant.ts';
import { Problem } from '../../domain/problem.ts';
import type { ReadRecords, SnapshotAt } from '../ports.ts';
import { servedFromOf, snapshotGone, snapshotOf, tokenOf } from './snapshot-token.ts';
import { stateAt, stateGone } from './state-at.ts';

/** What a list is asked for. */
export type ListWish = {
  page: number;
  pageSize: number;
  query?: string | undefined;
  orderBy?: string | undefined;
  /** From a link of an earlier page: stay on the state of the books that it showed. */
  snapshot?: string | undefined;
  /** The state of the books that was current then. */
  asOf?: Instant | undefined;
  /** Records that changed in FreshBooks before it are not served; a link of an earlier page knows better. */
  servedFrom?: Instant | undefined;
};

type Deps = { readRecords: ReadRecords; snapshotAt: SnapshotAt };

/** A page, the state of the books it is `shown` of, and the token that keeps later pages on the same state of the books. */
export type ReadPage = {
  results: Record<string, unknown>[];
  totalResults: number;
  shown: SnapshotPointer;
  servedFrom: Instant | undefined;
  snapshot: string;
};

/** A page of a snapshot series: of the current state, of that of an instant, or of the one an earlier page showed. */
export async function readPage(
  { readRecords, snapshotAt }: Deps,
  current: SnapshotPointer,
  wish: ListWish,
): Promise<ReadPage> {
  const chosen = await choose(snapshotAt, current, wish);
  const servedFrom = wish.snapshot === undefined ? wish.servedFrom : servedFromOf(wish.snapshot);
  const page = await readOrGone(readRecords, chosen, current, { ...wish, servedFrom });
  const beginning = servedFrom === undefined ? {} : { servedFrom };
  return { ...page, shown: chosen, servedFrom, snapshot: tokenOf(chosen, beginning) };
}

async function choose(
  snapshotAt: SnapshotAt,
  current: SnapshotPointer,
  { snapshot, asOf }: ListWish,
): Promise<SnapshotPointer> {
  // A link knows better than the instant it came from.
  if (snapshot !== undefined) return snapshotOf(snapshot, current);
  return asOf === undefined ? current : stateAt(snapshotAt, current, asOf);
}

async function readOrGone(
  readRecords: ReadRecords,
  chosen: SnapshotPointer,
  current: SnapshotPointer,
  { page, pageSize, query, orderBy, snapshot, asOf, servedFrom }: ListWish,
) {
  try {
    return await readRecords(chosen, {
      page,
      pageSize,
      ...(query === undefined ? {} : { query }),
      ...(orderBy === undefined ? {} : { orderBy }),
      ...(servedFrom === undefined ? {} : { servedFrom }),
    });
  } catch (cause) {
    // What is current must be there; an older state may have been swept between two pages.
    const older = chosen.manifest !== current.manifest;
    if (older && cause instanceof Problem && cause.kind === 'not-found') {
      throw asOf === undefined || snapshot !== undefined ? snapshotGone(cause) : stateGone(asOf, cause);
    }
    throw cause;
  }
}
