import type { Objects } from '../app/ports.ts';
import type { SnapshotPointer } from '../domain/dataset.ts';
import { ByteCache } from './byte-cache.ts';
import { bodyOf, isRecord, type Line } from './line.ts';
import { type Manifest, readManifest, type SegmentInfo } from './manifest.ts';
import { baseOfManifest } from './object-names.ts';
import { readSegment } from './segment.ts';

export type ServedRecord = Record<string, unknown>;

/** A parsed row takes some three times its text. */
const weightOf = (lines: readonly Line[]): number =>
  lines.reduce((sum, line) => sum + line.body.length * 3, 0);

/**
 * Opens manifests and segments of snapshots. Objects never change, so what was opened is kept by name as far as
 * `cacheBytes` reaches. Rows come as `serve` makes them of lines; nobody may change them.
 */
export class SnapshotReader {
  readonly #objects: Objects;
  readonly #manifests: ByteCache<Manifest>;
  readonly #segments: ByteCache<readonly ServedRecord[]>;
  readonly #serve: (line: Line) => ServedRecord;

  constructor(objects: Objects, cacheBytes: number, serve: (line: Line) => ServedRecord = unifiedRecord) {
    this.#objects = objects;
    this.#serve = serve;
    this.#manifests = new ByteCache(cacheBytes / 8);
    this.#segments = new ByteCache(cacheBytes);
  }

  /** Throws Problem `not-found` when the snapshot is no longer kept. */
  async manifest(snapshot: Pick<SnapshotPointer, 'manifest'>): Promise<Manifest> {
    const held = this.#manifests.get(snapshot.manifest);
    if (held !== undefined) return held;
    const manifest = await readManifest(this.#objects, snapshot);
    this.#manifests.set(
      snapshot.manifest,
      manifest,
      500 * (1 + manifest.segments.length + manifest.earlier.length),
    );
    return manifest;
  }

  async records(
    snapshot: Pick<SnapshotPointer, 'manifest'>,
    segment: SegmentInfo,
  ): Promise<readonly ServedRecord[]> {
    const name = baseOfManifest(snapshot.manifest) + segment.name;
    const held = this.#segments.get(name);
    if (held !== undefined) return held;
    const lines = await this.#linesOf(snapshot, name);
    const records = lines.map(this.#serve);
    this.#segments.set(name, records, weightOf(lines));
    return records;
  }

  /** A manifest that was opened long ago may have been swept since, and its segments after it. */
  async #linesOf(snapshot: Pick<SnapshotPointer, 'manifest'>, name: string): Promise<Line[]> {
    try {
      return await readSegment(this.#objects, name);
    } catch (error) {
      await readManifest(this.#objects, snapshot);
      throw error;
    }
  }
}

/** A unified record as the API serves it: with when it last changed here, and whether it is gone. */
function unifiedRecord(line: Line): ServedRecord {
  const record = bodyOf(line);
  const metadata = isRecord(record['metadata']) ? record['metadata'] : {};
  return {
    ...record,
    ...(line.modified === undefined ? {} : { modifiedDate: line.modified }),
    metadata: { ...metadata, isDeleted: line.deleted },
  };
}

/** A raw row as the API serves it. */
export function rawRecord(line: Line): ServedRecord {
  return { id: line.id, isDeleted: line.deleted, row: bodyOf(line) };
}
