import { createHash } from 'node:crypto';
import { zstdDecompressSync } from 'node:zlib';
import type { SnapshotPointer } from '../../../src/domain/dataset.ts';
import type { MemoryObjects } from '../../fakes/objects.ts';

/** A reading of the books of its own, sharing no code with them: what is stored is what is documented. */

type StoredRow = { id: string; h: string; d: boolean; m?: string; r: Record<string, unknown> };
type StoredSegment = {
  name: string;
  count: number;
  deleted: number;
  firstId: string;
  lastId: string;
  digest: string;
  modifiedFrom?: string;
  modifiedTo?: string;
  rows: StoredRow[];
};
export type Stored = {
  generation: number;
  count: number;
  deleted: number;
  digest: string;
  changes: string[];
  previous?: string;
  segments: StoredSegment[];
};

async function json(objects: MemoryObjects, name: string): Promise<Stored> {
  const bytes = await objects.get(name);
  if (bytes === undefined) throw new Error(`no object ${name}`);
  return JSON.parse(Buffer.from(bytes).toString('utf8'));
}

export async function ndjson<T>(objects: MemoryObjects, name: string): Promise<T[]> {
  const bytes = await objects.get(name);
  if (bytes === undefined) throw new Error(`no object ${name}`);
  const lines = zstdDecompressSync(bytes).toString('utf8').split('\n');
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line));
}

/** The manifest with the rows of each segment. */
export async function stored(objects: MemoryObjects, pointer: SnapshotPointer): Promise<Stored> {
  const manifest = await json(objects, pointer.manifest);
  const base = pointer.manifest.replace(/manifest\/[^/]*$/, '');
  const segments = [];
  for (const segment of manifest.segments) {
    segments.push({ ...segment, rows: await ndjson<StoredRow>(objects, base + segment.name) });
  }
  return { ...manifest, segments };
}

function digestOf(rows: readonly StoredRow[]): string {
  const sum = rows.reduce((total, row) => {
    const digest = createHash('sha256').update(`${row.id}\n${row.h}\n${row.d}`).digest('hex');
    return (total + BigInt(`0x${digest}`)) % 2n ** 256n;
  }, 0n);
  return sum.toString(16).padStart(64, '0');
}

/** Everything that must hold of any snapshot, as sentences of what does not. */
export function faultsOf(snapshot: Stored): string[] {
  const rows = snapshot.segments.flatMap((segment) => segment.rows);
  const faults = snapshot.segments.flatMap((segment) => {
    const first = segment.rows[0];
    return [
      segment.count === segment.rows.length ? '' : `${segment.name}: count`,
      segment.deleted === segment.rows.filter((row) => row.d).length ? '' : `${segment.name}: deleted`,
      first?.id === segment.firstId && segment.rows.at(-1)?.id === segment.lastId
        ? ''
        : `${segment.name}: range`,
      digestOf(segment.rows) === segment.digest ? '' : `${segment.name}: digest`,
    ];
  });
  const inOrder = rows.every((row, n) => {
    const before = rows[n - 1];
    return before === undefined || BigInt(before.id) < BigInt(row.id);
  });
  return [
    ...faults,
    inOrder ? '' : 'order of ids',
    snapshot.count === rows.length ? '' : 'count',
    snapshot.deleted === rows.filter((row) => row.d).length ? '' : 'deleted',
    digestOf(rows) === snapshot.digest ? '' : 'digest',
  ].filter((fault) => fault !== '');
}
