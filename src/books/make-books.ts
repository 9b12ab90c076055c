import type { Books, Objects, RawRow } from '../app/ports.ts';
import type { SnapshotPointer } from '../domain/dataset.ts';
import { type BookSizes, bookSizes } from './book-sizes.ts';
import { RawBook } from './collect-raw.ts';
import { erasePrefix } from './erase-prefix.ts';
import { bodyOf } from './line.ts';
import type { SegmentInfo } from './manifest.ts';
import { mergeProjection } from './merge-projection.ts';
import { connectionPrefix } from './object-names.ts';
import { readLines } from './read-lines.ts';
import { sweepBooks } from './sweep-books.ts';

/** The books of every connection, kept as immutable objects (docs/architecture.md, "Books bucket"). */
export function makeBooks({ objects }: { objects: Objects }, sizes: BookSizes = bookSizes): Books {
  return {
    rawRows: (snapshot) => rawRows(objects, snapshot),
    heldIds: (snapshot) => idsWhere(objects, snapshot, false),
    heldDeletedIds: (snapshot) => idsWhere(objects, snapshot, true),
    collectRaw: (target) => new RawBook(objects, target, sizes),
    mergeProjection: (target, records, keep) => mergeProjection(objects, sizes, target, records, keep),
    sweep: (order) => sweepBooks(objects, order),
    erase: (ref) => erasePrefix(objects, connectionPrefix(ref)),
  };
}

/** Ids of the rows that are deleted, or of those that are not; segments without such rows are not opened. */
async function idsWhere(
  objects: Objects,
  snapshot: SnapshotPointer | undefined,
  deleted: boolean,
): Promise<ReadonlySet<string>> {
  const ids = new Set<string>();
  const holdsSome = (segment: SegmentInfo): boolean =>
    deleted ? segment.deleted > 0 : segment.deleted < segment.count;
  for await (const line of readLines(objects, snapshot, holdsSome)) {
    if (line.deleted === deleted) ids.add(line.id);
  }
  return ids;
}

async function* rawRows(objects: Objects, snapshot: SnapshotPointer | undefined): AsyncGenerator<RawRow> {
  for await (const line of readLines(objects, snapshot)) {
    yield { id: line.id, hash: line.hash, deleted: line.deleted, raw: bodyOf(line) };
  }
}
