import type { ReadReport } from '../../app/ports.ts';
import { hiddenIn } from './read-changes.ts';
import { type ListReading, readList } from './read-list.ts';
import type { Reading } from './reading.ts';

const attempts = 3;

/** More rows than this that are gone at once are not believed: an answer that lost most of a list looks the same. */
const believable = (held: number): number => Math.max(20, held * 0.05);

/**
 * Reads a resource that is listed whole each time, with its deleted rows where these have a list, and whose rows can
 * just be no longer there. A row counts as vanished only when a whole list that stood still lacks it, no row is hidden
 * from us, and a second such list agrees.
 */
export async function readCensus(
  reading: Reading,
  heldIds: () => Promise<ReadonlySet<string>>,
): Promise<ReadReport> {
  const first = await steadyList(reading);
  if (first === undefined) return { ...reading.partial(), unfinished: 'again' };
  const done = {
    ...reading.partial(),
    complete: first.steady,
    ...(first.steady && { cursor: reading.day() }),
    sourceTotal: first.total,
    hiddenRows: first.steady ? hiddenIn(first) : 0,
  };
  if (!first.steady)
    return { ...done, warnings: [`${reading.subject}: the list kept changing while it was read`] };
  if (done.hiddenRows > 0) return done;

  const held = await heldIds();
  const missing = [...held].filter((id) => !first.ids.has(id));
  if (missing.length === 0) return done;
  if (missing.length > believable(held.size))
    return { ...done, warnings: [tooMany(reading, missing.length)] };
  const second = await steadyList(reading);
  if (second === undefined) return { ...reading.partial(), unfinished: 'again' };
  const agrees = second.steady && hiddenIn(second) === 0;
  const { pages, rowsRead } = reading.counts();
  return { ...done, pages, rowsRead, vanished: agrees ? missing.filter((id) => !second.ids.has(id)) : [] };
}

function tooMany(reading: Reading, count: number): string {
  return `${reading.subject}: ${count} rows are missing at once; they are kept until that is looked into`;
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
  const deleted = await readList(reading.list(deletedOnly));
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

const deletedOnly = [['search[vis_state]', '1']] as const;
