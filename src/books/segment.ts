import { promisify } from 'node:util';
import { zstdCompress, zstdCompressSync, zstdDecompress, zstdDecompressSync } from 'node:zlib';
import type { Objects } from '../app/ports.ts';
import { Problem } from '../domain/problem.ts';
import { decodeLine, encodeLine, type Line } from './line.ts';

const compress = promisify(zstdCompress);
const decompress = promisify(zstdDecompress);

/** Bytes, packed or not: what is smaller is done at once, five times as fast as by another thread. */
const atOnce = { pack: 65_536, unpack: 8192 } as const;

export const segmentType = 'application/zstd';

/** Lines as newline-delimited JSON under zstd. The same lines give the same bytes, so a put may be repeated. */
export async function packLines(lines: readonly string[]): Promise<Uint8Array> {
  const text = Buffer.from(`${lines.join('\n')}\n`, 'utf8');
  return text.length < atOnce.pack ? zstdCompressSync(text) : compress(text);
}

/** The lines of a packed object, in their order. */
export async function unpackLines(bytes: Uint8Array): Promise<string[]> {
  const text = bytes.length < atOnce.unpack ? zstdDecompressSync(bytes) : await decompress(bytes);
  return text.toString('utf8').split('\n').slice(0, -1);
}

/** Reads a segment whole. Throws Problem `broken` when it is not there: published manifests name only what is. */
export async function readSegment(objects: Objects, name: string): Promise<Line[]> {
  const bytes = await objects.get(name);
  if (bytes === undefined) throw new Problem('broken', `A segment of the books is missing: ${name}`);
  return (await unpackLines(bytes)).map(decodeLine);
}

export function encodeSegment(lines: readonly Line[]): Promise<Uint8Array> {
  return packLines(lines.map(encodeLine));
}
