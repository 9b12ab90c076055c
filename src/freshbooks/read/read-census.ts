import type { ReadReport } from '../../app/ports.ts';
import { writeCursor } from './cursor.ts';
import { hiddenIn } from './lists.ts';
import { missingRows, type WholeLook } from './missing-rows.ts';
import { type ListReading, readList } from './read-list.ts';
import { inState, type Reading } from './reading.ts';

const attempts = 3;

/**
 * Reads a resource that is listed whole each time, with its deleted rows where these have a list, and whose rows can
 * just be no longer there: see `missingRows`.
 */
export async function readCensus(
  reading: Reading,
  heldIds: () => Promise<ReadonlySet<string>>,
): Promise<ReadReport> {
  const reader = await reading.person();
  const first = await steadyList(reading);
  if (first === undefined) return { ...reading.partial(), unfinished: 'again' };
  const look = lookOf(first);
  if (!look.steady) {
    const warnings = [`${reading.subject}: the list kept changing while it was read`];
    return { ...reading.partial(), sourceTotal: first.total, warnings };
  }
  const again = async (): Promise<WholeLook | undefined> => {
    const list = await steadyList(reading);
    return list && lookOf(list);
  };
  const missing = await missingRows(reading, { first: look, person: reader }, heldIds, again);
  if (missing === undefined) return { ...reading.partial(), unfinished: 'again' };
  const { vanished, warnings, person, doubt } = missing;
  return {
    ...reading.partial(),
    complete: true,
    cursor: writeCursor({ day: reading.day(), person, doubt }),
    sourceTotal: first.total,
    hiddenRows: look.hidden,
    vanished,
    warnings,
    compared: true,
  };
}

function lookOf(list: ListReading): WholeLook {
  return { steady: list.steady, ids: list.ids, hidden: hiddenIn(list) };
}

/** `undefined` when the deadline came first: such lists are short, and begin again. */
async function steadyList(reading: Reading): Promise<ListReading | undefined> {
  for (let attempt = 1; ; attempt += 1) {
    const list = await wholeList(reading);
    if (!list.finished) return undefined;
    if (list.steady || attempt >= attempts) return list;
  }
}

/**
 * Both lists as one. A row that is in both was deleted in between, and its place may have hidden another. Where
 * FreshBooks does not know the filter it gives the first list again, whose rows are not to be counted twice.
 */
async function wholeList(reading: Reading): Promise<ListReading> {
  const live = await readList(reading.list([]));
  if (!reading.listsDeleted || !live.finished) return live;
  const deleted = await readList(reading.list(inState.deleted));
  const ids = new Set([...live.ids, ...deleted.ids]);
  const steady = live.steady && deleted.steady;
  if (deleted.gone.size < deleted.ids.size) {
    return { ...live, finished: deleted.finished, ids, steady: steady && live.total === deleted.total };
  }
  const moved = [...deleted.ids].some((id) => live.ids.has(id));
  return {
    ...deleted,
    steady: steady && !moved,
    total: live.total + deleted.total,
    ids,
    keyless: live.keyless + deleted.keyless,
  };
}
