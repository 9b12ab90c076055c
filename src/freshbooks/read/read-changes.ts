import type { ReadReport } from '../../app/ports.ts';
import { markOf, writeCursor } from './cursor.ts';
import { type ListReading, readList } from './read-list.ts';
import { readRestored } from './read-restored.ts';
import type { Reading } from './reading.ts';
import type { Unfinished } from './resume.ts';

/** A list that moves all the time is read this often in one run; what was read is kept, and the next run goes on. */
const attempts = 3;

/**
 * Reads a resource whose rows say when they changed: the first time everything, later what changed since the cursor's
 * day; and every time all that is deleted, without a window, because deleting does not always count as a change.
 *
 * The deleted rows are read after the others. A row that was alive in the first list and is deleted in the second was
 * deleted in between, and may have pulled a row across a page border behind our back: then both are read again. So
 * they are when a first read finds that a row was restored in between: neither list had it, and nothing tells later.
 */
export async function readChanges(
  reading: Reading,
  left: Unfinished | undefined,
  heldDeletedIds: (() => Promise<ReadonlySet<string>>) | undefined,
): Promise<ReadReport> {
  let from = left;
  let counted: number | undefined;
  for (let attempt = left?.attempt ?? 1; ; attempt += 1) {
    const before = await readBefore(reading, from);
    if (before === undefined) return { ...reading.partial(), unfinished: 'again' };
    const lists = await readLists(reading, from);
    if (!isWhole(lists)) return unfinished(reading, attempt, lists, before);
    const rows = lists.live.ids.size + lists.deleted.ids.size;
    const steady =
      stoodStill(lists) && !restoredMeanwhile(before, lists) && (hiddenRows(lists) === 0 || rows === counted);
    counted = rows;
    if (!steady && attempt < attempts) {
      from = undefined;
      continue;
    }
    const settled = !steady || (await readUnnoticed(reading, lists, heldDeletedIds));
    return settled ? report(reading, lists, steady) : unfinished(reading, attempt, lists, before);
  }
}

type Before = NonNullable<Unfinished['before']>;

/** What a first read looks at before anything else; later ones know from the read before. */
async function readBefore(reading: Reading, from: Unfinished | undefined): Promise<Before | undefined> {
  if (from?.before !== undefined) return from.before;
  if (reading.since !== undefined) return { deleted: [], archived: [] };
  const deleted = await readList(reading.list(inState.deleted));
  if (!deleted.finished) return undefined;
  if (!reading.archives) return { deleted: [...deleted.gone], archived: [] };
  const archived = await readList(reading.list(inState.archived));
  return archived.finished ? { deleted: [...deleted.gone], archived: [...archived.ids] } : undefined;
}

/** Such rows need not be in any list of the read, or are in one as they were before. */
function restoredMeanwhile(before: Before, { live, deleted, archived }: WholeLists): boolean {
  if (before.deleted.some((id) => !deleted.ids.has(id))) return true;
  if (archived === undefined) return false;
  return [...before.archived, ...live.archived].some((id) => !archived.ids.has(id));
}

/** What one turn reads; a list is missing when the deadline came before it was begun. */
type Lists = { live: ListReading; deleted?: ListReading; archived?: ListReading };
type WholeLists = Required<Pick<Lists, 'live' | 'deleted'>> & Lists;

async function readLists(reading: Reading, from: Unfinished | undefined): Promise<Lists> {
  const window = reading.since === undefined ? [] : [['search[updated_min]', reading.since.day] as const];
  const live = await readList(reading.list(window), from?.live);
  if (!live.finished) return { live };
  const deleted = await readList(reading.list(inState.deleted), from?.deleted);
  if (!deleted.finished || !reading.archives) return { live, deleted };
  return { live, deleted, archived: await readList(reading.list(inState.archived)) };
}

const inState = {
  deleted: [['search[vis_state]', '1']],
  archived: [['search[vis_state]', '2']],
} as const;

function isWhole(lists: Lists): lists is WholeLists {
  return lists.deleted !== undefined && Object.values(lists).every((list) => list.finished);
}

/**
 * Rows that changed without FreshBooks counting it as a change: those restored, and those brought back from the
 * archive, of which nobody keeps a list here and which are few enough to read all. False: the deadline came first.
 */
async function readUnnoticed(
  reading: Reading,
  { live, deleted, archived }: WholeLists,
  heldDeletedIds: (() => Promise<ReadonlySet<string>>) | undefined,
): Promise<boolean> {
  const { since } = reading;
  if (since === undefined) return true;
  if (archived !== undefined && since.archived !== markOf(archived.ids)) {
    if (!(await readList(reading.list([]))).finished) return false;
  }
  if (heldDeletedIds === undefined || since.deleted === markOf(deleted.gone) || hiddenIn(deleted) > 0)
    return true;
  return readRestored(reading, await heldDeletedIds(), live, deleted);
}

function stoodStill(lists: WholeLists): boolean {
  return Object.values(lists).every((list) => list.steady) && !deletedMeanwhile(lists);
}

/** Believed only when a second reading finds as many: a page that came short looks the same once. */
function hiddenRows({ live, deleted }: WholeLists): number {
  return hiddenIn(live) + hiddenIn(deleted);
}

function deletedMeanwhile({ live, deleted }: WholeLists): boolean {
  for (const id of deleted.gone) if (live.ids.has(id) && !live.gone.has(id)) return true;
  return false;
}

function unfinished(reading: Reading, attempt: number, { live, deleted }: Lists, before: Before): ReadReport {
  const { pages, rowsRead } = reading.counts();
  const left: Unfinished = {
    day: reading.day(),
    attempt,
    pages,
    rowsRead,
    before,
    live: live.state(),
    ...(deleted && { deleted: deleted.state() }),
  };
  return { ...reading.partial(), unfinished: left };
}

function report(reading: Reading, lists: WholeLists, steady: boolean): ReadReport {
  const { live, deleted, archived } = lists;
  const keyless = live.keyless + deleted.keyless;
  const warnings = [
    ...(steady ? [] : [`${reading.subject}: the list kept changing while it was read`]),
    ...(keyless === 0 ? [] : [`${reading.subject}: ${keyless} rows without an id were left out`]),
  ];
  const ended = {
    day: reading.day(),
    deleted: markOf(deleted.gone),
    archived: archived === undefined ? '' : markOf(archived.ids),
  };
  return {
    ...reading.partial(),
    ...(steady && { cursor: writeCursor(ended) }),
    complete: steady,
    ...(reading.since === undefined && { sourceTotal: live.total }),
    hiddenRows: steady ? hiddenRows(lists) : 0,
    warnings,
  };
}

/** FreshBooks counts rows that this person may not see (freshbooks-api §2.2). */
export function hiddenIn(list: ListReading): number {
  return Math.max(0, list.total - list.ids.size - list.keyless);
}
