import { z } from 'zod';
import type { Instant } from '../domain/instant.ts';

/** An earlier snapshot of a series: which one, since when it was the published one, and its manifest's file name. */
export const Earlier = z.object({ generation: z.number().int(), since: z.string(), file: z.string() });
export type Earlier = z.infer<typeof Earlier>;

/**
 * What a new manifest names of those before it: all of the last eight, then every second, every fourth and so on the
 * older they are, some four for each doubling of age. A hundred thousand snapshots fit sixty names, and any of them is
 * a few manifests away, because each older manifest knows those before it more closely.
 */
export function thinned(earlier: readonly Earlier[], generation: number): Earlier[] {
  return earlier.filter((one) => {
    const age = generation - one.generation;
    const step = 2 ** Math.max(0, Math.floor(Math.log2(age)) - 2);
    return one.generation % step === 0;
  });
}

/**
 * Where to look for the snapshot that was current at an instant, among those before `generation`, oldest first:
 * `found` it, `look` into an older manifest that came after it, or there was `none` yet.
 */
export function search(
  earlier: readonly Earlier[],
  generation: number,
  at: Instant,
): { kind: 'found' | 'look'; one: Earlier } | { kind: 'none' } {
  const next = earlier.find(({ since }) => since > at);
  const last = earlier.findLast(({ since }) => since <= at);
  // Nothing lies between the two: it was current until the next one came.
  if (last?.generation === (next?.generation ?? generation) - 1) return { kind: 'found', one: last };
  return next === undefined ? { kind: 'none' } : { kind: 'look', one: next };
}
