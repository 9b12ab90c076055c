import type { BookTarget, Objects } from '../app/ports.ts';
import type { SnapshotPointer } from '../domain/dataset.ts';
import { type Earlier, thinned } from './earlier.ts';
import { encodeManifest, type Manifest, readManifest, type SegmentInfo } from './manifest.ts';
import { snapshotNames } from './object-names.ts';
import { SetDigest } from './set-digest.ts';

/** The snapshot a target stands on, opened; `undefined` for the first one. */
export async function previousManifest(objects: Objects, target: BookTarget): Promise<Manifest | undefined> {
  return target.previous === undefined ? undefined : readManifest(objects, target.previous);
}

/** Writes the manifest of a new snapshot, last of all: what it names is there when it is. */
export async function writeSnapshot(
  objects: Objects,
  target: BookTarget,
  previous: Manifest | undefined,
  written: { segments: readonly SegmentInfo[]; changes: readonly string[] },
): Promise<{ pointer: SnapshotPointer; manifest: Manifest }> {
  const digest = new SetDigest();
  for (const segment of written.segments) digest.addDigest(segment.digest);
  const generation = (previous?.generation ?? 0) + 1;
  const manifest: Manifest = {
    version: 1,
    generation,
    count: total(written.segments, 'count'),
    deleted: total(written.segments, 'deleted'),
    digest: digest.text(),
    segments: [...written.segments],
    changes: [...written.changes],
    ...(target.previous === undefined ? {} : { previous: target.previous.manifest }),
    earlier: thinned([...(previous?.earlier ?? []), ...lastOf(target, previous)], generation),
  };
  const name = snapshotNames(target.ref, target.name, target.run.epoch).manifest;
  await objects.put(name, encodeManifest(manifest), 'application/json');
  return { pointer: { manifest: name, count: manifest.count, digest: manifest.digest }, manifest };
}

/** The snapshot before, as later ones know it. */
function lastOf({ previous: pointer }: BookTarget, previous: Manifest | undefined): Earlier[] {
  if (pointer?.since === undefined || previous === undefined) return [];
  const file = pointer.manifest.slice(pointer.manifest.lastIndexOf('/') + 1);
  return [{ generation: previous.generation, since: pointer.since, file }];
}

function total(segments: readonly SegmentInfo[], of: 'count' | 'deleted'): number {
  return segments.reduce((sum, segment) => sum + segment[of], 0);
}
