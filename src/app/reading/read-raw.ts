import type { Connection, ConnectionRef } from '../../domain/connection.ts';
import type { ReadRecords, SnapshotAt } from '../ports.ts';
import { heldResource } from './held-resource.ts';
import { type ListWish, type ReadPage, readPage } from './read-page.ts';

/** A page of a resource's rows as FreshBooks gave them, deleted ones too. */
export function makeReadRaw(deps: {
  findConnection: (ref: ConnectionRef) => Promise<Connection>;
  readRawRows: ReadRecords;
  snapshotAt: SnapshotAt;
}) {
  return async (ref: ConnectionRef, resource: string, wish: ListWish): Promise<RawPage> => {
    const { snapshot } = heldResource(await deps.findConnection(ref), resource);
    // Read, and FreshBooks had nothing: there is no state of the books to stay on.
    if (snapshot === undefined) return { results: [], totalResults: 0, snapshot: undefined };
    return readPage({ ...deps, readRecords: deps.readRawRows }, snapshot, wish);
  };
}

type RawPage = Pick<ReadPage, 'results' | 'totalResults'> & { snapshot: string | undefined };
