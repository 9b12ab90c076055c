import type { Objects, ReadChanges, RowChange } from '../app/ports.ts';
import { LoggedChange } from './change-log.ts';
import type { Line } from './line.ts';
import { changesBeside } from './object-names.ts';
import { makeReadRecord } from './read-records.ts';
import { unpackLines } from './segment.ts';
import { SnapshotReader } from './snapshot-reader.ts';

/**
 * Reads the changes of one row, newest first: from the row to the part of the change log that has its latest change,
 * and from each change to the one before. One object is opened for each change on the way.
 */
export function makeReadChanges({ objects }: { objects: Objects }): ReadChanges {
  const reader = new SnapshotReader(objects, 16_000_000, latestOf);
  const readRow = makeReadRecord({ objects, reader });
  return async (snapshot, id, { page, pageSize }) => {
    const row = await readRow(snapshot, id);
    if (row === undefined) return undefined;
    const { part, nth } = row;
    const from = (page - 1) * pageSize;
    const results: RowChange[] = [];
    let next = typeof part === 'string' ? part : undefined;
    for (let n = 0; next !== undefined && n < from + pageSize; n += 1) {
      const change = await changeIn(objects, changesBeside(snapshot.manifest, next), id);
      if (n >= from && change !== undefined) results.push({ at: change.at, how: change.how, row: change.r });
      next = change?.was;
    }
    return { results, totalResults: typeof nth === 'number' ? nth : 0 };
  };
}

function latestOf({ id, change }: Line): Record<string, unknown> {
  return { id, ...change };
}

/** `undefined` for a part that was swept; the changes before are older, so they are gone as well. */
async function changeIn(objects: Objects, name: string, id: string) {
  const bytes = await objects.get(name);
  if (bytes === undefined) return undefined;
  const head = `{"id":${JSON.stringify(id)},`;
  const line = (await unpackLines(bytes)).find((one) => one.startsWith(head));
  return line === undefined ? undefined : LoggedChange.parse(JSON.parse(line));
}
