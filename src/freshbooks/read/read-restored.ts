import type { ListReading } from './read-list.ts';
import { readList } from './read-list.ts';
import type { Reading } from './reading.ts';

/** From here on one list is cheaper than asking for the rows one by one. */
const manyRows = 50;

/**
 * Rows that we hold as deleted and that FreshBooks no longer lists as such were restored. Restoring need not count as
 * a change, so they are asked for by id. Answers false when the deadline came before all were read.
 */
export async function readRestored(
  reading: Reading,
  heldDeleted: ReadonlySet<string>,
  live: ListReading,
  deleted: ListReading,
): Promise<boolean> {
  const restored = [...heldDeleted].filter((id) => !deleted.ids.has(id) && !live.ids.has(id));
  if (restored.length > manyRows) return (await readList(reading.list([]))).finished;
  for (const id of restored) {
    if (reading.stop()) return false;
    await reading.one(id);
  }
  return true;
}
