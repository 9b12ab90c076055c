import type { SnapshotAt } from '../app/ports.ts';
import { search } from './earlier.ts';
import { baseOfManifest } from './object-names.ts';
import type { SnapshotReader } from './snapshot-reader.ts';

/**
 * Finds the snapshot that was the published one at an instant, from the current one backwards: a few manifests are
 * opened, and nothing is listed. Throws Problem `not-found` when one on the way is no longer kept; what is older than
 * that is not kept either.
 */
export function makeSnapshotAt({ reader }: { reader: SnapshotReader }): SnapshotAt {
  return async (current, at) => {
    if (current.since !== undefined && current.since <= at) return current;
    const folder = `${baseOfManifest(current.manifest)}manifest/`;
    let opened = await reader.manifest(current);
    for (;;) {
      const step = search(opened.earlier, opened.generation, at);
      if (step.kind === 'none') return undefined;
      const manifest = folder + step.one.file;
      opened = await reader.manifest({ manifest });
      const { count, digest } = opened;
      if (step.kind === 'found') return { manifest, count, digest, since: step.one.since };
    }
  };
}
