import { markOf } from './cursor.ts';
import type { WholeLists } from './lists.ts';
import { readList } from './read-list.ts';
import { inState, type Read, type Reading } from './reading.ts';
import type { Before } from './resume.ts';

/** From here on one list is cheaper than asking for the rows one by one. */
const manyRows = 50;

/** What was read: `compared` when everything was, and only what no list has is to be looked for. */
type Found = { before: Before; lists: WholeLists; compared: boolean };

/**
 * Reads rows that changed without FreshBooks counting it as a change: those restored, those brought back from the
 * archive, of which nobody keeps a list here and which are few enough to read all, and those that rows of another
 * resource change. False: the deadline came first.
 */
export async function readUnnoticed(
  reading: Reading,
  found: Found,
  { heldDeletedIds }: Pick<Read, 'heldDeletedIds'>,
): Promise<boolean> {
  const { before, lists, compared } = found;
  const seen = new Set([...lists.live.ids, ...lists.deleted.ids]);
  if (!compared) {
    const owners = before.owners.filter((id) => !seen.has(id));
    const all = otherMarks(reading, before, lists) || owners.length > manyRows;
    if (!(await readRows(reading, owners, all))) return false;
    if (all) return true;
  }
  if (heldDeletedIds === undefined || reading.since?.deleted === markOf(lists.deleted.gone)) return true;
  const restored = [...(await heldDeletedIds())].filter((id) => !seen.has(id));
  return readRows(reading, restored, restored.length > manyRows);
}

/** Whether rows were archived, brought back or, of the other resource, deleted or restored since the last read. */
export function otherMarks({ since, archives }: Reading, before: Before, { archived }: WholeLists): boolean {
  if (since === undefined) return false;
  const archivedNow = archives && archived !== undefined ? markOf(archived.ids) : since.archived;
  return since.archived !== archivedNow || since.movers !== before.movers;
}

/** Reads these rows one by one, or everything; whether a list without a filter has archived rows is not certain. */
async function readRows(reading: Reading, ids: readonly string[], all: boolean): Promise<boolean> {
  if (all) {
    const live = await readList(reading.list([]));
    return live.finished && (await readList(reading.list(inState.archived))).finished;
  }
  for (const id of ids) {
    if (reading.stop()) return false;
    await reading.one(id);
  }
  return true;
}
