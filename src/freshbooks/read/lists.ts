import { type ListReading, readList } from './read-list.ts';
import { inState, type Reading } from './reading.ts';
import type { Unfinished } from './resume.ts';

/** What one turn reads; a list is missing when the deadline came before it was begun. */
export type Lists = { live: ListReading; deleted?: ListReading; archived?: ListReading };
export type WholeLists = Required<Pick<Lists, 'live' | 'deleted'>> & Lists;

/**
 * Reads the lists of a resource: what changed since a day, or everything; then the deleted rows, and the archived ones
 * where these matter. Whether a list without a filter has archived rows is not certain, so who compares wants them too.
 */
export async function readLists(
  reading: Reading,
  day: string | undefined,
  from: Unfinished | undefined,
): Promise<Lists> {
  const window = day === undefined ? [] : [['search[updated_min]', day] as const];
  const live = await readList(reading.list(window), from?.live);
  if (!live.finished) return { live };
  const deleted = await readList(reading.list(inState.deleted), from?.deleted);
  if (!deleted.finished || !(reading.archives || day === undefined)) return { live, deleted };
  return { live, deleted, archived: await readList(reading.list(inState.archived)) };
}

export function isWhole(lists: Lists): lists is WholeLists {
  return lists.deleted !== undefined && Object.values(lists).every((list) => list.finished);
}

export function stoodStill(lists: WholeLists): boolean {
  return Object.values(lists).every((list) => list.steady) && !deletedMeanwhile(lists);
}

function deletedMeanwhile({ live, deleted }: WholeLists): boolean {
  for (const id of deleted.gone) if (live.ids.has(id) && !live.gone.has(id)) return true;
  return false;
}

/** FreshBooks counts rows that this person may not see (freshbooks-api §2.2). */
export function hiddenIn(list: ListReading): number {
  return Math.max(0, list.total - list.ids.size - list.keyless);
}
