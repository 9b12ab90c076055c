import type { ReadReport } from '../../app/ports.ts';
import { compareWhole } from './compare-whole.ts';
import { markOf, writeCursor } from './cursor.ts';
import { hiddenIn, isWhole, type Lists, readLists, stoodStill, type WholeLists } from './lists.ts';
import type { Missing } from './missing-rows.ts';
import { readBefore } from './read-before.ts';
import { readUnnoticed } from './read-unnoticed.ts';
import type { Read, Reading } from './reading.ts';
import type { Before, Unfinished } from './resume.ts';

/** A list that moves all the time is read this often in one run; what was read is kept, and the next run goes on. */
const attempts = 3;

/**
 * Reads a resource whose rows say when they changed: the first time everything, later what changed since the cursor's
 * day; and every time all that is deleted, without a window, because deleting does not always count as a change.
 *
 * The deleted rows are read after the others. A row that was alive in the first list and is deleted in the second was
 * deleted in between, and may have pulled a row across a page border behind our back: then both are read again. So
 * they are when a first read finds that a row was restored in between: neither list had it, and nothing tells later.
 *
 * Now and then, and when another person or role reads, everything is read and compared with what is held.
 */
export async function readChanges(
  reading: Reading,
  left: Unfinished | undefined,
  held: Pick<Read, 'heldIds' | 'heldDeletedIds'>,
): Promise<ReadReport> {
  const window = await windowOf(reading);
  let from = left;
  let counted: number | undefined;
  for (let attempt = left?.attempt ?? 1; ; attempt += 1) {
    const before = from?.before ?? (await readBefore(reading));
    if (before === undefined) return { ...reading.partial(), unfinished: 'again' };
    const lists = await readLists(reading, window, from);
    if (!isWhole(lists)) return unfinished(reading, attempt, lists, before);
    const rows = lists.live.ids.size + lists.deleted.ids.size;
    const total = await countNow(reading);
    const steady =
      stoodStill(lists) &&
      !restoredMeanwhile(before, lists) &&
      // Such rows may be in none of the lists; later reads hold them already.
      (reading.since !== undefined || total === lists.live.total) &&
      (hiddenRows(lists) === 0 || rows === counted);
    counted = rows;
    if (!steady && attempt < attempts) {
      from = undefined;
      continue;
    }
    const whole = { window, before, lists, total };
    const report = steady ? await settled(reading, whole, held) : moving(reading, whole);
    return report ?? unfinished(reading, attempt, lists, before);
  }
}

type Whole = { window: Window; before: Before; lists: WholeLists; total: number };
type Window = Awaited<ReturnType<typeof windowOf>>;

/** The day from which changes are asked for; none when everything is. */
async function windowOf(reading: Reading): Promise<string | undefined> {
  const now = await reading.person();
  if (reading.since === undefined || reading.census) return undefined;
  const { reader, day } = reading.since;
  return reader === '' || now === '' || now === reader ? day : undefined;
}

/** How many rows a list without a window has: FreshBooks says so on any page of it. */
async function countNow(reading: Reading): Promise<number> {
  return (await reading.list([]).fetch(1)).total;
}

/** Such rows need not be in any list of the read, or are in one as they were before. */
function restoredMeanwhile(before: Before, { live, deleted, archived }: WholeLists): boolean {
  if (before.deleted.some((id) => !deleted.ids.has(id))) return true;
  if (archived === undefined) return false;
  return [...before.archived, ...live.archived].some((id) => !archived.ids.has(id));
}

/** Believed only when a second reading finds as many: a page that came short looks the same once. */
function hiddenRows({ live, deleted }: WholeLists): number {
  return hiddenIn(live) + hiddenIn(deleted);
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

/** The report of lists that never stood still: what came is kept, and proves nothing. */
function moving(reading: Reading, { lists }: Whole): ReadReport {
  const warnings = [
    `${reading.subject}: the list kept changing while it was read`,
    ...keyless(reading, lists),
  ];
  return { ...reading.partial(), warnings };
}

/** The report of lists that stood still; `undefined` when the deadline came before all was looked at. */
async function settled(
  reading: Reading,
  { window, before, lists, total }: Whole,
  held: Pick<Read, 'heldIds' | 'heldDeletedIds'>,
): Promise<ReadReport | undefined> {
  const compared = window === undefined;
  if (reading.since !== undefined && !(await readUnnoticed(reading, { before, lists, compared }, held)))
    return undefined;
  const whole = compared ? await compareWhole(reading, before, lists, held.heldIds) : undefined;
  if (compared && whole === undefined) return undefined;
  return {
    ...reading.partial(),
    cursor: await cursorAfter(reading, before, lists, whole?.missing),
    complete: true,
    sourceTotal: compared ? lists.live.total : total,
    hiddenRows: hiddenRows(lists),
    vanished: whole?.missing.vanished ?? [],
    warnings: [...(whole?.missing.warnings ?? []), ...keyless(reading, lists)],
    ...(whole && { compared: true as const, ...whole.asked }),
  };
}

function keyless({ subject }: Reading, { live, deleted }: WholeLists): string[] {
  const count = live.keyless + deleted.keyless;
  return count === 0 ? [] : [`${subject}: ${count} rows without an id were left out`];
}

async function cursorAfter(
  reading: Reading,
  before: Before,
  { deleted, archived }: WholeLists,
  missing: Missing | undefined,
): Promise<string> {
  const { since } = reading;
  const now = await reading.person();
  return writeCursor({
    day: reading.day(),
    deleted: markOf(deleted.gone),
    archived: reading.archives && archived !== undefined ? markOf(archived.ids) : '',
    movers: before.movers,
    person: missing?.person ?? since?.person ?? '',
    reader: now === '' ? (since?.reader ?? '') : now,
    doubt: missing?.doubt ?? since?.doubt ?? '',
  });
}
