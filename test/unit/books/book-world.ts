import { hash } from 'node:crypto';
import type { BookTarget, RawRow, UnifiedRecord } from '../../../src/app/ports.ts';
import { type BookSizes, bookSizes } from '../../../src/books/book-sizes.ts';
import { makeBooks } from '../../../src/books/make-books.ts';
import type { SnapshotPointer } from '../../../src/domain/dataset.ts';
import { start } from '../../fakes/builders.ts';
import { type MemoryObjects, memoryObjects } from '../../fakes/objects.ts';

export const ref = { companyId: 'company-1', connectionId: 'connection-1' };

/** Sizes at which a handful of rows already fills several segments, parts and merges. */
export const tinySizes: BookSizes = {
  segmentRows: 4,
  segmentBytes: 10_000,
  spillRows: 5,
  spillBytes: 10_000,
  mergeParts: 2,
};

export function bookWorld(sizes: BookSizes = bookSizes, objects: MemoryObjects = memoryObjects()) {
  return { objects, books: makeBooks({ objects }, sizes) };
}

export function target(
  name: string,
  epoch: number,
  previous: SnapshotPointer | undefined,
  started = start,
): BookTarget {
  return { ref, name, previous, run: { id: `run-${epoch}`, epoch, started } };
}

export function rawRow(id: string, value: unknown, deleted = false): RawRow {
  return { id, hash: hash('sha256', JSON.stringify(value), 'base64url'), deleted, raw: { id, value } };
}

export function record(id: string, value: unknown, deleted = false): UnifiedRecord {
  return { id, deleted, record: { id, value, metadata: { isDeleted: deleted } } };
}

export async function* each<T>(values: Iterable<T>): AsyncGenerator<T> {
  yield* values;
}

export async function all<T>(values: AsyncIterable<T>): Promise<T[]> {
  const held: T[] = [];
  for await (const value of values) held.push(value);
  return held;
}
