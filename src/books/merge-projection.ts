import type { BookTarget, Objects, UnifiedRecord } from '../app/ports.ts';
import type { SnapshotPointer } from '../domain/dataset.ts';
import { Problem } from '../domain/problem.ts';
import type { BookSizes } from './book-sizes.ts';
import { canonicalHash } from './canonical-hash.ts';
import { compareIds } from './compare-ids.ts';
import { bodyOf, isRecord, type Line } from './line.ts';
import { mergeSegments } from './merge-segments.ts';
import { snapshotNames } from './object-names.ts';
import { PutPool } from './put-pool.ts';
import { SegmentWriter } from './segment-writer.ts';
import { previousManifest, writeSnapshot } from './write-snapshot.ts';

/**
 * Merges a whole projection, in id order, with the last unified snapshot. `modifiedDate` moves only where the record
 * did. A record the projection no longer has becomes deleted with its last values, unless `keep` says that its
 * absence means nothing (it could not be mapped). Throws Problem `broken` when the records are not in id order.
 */
export async function mergeProjection(
  objects: Objects,
  sizes: BookSizes,
  target: BookTarget,
  records: AsyncIterable<UnifiedRecord>,
  keep: (id: string) => boolean = () => false,
): Promise<{ snapshot: SnapshotPointer; changed: number }> {
  const previous = await previousManifest(objects, target);
  const names = snapshotNames(target.ref, target.name, target.run.epoch);
  const writer = new SegmentWriter(new PutPool(objects), names, sizes);
  const modified = target.run.started;
  let changed = 0;
  await mergeSegments(
    { objects, base: names.base, segments: previous?.segments ?? [] },
    linesOf(records),
    {
      meet: (held, incoming) =>
        held.hash === incoming.hash && held.deleted === incoming.deleted
          ? undefined
          : { ...incoming, modified },
      fresh: (incoming) => ({ ...incoming, modified }),
      absent: (held) => (held.deleted || keep(held.id) ? undefined : { ...tombstone(held), modified }),
      onChange: async () => {
        changed += 1;
      },
      incoming: 'whole',
    },
    writer,
  );
  const segments = await writer.finish();
  if (changed === 0 && target.previous !== undefined) return { snapshot: target.previous, changed };
  const { pointer } = await writeSnapshot(objects, target, previous, { segments, changes: [] });
  return { snapshot: pointer, changed };
}

async function* linesOf(records: AsyncIterable<UnifiedRecord>): AsyncGenerator<Line> {
  let last: string | undefined;
  for await (const { id, deleted, record } of records) {
    if (last !== undefined && compareIds(last, id) >= 0) {
      throw new Problem('broken', 'A projection gave records that are not in the order of their ids.');
    }
    last = id;
    yield { id, deleted, hash: canonicalHash(record), body: JSON.stringify(record) };
  }
}

/** The record with its last values, marked as deleted. */
function tombstone(held: Line): Line {
  const record = bodyOf(held);
  const metadata = isRecord(record['metadata']) ? record['metadata'] : {};
  const deleted = { ...record, metadata: { ...metadata, isDeleted: true } };
  return { id: held.id, deleted: true, hash: canonicalHash(deleted), body: JSON.stringify(deleted) };
}
