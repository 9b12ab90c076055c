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
 * deleted in between, and may have pulled a row across a page border behind our back: then both are read again.
 */
export async function readChanges(
  reading: Reading,
  left: Unfinished | undefined,
  heldDeletedIds: (() => Promise<ReadonlySet<string>>) | undefined,
): Promise<ReadReport> {
  const { since } = reading;
  const window = since === undefined ? [] : [['search[updated_min]', since.day] as const];
  let from = left;
  for (let attempt = left?.attempt ?? 1; ; attempt += 1) {
    const live = await readList(reading.list(window), from?.live);
    if (!live.finished) return unfinished(reading, { attempt, live });
    const deleted = await readList(reading.list([['search[vis_state]', '1']]), from?.deleted);
    if (!deleted.finished) return unfinished(reading, { attempt, live, deleted });
    const steady = live.steady && deleted.steady && !deletedMeanwhile(live, deleted);
    if (!steady && attempt < attempts) {
      from = undefined;
      continue;
    }
    const moved = steady && since !== undefined && since.mark !== markOf(deleted.gone);
    if (
      moved &&
      hiddenIn(deleted) === 0 &&
      heldDeletedIds &&
      !(await readRestored(reading, await heldDeletedIds(), live, deleted))
    ) {
      return unfinished(reading, { attempt, live, deleted });
    }
    return report(reading, live, deleted, steady);
  }
}

function deletedMeanwhile(live: ListReading, deleted: ListReading): boolean {
  for (const id of deleted.gone) if (live.ids.has(id) && !live.gone.has(id)) return true;
  return false;
}

function unfinished(
  reading: Reading,
  { attempt, live, deleted }: { attempt: number; live: ListReading; deleted?: ListReading },
): ReadReport {
  const { pages, rowsRead } = reading.counts();
  const left: Unfinished = {
    day: reading.day(),
    attempt,
    pages,
    rowsRead,
    live: live.state(),
    ...(deleted && { deleted: deleted.state() }),
  };
  return { ...reading.partial(), unfinished: left };
}

function report(reading: Reading, live: ListReading, deleted: ListReading, steady: boolean): ReadReport {
  const keyless = live.keyless + deleted.keyless;
  const hidden = hiddenIn(live) + hiddenIn(deleted);
  const warnings = [
    ...(steady ? [] : [`${reading.subject}: the list kept changing while it was read`]),
    ...(keyless === 0 ? [] : [`${reading.subject}: ${keyless} rows without an id were left out`]),
  ];
  return {
    ...reading.partial(),
    ...(steady && { cursor: writeCursor({ day: reading.day(), mark: markOf(deleted.gone) }) }),
    complete: steady,
    ...(reading.since === undefined && { sourceTotal: live.total }),
    hiddenRows: steady ? hidden : 0,
    warnings,
  };
}

/** FreshBooks counts rows that this person may not see (freshbooks-api §2.2). */
export function hiddenIn(list: ListReading): number {
  return Math.max(0, list.total - list.ids.size - list.keyless);
}
