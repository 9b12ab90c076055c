import type { Objects } from '../app/ports.ts';
import { Problem } from '../domain/problem.ts';
import { type Manifest, readManifest } from './manifest.ts';
import { baseOfManifest } from './object-names.ts';

/** The epoch that a manifest's file is named by. */
export function epochOfManifest(name: string): number {
  return Number(name.slice(name.lastIndexOf('/') + 1, -'.json'.length));
}

/**
 * The epochs whose snapshots of a series were published, from the current one back to `floor`: each manifest names
 * its last predecessors one by one, so every seventh is opened. Ends earlier where one is no longer kept.
 */
export async function publishedEpochs(
  objects: Objects,
  current: string,
  floor: number,
): Promise<ReadonlySet<number>> {
  const folder = `${baseOfManifest(current)}manifest/`;
  const published = new Set([epochOfManifest(current)]);
  let at = current;
  while (epochOfManifest(at) > floor) {
    const opened = await kept(objects, at);
    const before = opened === undefined ? [] : predecessors(opened, folder);
    for (const name of before) published.add(epochOfManifest(name));
    const last = before.at(-1);
    if (last === undefined) break;
    at = last;
  }
  return published;
}

/** Manifests before this one without a gap, newest first. */
function predecessors({ generation, earlier, previous }: Manifest, folder: string): string[] {
  const names: string[] = [];
  for (const [back, one] of [...earlier].reverse().entries()) {
    if (one.generation !== generation - 1 - back) break;
    names.push(folder + one.file);
  }
  return names.length > 0 || previous === undefined ? names : [previous];
}

async function kept(objects: Objects, manifest: string): Promise<Manifest | undefined> {
  try {
    return await readManifest(objects, { manifest });
  } catch (error) {
    if (error instanceof Problem && error.kind === 'not-found') return undefined;
    throw error;
  }
}
