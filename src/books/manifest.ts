import { z } from 'zod';
import type { Objects } from '../app/ports.ts';
import type { SnapshotPointer } from '../domain/dataset.ts';
import { Problem } from '../domain/problem.ts';
import { Earlier } from './earlier.ts';

/** One segment of a snapshot: where it is and what a reader wants to know before opening it. */
export const SegmentInfo = z.object({
  /** Relative to the snapshot's folder. */
  name: z.string(),
  count: z.number().int().positive(),
  deleted: z.number().int(),
  firstId: z.string(),
  lastId: z.string(),
  digest: z.string(),
  /** Range of the records' modifiedDate, in unified snapshots. */
  modifiedFrom: z.string().optional(),
  modifiedTo: z.string().optional(),
});
export type SegmentInfo = z.infer<typeof SegmentInfo>;

/** A snapshot: its segments in id order, and totals. Written after everything it names. */
export const Manifest = z.object({
  version: z.literal(1),
  /** Counts the snapshots of this series, from 1. */
  generation: z.number().int(),
  count: z.number().int(),
  deleted: z.number().int(),
  digest: z.string(),
  segments: z.array(SegmentInfo),
  /** Change log of the run that wrote this snapshot: only what a published manifest names has happened. */
  changes: z.array(z.string()),
  /** The manifest before this one. */
  previous: z.string().optional(),
  /** Snapshots before it that were published, oldest first, the older the fewer. */
  earlier: z.array(Earlier).default([]),
});
export type Manifest = z.infer<typeof Manifest>;

export function encodeManifest(manifest: Manifest): Uint8Array {
  return Buffer.from(JSON.stringify(manifest), 'utf8');
}

/** Opens a snapshot's manifest. Throws Problem `not-found` when it is no longer kept. */
export async function readManifest(
  objects: Objects,
  pointer: Pick<SnapshotPointer, 'manifest'>,
): Promise<Manifest> {
  const bytes = await objects.get(pointer.manifest);
  if (bytes === undefined) throw new Problem('not-found', 'This snapshot of the data is no longer kept.');
  return Manifest.parse(JSON.parse(Buffer.from(bytes).toString('utf8')));
}
