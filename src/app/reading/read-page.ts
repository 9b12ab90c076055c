import type { SnapshotPointer } from '../../domain/dataset.ts';
import { Problem } from '../../domain/problem.ts';
import type { ReadRecords } from '../ports.ts';
import { snapshotGone, snapshotOf, tokenOf } from './snapshot-token.ts';

/** What a list is asked for. */
export type ListWish = {
  page: number;
  pageSize: number;
  query?: string | undefined;
  orderBy?: string | undefined;
  /** From a link of an earlier page: stay on the state of the books that it showed. */
  snapshot?: string | undefined;
};

/** A page, and the token that keeps later pages on the same state of the books. */
export type ReadPage = { results: Record<string, unknown>[]; totalResults: number; snapshot: string };

/** A page of a snapshot series: of the current state, or of the one that an earlier page showed. */
export async function readPage(
  readRecords: ReadRecords,
  current: SnapshotPointer,
  wish: ListWish,
): Promise<ReadPage> {
  const chosen = wish.snapshot === undefined ? current : snapshotOf(wish.snapshot, current);
  const page = await readOrGone(readRecords, chosen, current, wish);
  return { ...page, snapshot: tokenOf(chosen) };
}

async function readOrGone(
  readRecords: ReadRecords,
  chosen: SnapshotPointer,
  current: SnapshotPointer,
  { page, pageSize, query, orderBy }: ListWish,
) {
  try {
    return await readRecords(chosen, {
      page,
      pageSize,
      ...(query === undefined ? {} : { query }),
      ...(orderBy === undefined ? {} : { orderBy }),
    });
  } catch (cause) {
    // What is current must be there; an older state may have been swept between two pages.
    const older = chosen.manifest !== current.manifest;
    if (older && cause instanceof Problem && cause.kind === 'not-found') throw snapshotGone(cause);
    throw cause;
  }
}
