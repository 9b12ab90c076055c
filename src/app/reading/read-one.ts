import type { Connection } from '../../domain/connection.ts';
import type { DataType } from '../../domain/data-types.ts';
import { Problem } from '../../domain/problem.ts';
import type { ReadRecord, ReadRecords } from '../ports.ts';
import type { BooksOf } from './choose-connection.ts';
import { heldSnapshot } from './held-dataset.ts';

type ChooseConnection = (books: BooksOf, dataType: DataType) => Promise<Connection>;

/** One record by its id; deleted ones too, which say so in their metadata. */
export function makeReadOne(deps: { chooseConnection: ChooseConnection; readRecord: ReadRecord }) {
  return async (books: BooksOf, dataType: DataType, id: string): Promise<Record<string, unknown>> => {
    const snapshot = heldSnapshot(await deps.chooseConnection(books, dataType), dataType);
    const record = await deps.readRecord(snapshot, id);
    if (!record) {
      throw new Problem('not-found', `There is no record with the id ${id} in ${dataType}. Check the id.`);
    }
    return record;
  };
}

/** The facts of the business: a data type of a single record, which is served without its id and dates. */
export function makeReadInfo(deps: { chooseConnection: ChooseConnection; readRecords: ReadRecords }) {
  return async (companyId: string): Promise<Record<string, unknown>> => {
    const snapshot = heldSnapshot(await deps.chooseConnection({ companyId }, 'company'), 'company');
    const { results } = await deps.readRecords(snapshot, { page: 1, pageSize: 1 });
    const [record] = results;
    if (!record) throw new Problem('not-ready', 'The data set is empty. Refresh it.', { retry: 'later' });
    const { id: _id, modifiedDate: _seen, sourceModifiedDate: _changed, metadata: _gone, ...facts } = record;
    return facts;
  };
}
