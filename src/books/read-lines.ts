import type { Objects } from '../app/ports.ts';
import type { SnapshotPointer } from '../domain/dataset.ts';
import type { Line } from './line.ts';
import { readManifest, type SegmentInfo } from './manifest.ts';
import { baseOfManifest } from './object-names.ts';
import { readSegment } from './segment.ts';

/** Segments fetched before they are asked for: reading overlaps what the caller does with the rows. */
const ahead = 3;

/** The rows of a snapshot's segments that are asked for, in id order, a few segments in memory at a time. */
export async function* readLines(
  objects: Objects,
  snapshot: SnapshotPointer | undefined,
  asked: (segment: SegmentInfo) => boolean = () => true,
): AsyncGenerator<Line> {
  if (snapshot === undefined) return;
  const segments = (await readManifest(objects, snapshot)).segments.filter(asked);
  const base = baseOfManifest(snapshot.manifest);
  const fetched: Promise<Line[]>[] = [];
  for (let at = 0; at < segments.length; at += 1) {
    while (fetched.length < Math.min(segments.length, at + 1 + ahead)) {
      const segment = segments[fetched.length];
      if (segment === undefined) break;
      const lines = readSegment(objects, base + segment.name);
      // Its failure is met when its turn comes; until then it must not end the process.
      lines.catch(() => undefined);
      fetched.push(lines);
    }
    yield* (await fetched[at]) ?? [];
    // What was given away is not held on to.
    fetched[at] = Promise.resolve([]);
  }
}
