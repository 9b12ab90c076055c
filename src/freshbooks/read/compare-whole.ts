import type { ReadReport, Unannounced } from '../../app/ports.ts';
import { markOf } from './cursor.ts';
import { hiddenIn, isWhole, readLists, stoodStill, type WholeLists } from './lists.ts';
import { type Missing, missingRows, type WholeLook } from './missing-rows.ts';
import { otherMarks } from './read-unnoticed.ts';
import { isSince, type Reading } from './reading.ts';
import type { Before } from './resume.ts';

/**
 * What whole lists say beyond the rows in them: which held rows they lack, and which of their rows no reading of
 * changes would have brought. `undefined`: the deadline came first.
 */
export async function compareWhole(
  reading: Reading,
  before: Before,
  lists: WholeLists,
  heldIds: () => Promise<ReadonlySet<string>>,
): Promise<{ missing: Missing; asked: Pick<ReadReport, 'unannounced'> } | undefined> {
  // Asked before the lists, once for all resources of the run.
  const person = await reading.person();
  const missing = await missingRows(reading, { first: lookOf(lists), person }, heldIds, async () => {
    const again = await readLists(reading, undefined, undefined);
    return isWhole(again) ? lookOf(again) : undefined;
  });
  if (missing === undefined) return undefined;
  const { since } = reading;
  if (since === undefined || otherMarks(reading, before, lists)) return { missing, asked: {} };
  const owners = new Set(before.owners);
  const restoring = since.deleted !== markOf(lists.deleted.gone);
  const unannounced: Unannounced = ({ id, raw, wasDeleted }) =>
    !(wasDeleted && restoring) && !lists.deleted.ids.has(id) && !owners.has(id) && !isSince(raw, since.day);
  return { missing, asked: { unannounced } };
}

function lookOf(lists: WholeLists): WholeLook {
  const all = Object.values(lists);
  return {
    steady: stoodStill(lists),
    ids: new Set(all.flatMap((list) => [...list.ids])),
    hidden: all.reduce((sum, list) => sum + hiddenIn(list), 0),
  };
}
