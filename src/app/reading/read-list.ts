import type { Connection } from '../../domain/connection.ts';
import type { DataType } from '../../domain/data-types.ts';
import type { SnapshotPointer } from '../../domain/dataset.ts';
import type { ReadRawByIds, ReadRecords, SnapshotAt } from '../ports.ts';
import type { BooksOf } from './choose-connection.ts';
import { heldSnapshot } from './held-dataset.ts';
import { type ListWish, type ReadPage, readPage } from './read-page.ts';
import { rawOf, tokenOf } from './snapshot-token.ts';
import { stateAt } from './state-at.ts';
import { rowsBehind, withRaw } from './with-raw.ts';

type Deps = {
  chooseConnection: (books: BooksOf, dataType: DataType) => Promise<Connection>;
  readRecords: ReadRecords;
  readRawByIds: ReadRawByIds;
  snapshotAt: SnapshotAt;
};

/** `include` raw: each record with the row that FreshBooks gave for it. */
type Wish = ListWish & { include?: 'raw' | undefined };

/** A page of a data type, and the token that keeps later pages on the same state of the books. */
export function makeReadList(deps: Deps) {
  return async (books: BooksOf, dataType: DataType, wish: Wish): Promise<ReadPage> => {
    const connection = await deps.chooseConnection(books, dataType);
    const page = await readPage(deps, heldSnapshot(connection, dataType), wish);
    const behind = wish.include === undefined ? undefined : rowsBehind(connection, dataType);
    if (behind === undefined) return page;
    const snapshot = await rawState(deps, behind.snapshot, wish);
    const results = await withRaw(deps.readRawByIds, page.results, { ...behind, snapshot });
    return { ...page, results, snapshot: tokenOf(page.shown, snapshot) };
  };
}

/** The raw snapshot that was published together with the state of the books that is shown. */
async function rawState(
  deps: Deps,
  current: SnapshotPointer,
  { snapshot, asOf }: Wish,
): Promise<Pick<SnapshotPointer, 'manifest'>> {
  if (snapshot !== undefined) return rawOf(snapshot, current);
  return asOf === undefined ? current : stateAt(deps.snapshotAt, current, asOf);
}
