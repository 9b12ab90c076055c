import type { Connection, ConnectionRef } from '../../domain/connection.ts';
import { type DataType, isDataType } from '../../domain/data-types.ts';
import { Problem } from '../../domain/problem.ts';
import { type PullOperation, requestAll } from '../../domain/pull-operation.ts';
import { typesOnFirstLink } from '../../domain/schedule.ts';
import type { SyncSettingsStore } from '../ports.ts';
import type { BooksOf } from './choose-connection.ts';
import { notSupported } from './held-dataset.ts';

type Deps = {
  chooseConnection: (books: BooksOf, dataType: DataType) => Promise<Connection>;
  syncSettings: Pick<SyncSettingsStore, 'find'>;
  refreshConnection: (
    ref: ConnectionRef,
    types: readonly DataType[],
    request?: typeof requestAll,
  ) => Promise<PullOperation[]>;
};

/** Asks for one data type of a company to be read again; coalesced with what is waiting already. */
export function makeRefreshType({ chooseConnection, refreshConnection }: Deps) {
  return async (books: BooksOf, dataType: string): Promise<PullOperation> => {
    if (!isDataType(dataType)) throw notSupported(dataType);
    const connection = await chooseConnection(books, dataType);
    const [operation] = await refreshConnection(refOf(connection), [dataType]);
    if (!operation) throw new Problem('broken', 'a refresh without its pull operation');
    return operation;
  };
}

/** Asks for everything of a company that linking fetches to be read again, what no data type is made of too. */
export function makeRefreshAll({ chooseConnection, refreshConnection, syncSettings }: Deps) {
  return async (companyId: string): Promise<void> => {
    const connection = await chooseConnection({ companyId }, 'company');
    const types = typesOnFirstLink(await syncSettings.find(), connection.syncSettings);
    await refreshConnection(refOf(connection), types, requestAll);
  };
}

function refOf({ companyId, id }: Connection): ConnectionRef {
  return { companyId, connectionId: id };
}
