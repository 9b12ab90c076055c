import { promisify } from 'node:util';
import { zstdCompress, zstdDecompress } from 'node:zlib';
import type { Objects } from '../app/ports.ts';
import { Problem } from '../domain/problem.ts';
import { decodeLine, encodeLine, type Line } from './line.ts';

const compress = promisify(zstdCompress);
const decompress = promisify(zstdDecompress);

export const segmentType = 'application/zstd';

/** Lines as newline-delimited JSON under zstd. The same lines give the same bytes, so a put may be repeated. */
export async function packLines(lines: readonly string[]): Promise<Uint8Array> {
  return compress(Buffer.from(`${lines.join('\n')}\n`, 'utf8'));
}

/** The lines of a packed object, in their order. */
export async function unpackLines(bytes: Uint8Array): Promise<string[]> {
  const text = (await decompress(bytes)).toString('utf8');
  return text.split('\n').slice(0, -1);
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
