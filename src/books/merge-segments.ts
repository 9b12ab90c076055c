import type { Objects } from '../app/ports.ts';
import { compareIds } from './compare-ids.ts';
import type { Line } from './line.ts';
import type { SegmentInfo } from './manifest.ts';
import { Peekable } from './peekable.ts';
import { readSegment } from './segment.ts';
import type { SegmentWriter } from './segment-writer.ts';
import { SetDigest } from './set-digest.ts';

/** How the rows of the last snapshot and the incoming ones become the next snapshot. */
export type MergeRules = {
  /** Held and incoming: the row to hold from now on, or none when what is held stands. */
  meet: (held: Line, incoming: Line) => Line | undefined;
  /** Incoming and not held: the row to hold, or none. */
  fresh: (incoming: Line) => Line | undefined;
  /** Held and not incoming: the row to hold from now on, or none when what is held stands. */
  absent: (held: Line) => Line | undefined;
  /** Told of every row that is not as it was; `before` is absent for a new one. */
  onChange: (after: Line, before: Line | undefined) => Promise<void>;
  /**
   * Whether the incoming rows are all there are (a projection) or only those that may have changed. A whole lets a
   * segment be compared by its digest, without opening it.
   */
  incoming: 'whole' | 'changes';
};

/**
 * Merges incoming rows, in id order, into the segments of the last snapshot. Segments that nothing changes are kept
 * as they are; at most one segment and its share of the incoming rows is in memory.
 */
export async function mergeSegments(
  held: { objects: Objects; base: string; segments: readonly SegmentInfo[] },
  incoming: AsyncIterable<Line>,
  rules: MergeRules,
  writer: SegmentWriter,
): Promise<void> {
  const ahead = new Peekable(incoming);
  for (const [index, segment] of held.segments.entries()) {
    // What comes after the last id joins the last segment while that is small, else it makes segments of its own.
    const open = index === held.segments.length - 1 && writer.isSmall(segment);
    const last = open ? undefined : segment.lastId;
    const share = await shareOf(ahead, segment, last, rules);
    if (share === 'as-held') {
      await writer.keep(segment);
      continue;
    }
    const lines = await readSegment(held.objects, held.base + segment.name);
    const changed = await mergeOne(lines, chain(share, ahead, last), rules, writer);
    if (!changed) await writer.keep(segment);
  }
  for (let line = await ahead.take(); line !== undefined; line = await ahead.take()) {
    const after = rules.fresh(line);
    if (after === undefined) continue;
    await rules.onChange(after, undefined);
    await writer.add(after);
  }
}

/** The incoming rows of a segment's range as far as they had to be read ahead, or that they are what is held. */
async function shareOf(
  ahead: Peekable<Line>,
  segment: SegmentInfo,
  last: string | undefined,
  rules: MergeRules,
): Promise<Line[] | 'as-held'> {
  if (rules.incoming === 'changes') return (await inRange(ahead, last)) ? [] : 'as-held';
  const share: Line[] = [];
  const digest = new SetDigest();
  while (share.length <= segment.count) {
    const line = (await inRange(ahead, last)) ? await ahead.take() : undefined;
    if (line === undefined) break;
    digest.add(line);
    share.push(line);
  }
  return share.length === segment.count && digest.text() === segment.digest ? 'as-held' : share;
}

async function inRange(ahead: Peekable<Line>, last: string | undefined): Promise<boolean> {
  const line = await ahead.peek();
  return line !== undefined && (last === undefined || compareIds(line.id, last) <= 0);
}

async function* chain(
  share: readonly Line[],
  ahead: Peekable<Line>,
  last: string | undefined,
): AsyncGenerator<Line> {
  yield* share;
  while (await inRange(ahead, last)) {
    const line = await ahead.take();
    if (line !== undefined) yield line;
  }
}

/** Merges one opened segment; false, and nothing written, when it stays as it is. */
async function mergeOne(
  held: readonly Line[],
  incoming: AsyncIterable<Line>,
  rules: MergeRules,
  writer: SegmentWriter,
): Promise<boolean> {
  const unchanged: Line[] = [];
  let changed = false;
  for await (const { before, after } of meetings(held, incoming, rules)) {
    const line = after ?? before;
    if (line === undefined) continue;
    if (after !== undefined) {
      if (!changed) for (const earlier of unchanged) await writer.add(earlier);
      changed = true;
      await rules.onChange(after, before);
    }
    if (changed) await writer.add(line);
    else unchanged.push(line);
  }
  return changed;
}

type Meeting = { before: Line | undefined; after: Line | undefined };

/** Walks both in id order; `after` is there only for rows that change. */
async function* meetings(
  held: readonly Line[],
  incoming: AsyncIterable<Line>,
  rules: MergeRules,
): AsyncGenerator<Meeting> {
  let at = 0;
  for await (const line of incoming) {
    for (
      let before = held[at];
      before !== undefined && compareIds(before.id, line.id) < 0;
      before = held[at]
    ) {
      yield { before, after: rules.absent(before) };
      at += 1;
    }
    const before = held[at];
    if (before === undefined || before.id !== line.id) {
      yield { before: undefined, after: rules.fresh(line) };
      continue;
    }
    yield { before, after: rules.meet(before, line) };
    at += 1;
  }
  for (const before of held.slice(at)) yield { before, after: rules.absent(before) };
}
