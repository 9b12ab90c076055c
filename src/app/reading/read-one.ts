import type { Connection } from '../../domain/connection.ts';
import type { DataType } from '../../domain/data-types.ts';
import { isServed, servedFrom } from '../../domain/history-window.ts';
import { Problem } from '../../domain/problem.ts';
import type { Clock, ReadRawByIds, ReadRecord, ReadRecords, SyncSettingsStore } from '../ports.ts';
import type { BooksOf } from './choose-connection.ts';
import { heldSnapshot } from './held-dataset.ts';
import { rowsBehind, withRaw } from './with-raw.ts';

type ChooseConnection = (books: BooksOf, dataType: DataType) => Promise<Connection>;

/** One record by its id; deleted ones too, which say so in their metadata; none that lists do not serve. `include` raw: with FreshBooks' own row. */
export function makeReadOne(deps: {
  chooseConnection: ChooseConnection;
  readRecord: ReadRecord;
  readRawByIds: ReadRawByIds;
  syncSettings: Pick<SyncSettingsStore, 'find'>;
  clock: Clock;
}) {
  return async (
    books: BooksOf,
    dataType: DataType,
    id: string,
    include?: 'raw',
  ): Promise<Record<string, unknown>> => {
    const [connection, settings] = await Promise.all([
      deps.chooseConnection(books, dataType),
      deps.syncSettings.find(),
    ]);
    const record = await deps.readRecord(heldSnapshot(connection, dataType), id);
    const from = servedFrom(dataType, settings, connection.syncSettings, deps.clock());
    if (!record || !isServed(record, from)) {
      throw new Problem('not-found', `There is no record with the id ${id} in ${dataType}. Check the id.`);
    }
    const behind = include === undefined ? undefined : rowsBehind(connection, dataType);
    const [whole = record] = behind ? await withRaw(deps.readRawByIds, [record], behind) : [];
    return whole;
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
