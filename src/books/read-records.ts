import pLimit from 'p-limit';
import type { Objects, ReadRawByIds, ReadRecord, ReadRecords } from '../app/ports.ts';
import type { SnapshotPointer } from '../domain/dataset.ts';
import { isServed } from '../domain/history-window.ts';
import { millisOf } from '../domain/instant.ts';
import { dateRange } from '../domain/query/range.ts';
import { parseOrderBy, parseQuery } from '../domain/query.ts';
import { compareIds } from './compare-ids.ts';
import { FirstOfOrder } from './first-of-order.ts';
import { isRecord } from './line.ts';
import type { SegmentInfo } from './manifest.ts';
import { rawRecord, type ServedRecord, SnapshotReader } from './snapshot-reader.ts';

/** Segments opened side by side when a whole dataset is read. */
const sideBySide = 8;

type Wish = Parameters<ReadRecords>[1];
type Page = Awaited<ReturnType<ReadRecords>>;

/**
 * What reading needs. Both readers may be given one `reader`, and then share what was opened; each has one of its
 * own otherwise.
 */
export type ReadingDeps = { objects: Objects; reader?: SnapshotReader };

/**
 * Reads pages of unified snapshots. Without a query and an order a page is a seek: only the segments it lies in are
 * opened. With them, or a beginning, the dataset is read segment by segment, less those whose modifiedDate the query rules out.
 * `page` counts from 1; a page beyond the end is empty. Throws Problem `invalid` for a query or order that cannot be
 * read, `not-found` for a snapshot that is no longer kept.
 */
export function makeReadRecords({
  objects,
  reader = new SnapshotReader(objects, 128_000_000),
}: ReadingDeps): ReadRecords {
  return (snapshot, wish) =>
    wish.query === undefined && wish.orderBy === undefined && wish.servedFrom === undefined
      ? seek(reader, snapshot, wish)
      : search(reader, snapshot, wish);
}

/** Reads one record of a unified snapshot by its id; `undefined` when there is none of that id. */
export function makeReadRecord({
  objects,
  reader = new SnapshotReader(objects, 32_000_000),
}: ReadingDeps): ReadRecord {
  return (snapshot, id) => readOne(reader, snapshot, id);
}

/** The same for raw snapshots, whose rows come as `{ id, isDeleted, row }`. */
export function makeReadRaw({ objects }: { objects: Objects }): {
  readRawRows: ReadRecords;
  readRawByIds: ReadRawByIds;
} {
  const reader = new SnapshotReader(objects, 64_000_000, rawRecord);
  return {
    readRawRows: makeReadRecords({ objects, reader }),
    readRawByIds: (snapshot, ids) => readByIds(reader, snapshot, ids),
  };
}

async function seek(reader: SnapshotReader, snapshot: SnapshotPointer, wish: Wish): Promise<Page> {
  const { segments, count } = await reader.manifest(snapshot);
  const from = (wish.page - 1) * wish.pageSize;
  const to = from + wish.pageSize;
  let position = 0;
  const parts: { segment: SegmentInfo; from: number; to: number }[] = [];
  for (const segment of segments) {
    const [start, end] = [position, position + segment.count];
    if (start < to && end > from) parts.push({ segment, from: Math.max(0, from - start), to: to - start });
    position = end;
  }
  const limit = pLimit(sideBySide);
  const records = await limit.map(parts, async (part) =>
    (await reader.records(snapshot, part.segment)).slice(part.from, part.to),
  );
  return { results: records.flat(), totalResults: count };
}

async function search(reader: SnapshotReader, snapshot: SnapshotPointer, wish: Wish): Promise<Page> {
  const matches = wish.query === undefined ? () => true : parseQuery(wish.query);
  const compare = wish.orderBy === undefined ? () => 0 : parseOrderBy(wish.orderBy);
  const { segments } = await reader.manifest(snapshot);
  const first = new FirstOfOrder<ServedRecord>(wish.page * wish.pageSize, compare);
  let totalResults = 0;
  for await (const records of inTurn(reader, snapshot, inReach(segments, wish.query))) {
    for (const record of records) {
      if (!isServed(record, wish.servedFrom) || !matches(record)) continue;
      totalResults += 1;
      first.add(record);
    }
  }
  const from = (wish.page - 1) * wish.pageSize;
  return { results: first.values().slice(from, from + wish.pageSize), totalResults };
}

/** The segments that can hold a match, as far as the query bounds modifiedDate. */
function inReach(segments: readonly SegmentInfo[], query: string | undefined): SegmentInfo[] {
  if (query === undefined) return [...segments];
  const range = dateRange(query, 'modifiedDate');
  return segments.filter(
    ({ modifiedFrom, modifiedTo }) =>
      (modifiedFrom === undefined || millisOf(modifiedFrom) <= range.to) &&
      (modifiedTo === undefined || millisOf(modifiedTo) >= range.from),
  );
}

/** The segments' records in the order of the segments, some opened ahead; no more than those are in memory. */
async function* inTurn(
  reader: SnapshotReader,
  snapshot: SnapshotPointer,
  segments: readonly SegmentInfo[],
): AsyncGenerator<readonly ServedRecord[]> {
  for (let at = 0; at < segments.length; at += sideBySide) {
    const some = segments.slice(at, at + sideBySide);
    yield* await Promise.all(some.map((segment) => reader.records(snapshot, segment)));
  }
}

async function readOne(
  reader: SnapshotReader,
  snapshot: SnapshotPointer,
  id: string,
): Promise<ServedRecord | undefined> {
  const segment = segmentOf((await reader.manifest(snapshot)).segments, id);
  if (segment === undefined) return undefined;
  return (await reader.records(snapshot, segment)).find((record) => record['id'] === id);
}

/** Each segment is opened once, whatever order the ids are in. */
async function readByIds(
  reader: SnapshotReader,
  snapshot: Pick<SnapshotPointer, 'manifest'>,
  ids: readonly string[],
): ReturnType<ReadRawByIds> {
  const { segments } = await reader.manifest(snapshot);
  const wanted = new Set(ids);
  const among = new Set(ids.flatMap((id) => segmentOf(segments, id) ?? []));
  const found = new Map<string, Record<string, unknown>>();
  await pLimit(sideBySide).map([...among], async (segment) => {
    for (const { id, row } of await reader.records(snapshot, segment)) {
      if (typeof id === 'string' && wanted.has(id) && isRecord(row)) found.set(id, row);
    }
  });
  return found;
}

function segmentOf(segments: readonly SegmentInfo[], id: string): SegmentInfo | undefined {
  return segments.find(({ firstId, lastId }) => compareIds(firstId, id) <= 0 && compareIds(id, lastId) <= 0);
}
