import type { BookSizes } from './book-sizes.ts';
import type { Line } from './line.ts';
import type { SegmentInfo } from './manifest.ts';
import type { PutPool } from './put-pool.ts';
import { encodeSegment, segmentType } from './segment.ts';
import { SetDigest } from './set-digest.ts';

/**
 * Writes the segments of a new snapshot in id order: rows through `add`, untouched segments of the last snapshot
 * through `keep`. Segments come out with `segmentRows` to twice as many rows, save where there are not so many.
 */
export class SegmentWriter {
  readonly #pool: PutPool;
  readonly #base: string;
  readonly #nameOf: (n: number) => string;
  readonly #sizes: BookSizes;
  readonly #segments: SegmentInfo[] = [];
  #open: Line[] = [];
  #openBytes = 0;
  #written = 0;

  constructor(pool: PutPool, names: { base: string; segment: (n: number) => string }, sizes: BookSizes) {
    this.#pool = pool;
    this.#base = names.base;
    this.#nameOf = names.segment;
    this.#sizes = sizes;
  }

  /** True when so few rows are better written again together with what comes after them. */
  isSmall(segment: SegmentInfo): boolean {
    return segment.count < this.#sizes.segmentRows;
  }

  async add(line: Line): Promise<void> {
    this.#open.push(line);
    this.#openBytes += line.body.length;
    if (this.#openBytes >= this.#sizes.segmentBytes) await this.#write(this.#open.length);
    else if (this.#open.length >= 2 * this.#sizes.segmentRows) await this.#write(this.#sizes.segmentRows);
  }

  async keep(segment: SegmentInfo): Promise<void> {
    await this.#close();
    this.#segments.push(segment);
  }

  /** Waits until all is stored; the new snapshot's segments in id order. */
  async finish(): Promise<SegmentInfo[]> {
    await this.#close();
    await this.#pool.drain();
    return this.#segments;
  }

  async #close(): Promise<void> {
    // Two halves rather than a full one and a small rest.
    if (this.#open.length > 1.5 * this.#sizes.segmentRows)
      await this.#write(Math.ceil(this.#open.length / 2));
    if (this.#open.length > 0) await this.#write(this.#open.length);
  }

  async #write(count: number): Promise<void> {
    const lines = this.#open.slice(0, count);
    this.#open = this.#open.slice(count);
    this.#openBytes = this.#open.reduce((sum, line) => sum + line.body.length, 0);
    const info = describe(this.#nameOf(this.#written), lines);
    this.#written += 1;
    if (info === undefined) return;
    this.#segments.push(info);
    await this.#pool.put(this.#base + info.name, () => encodeSegment(lines), segmentType);
  }
}

function describe(name: string, lines: readonly Line[]): SegmentInfo | undefined {
  const first = lines[0];
  const last = lines.at(-1);
  if (first === undefined || last === undefined) return undefined;
  const digest = new SetDigest();
  for (const line of lines) digest.add(line);
  const modified = lines.flatMap((line) => (line.modified === undefined ? [] : [line.modified])).sort();
  const [modifiedFrom, modifiedTo] = [modified[0], modified.at(-1)];
  return {
    name,
    count: lines.length,
    deleted: lines.filter((line) => line.deleted).length,
    firstId: first.id,
    lastId: last.id,
    digest: digest.text(),
    ...(modifiedFrom === undefined ? {} : { modifiedFrom }),
    ...(modifiedTo === undefined ? {} : { modifiedTo }),
  };
}
