import type { Connection, ConnectionRef } from '../../domain/connection.ts';
import type { PullStatus, ResourceState } from '../../domain/dataset.ts';
import type { Instant } from '../../domain/instant.ts';
import type { ReadRecords, SnapshotAt } from '../ports.ts';
import { heldResource, lastWholeRead } from './held-resource.ts';
import { type ListWish, type ReadPage, readPage } from './read-page.ts';

/** A page of a resource's rows as FreshBooks gave them, deleted ones too. */
export function makeReadRaw(deps: {
  findConnection: (ref: ConnectionRef) => Promise<Connection>;
  readRawRows: ReadRecords;
  snapshotAt: SnapshotAt;
}) {
  return async (ref: ConnectionRef, resource: string, wish: ListWish): Promise<RawPage> => {
    const state = heldResource(await deps.findConnection(ref), resource);
    const { snapshot } = state;
    const now = standing(state);
    // Read, and FreshBooks had nothing: there is no state of the books to stay on.
    if (snapshot === undefined) return { ...now, results: [], totalResults: 0, snapshot: undefined };
    return { ...now, ...(await readPage({ ...deps, readRecords: deps.readRawRows }, snapshot, wish)) };
  };
}

type RawPage = Pick<ReadPage, 'results' | 'totalResults'> & Standing & { snapshot: string | undefined };

/** How the resource stands now, whatever state of the books a page shows. */
type Standing = { status: PullStatus; message?: string; lastSuccessfulSync?: Instant };

function standing(state: ResourceState): Standing {
  const whole = lastWholeRead(state);
  const read = whole === undefined ? {} : { lastSuccessfulSync: whole };
  const { trouble } = state;
  return trouble === undefined
    ? { status: 'Complete', ...read }
    : { status: trouble.status, message: trouble.message, ...read };
}
