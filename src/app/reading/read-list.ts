import type { Connection } from '../../domain/connection.ts';
import type { DataType } from '../../domain/data-types.ts';
import type { ReadRecords, SnapshotAt } from '../ports.ts';
import type { BooksOf } from './choose-connection.ts';
import { heldSnapshot } from './held-dataset.ts';
import { type ListWish, type ReadPage, readPage } from './read-page.ts';

/** A page of a data type, and the token that keeps later pages on the same state of the books. */
export function makeReadList(deps: {
  chooseConnection: (books: BooksOf, dataType: DataType) => Promise<Connection>;
  readRecords: ReadRecords;
  snapshotAt: SnapshotAt;
}) {
  return async (books: BooksOf, dataType: DataType, wish: ListWish): Promise<ReadPage> => {
    const connection = await deps.chooseConnection(books, dataType);
    return readPage(deps, heldSnapshot(connection, dataType), wish);
  };
}
