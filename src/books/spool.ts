import { z } from 'zod';
import type { Objects } from '../app/ports.ts';
import { compareIds } from './compare-ids.ts';
import { type Line, vanishedBody } from './line.ts';
import type { PutPool } from './put-pool.ts';
import { encodeSegment, readSegment, segmentType } from './segment.ts';

/** A sorted part of the rows of one read, in blocks small enough to hold several parts' blocks at once. */
export const SpoolPart = z.object({
  blocks: z.array(z.object({ name: z.string(), firstId: z.string() })),
});
export type SpoolPart = z.infer<typeof SpoolPart>;

const blockRows = 250;

/** Stores lines that come in id order as one part; `nameOf` numbers its blocks. */
export async function writePart(
  pool: PutPool,
  lines: AsyncIterable<Line> | Iterable<Line>,
  nameOf: (block: number) => string,
): Promise<SpoolPart> {
  const part: SpoolPart = { blocks: [] };
  let open: Line[] = [];
  const close = async (): Promise<void> => {
    const [block, first] = [open, open[0]];
    open = [];
    if (first === undefined) return;
    const name = nameOf(part.blocks.length);
    part.blocks.push({ name, firstId: first.id });
    await pool.put(name, () => encodeSegment(block), segmentType);
  };
  for await (const line of lines) {
    open.push(line);
    if (open.length >= blockRows) await close();
  }
  await close();
  await pool.drain();
  return part;
}

/** One sorted source of a merge: it knows its next id without having opened the block that holds it. */
class Head {
  readonly #open: (index: number) => Promise<readonly Line[]>;
  readonly #blocks: readonly { firstId: string }[];
  #block = 0;
  #at = 0;
  #lines: readonly Line[] | undefined;

  constructor(blocks: readonly { firstId: string }[], open: (index: number) => Promise<readonly Line[]>) {
    this.#blocks = blocks;
    this.#open = open;
  }

  get id(): string | undefined {
    return this.#lines === undefined ? this.#blocks[this.#block]?.firstId : this.#lines[this.#at]?.id;
  }

  async take(): Promise<Line | undefined> {
    this.#lines ??= await this.#open(this.#block);
    const line = this.#lines[this.#at];
    this.#at += 1;
    if (this.#at >= this.#lines.length) {
      this.#lines = undefined;
      this.#block += 1;
      this.#at = 0;
    }
    return line;
  }
}

/**
 * The rows of several sorted parts, and of what is still in memory (the newest), in id order. Of rows with the same
 * id the one of the newest part is taken: it was read last. That a row vanished yields to any row that was read.
 */
export async function* mergeParts(
  objects: Objects,
  parts: readonly SpoolPart[],
  newest: readonly Line[] = [],
): AsyncGenerator<Line> {
  const stored = parts.map(
    (part) =>
      new Head(part.blocks, async (index) => {
        const block = part.blocks[index];
        return block === undefined ? [] : readSegment(objects, block.name);
      }),
  );
  const first = newest[0];
  const inMemory = first === undefined ? [] : [new Head([{ firstId: first.id }], async () => newest)];
  const heads = [...stored, ...inMemory];
  for (;;) {
    const id = lowest(heads);
    if (id === undefined) return;
    let line: Line | undefined;
    for (const head of heads) {
      if (head.id !== id) continue;
      const later = await head.take();
      if (line === undefined || later?.body !== vanishedBody) line = later;
    }
    if (line !== undefined) yield line;
  }
}

function lowest(heads: readonly Head[]): string | undefined {
  let id: string | undefined;
  for (const head of heads) {
    if (head.id !== undefined && (id === undefined || compareIds(head.id, id) < 0)) id = head.id;
  }
  return id;
}
