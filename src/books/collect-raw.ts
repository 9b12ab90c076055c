import { z } from 'zod';
import type { BookTarget, Objects, RawCollector, RawRow, Unannounced } from '../app/ports.ts';
import type { BookSizes } from './book-sizes.ts';
import { ChangeLog } from './change-log.ts';
import { compareIds } from './compare-ids.ts';
import { bodyOf, type Line, vanishedBody } from './line.ts';
import { type MergeRules, mergeSegments } from './merge-segments.ts';
import { snapshotNames, spoolPrefix } from './object-names.ts';
import { PutPool } from './put-pool.ts';
import { SegmentWriter } from './segment-writer.ts';
import { mergeParts, SpoolPart, writePart } from './spool.ts';
import { previousManifest, writeSnapshot } from './write-snapshot.ts';

/** What a worker near its time-out leaves for the next one. */
const Suspended = z.object({ parts: z.array(SpoolPart) });

/** Rows that change say where the log has the change: it is added right after a rule gave the row. */
function rawRules(log: ChangeLog): Omit<MergeRules, 'onChange'> {
  return {
    meet: (held, incoming) => {
      if (incoming.body === vanishedBody) {
        return held.deleted ? undefined : log.placed({ ...held, deleted: true }, held);
      }
      const same = held.hash === incoming.hash && held.deleted === incoming.deleted;
      return same ? undefined : log.placed(incoming, held);
    },
    fresh: (incoming) => (incoming.body === vanishedBody ? undefined : log.placed(incoming, undefined)),
    absent: () => undefined,
    incoming: 'changes',
  };
}

/**
 * Collects the rows of one read, in any order and with repeats (the last one counts), and merges them into the last
 * raw snapshot. Rows beyond a few thousand go to sorted parts in the spool, so memory does not grow with the read.
 */
export class RawBook implements RawCollector {
  readonly #objects: Objects;
  readonly #target: BookTarget;
  readonly #sizes: BookSizes;
  readonly #pool: PutPool;
  #parts: SpoolPart[] = [];
  #held = new Map<string, Line>();
  #heldBytes = 0;
  #spilled = 0;
  #spooled: string[] = [];
  #spilling: Promise<void> = Promise.resolve();

  constructor(objects: Objects, target: BookTarget, sizes: BookSizes) {
    this.#objects = objects;
    this.#target = target;
    this.#sizes = sizes;
    this.#pool = new PutPool(objects);
  }

  async add(rows: readonly RawRow[]): Promise<void> {
    for (const row of rows) {
      this.#hold({ id: row.id, hash: row.hash, deleted: row.deleted, body: JSON.stringify(row.raw) });
    }
    if (this.#held.size >= this.#sizes.spillRows || this.#heldBytes >= this.#sizes.spillBytes) this.#spill();
    // Back-pressure: who reads pages waits until what came before is stored.
    await this.#spilling;
  }

  async vanish(ids: readonly string[]): Promise<void> {
    const unread = ids.filter((id) => !this.#held.has(id));
    for (const id of unread) this.#hold({ id, hash: '', deleted: true, body: vanishedBody });
  }

  async suspend(): Promise<unknown> {
    this.#spill();
    await this.#spilling;
    return Suspended.parse({ parts: this.#parts });
  }

  async resume(state: unknown): Promise<void> {
    const { parts } = Suspended.parse(state);
    this.#spooled.push(...parts.flatMap((part) => part.blocks.map((block) => block.name)));
    this.#parts = [...parts, ...this.#parts];
  }

  async finish(unannounced?: Unannounced): ReturnType<RawCollector['finish']> {
    await this.#spilling;
    await this.#reduceParts();
    const previous = await previousManifest(this.#objects, this.#target);
    const names = snapshotNames(this.#target.ref, this.#target.name, this.#target.run.epoch);
    const writer = new SegmentWriter(this.#pool, names, this.#sizes);
    const log = new ChangeLog(this.#pool, names, this.#target.run.started);
    let changed = 0;
    let untold = 0;
    const onChange = async (after: Line, before: Line | undefined): Promise<void> => {
      changed += 1;
      const wasDeleted = before?.deleted === true;
      if (unannounced?.({ id: after.id, raw: bodyOf(after), wasDeleted })) untold += 1;
      await log.add(after, before);
    };
    const incoming = mergeParts(this.#objects, this.#parts, sorted(this.#held));
    const held = { objects: this.#objects, base: names.base, segments: previous?.segments ?? [] };
    await mergeSegments(held, incoming, { ...rawRules(log), onChange }, writer);
    const changes = await log.finish();
    const segments = await writer.finish();
    if (changed === 0) {
      const [count, deleted] = [previous?.count ?? 0, previous?.deleted ?? 0];
      return { snapshot: this.#target.previous, changed, unannounced: 0, deleted, held: count - deleted };
    }
    const { pointer, manifest } = await writeSnapshot(this.#objects, this.#target, previous, {
      segments,
      changes,
    });
    const { count, deleted } = manifest;
    return { snapshot: pointer, changed, unannounced: untold, deleted, held: count - deleted };
  }

  async discard(): Promise<void> {
    await this.#objects.remove(this.#spooled);
  }

  #hold(line: Line): void {
    const before = this.#held.get(line.id);
    this.#heldBytes += line.body.length - (before?.body.length ?? 0);
    this.#held.set(line.id, line);
  }

  /** Takes what is in memory away at once, so that pages arriving meanwhile belong to the next part. */
  #spill(): void {
    const lines = sorted(this.#held);
    this.#held = new Map();
    this.#heldBytes = 0;
    if (lines.length === 0) return;
    this.#spilling = this.#spilling.then(async () => {
      this.#parts.push(await writePart(this.#pool, lines, this.#partName()));
    });
    // Whoever waits for it next is told; nobody waiting right now must not end the process.
    this.#spilling.catch(() => undefined);
  }

  /**
   * Merges neighbouring parts until few enough are left to have a block of each open. Neighbours stay in their place:
   * of rows with the same id the later part's counts.
   */
  async #reduceParts(): Promise<void> {
    while (this.#parts.length > this.#sizes.mergeParts) {
      const reduced: SpoolPart[] = [];
      for (let at = 0; at < this.#parts.length; at += this.#sizes.mergeParts) {
        const neighbours = this.#parts.slice(at, at + this.#sizes.mergeParts);
        reduced.push(await writePart(this.#pool, mergeParts(this.#objects, neighbours), this.#partName()));
      }
      this.#parts = reduced;
    }
  }

  #partName(): (block: number) => string {
    const { ref, name, run } = this.#target;
    const part = this.#spilled;
    this.#spilled += 1;
    const folder = `${spoolPrefix(ref, run.id)}${name.replace('/', '-')}/`;
    return (block) => {
      const blockName = `${folder}${run.epoch}-${part}-${block}.ndjson.zst`;
      this.#spooled.push(blockName);
      return blockName;
    };
  }
}

function sorted(lines: ReadonlyMap<string, Line>): Line[] {
  return [...lines.values()].sort((a, b) => compareIds(a.id, b.id));
}
