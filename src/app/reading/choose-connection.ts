import type { Connection, ConnectionRef } from '../../domain/connection.ts';
import type { DataType } from '../../domain/data-types.ts';
import { connectionsOf, currentOf, findCompany } from '../companies/find-company.ts';
import { noSuchConnection } from '../connections/find-connection.ts';
import type { Companies, Connections } from '../ports.ts';
import { noData } from './held-dataset.ts';

/** Whose books: a company's, or those of one named connection of it. */
export type BooksOf = { companyId: string; connectionId?: string | undefined };

/**
 * The connection whose books are meant. A company has one FreshBooks connection at a time (`openConnection` sees to
 * it, and a replaced one is read by its own id only), so its books are never merged out of several.
 */
export function makeChooseConnection(deps: {
  companies: Pick<Companies, 'find'>;
  connections: Pick<Connections, 'ofCompany'>;
}) {
  return async (books: BooksOf, dataType: DataType): Promise<Connection> => {
    await findCompany(deps.companies, books.companyId);
    const all = await connectionsOf(deps.connections, books.companyId);
    const { connectionId } = books;
    const chosen = connectionId === undefined ? currentOf(all) : all.find(({ id }) => id === connectionId);
    if (chosen) return chosen;
    throw connectionId === undefined
      ? noData(dataType, books.companyId)
      : noSuchConnection(refOf(books.companyId, connectionId));
  };
}

function refOf(companyId: string, connectionId: string): ConnectionRef {
  return { companyId, connectionId };
}
