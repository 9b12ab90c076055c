import type { Connection, ConnectionRef } from '../../domain/connection.ts';
import { resourceHealth } from '../../domain/connection-health.ts';
import type { PullStatus, ResourceState } from '../../domain/dataset.ts';
import type { Health } from '../../domain/health.ts';
import type { Instant } from '../../domain/instant.ts';
import type { ReadRecords, SnapshotAt } from '../ports.ts';
import type { LookAround } from './diagnose.ts';
import { heldResource, lastWholeRead } from './held-resource.ts';
import { type ListWish, type ReadPage, readPage } from './read-page.ts';

/** A page of a resource's rows as FreshBooks gave them, deleted ones too. */
export function makeReadRaw(deps: {
  findConnection: (ref: ConnectionRef) => Promise<Connection>;
  readRawRows: ReadRecords;
  snapshotAt: SnapshotAt;
  lookAround: LookAround;
}) {
  return async (ref: ConnectionRef, resource: string, wish: ListWish): Promise<RawPage> => {
    const connection = await deps.findConnection(ref);
    const state = heldResource(connection, resource);
    const { snapshot } = state;
    const health = resourceHealth(connection, state, await deps.lookAround());
    const now = { ...standing(state), health, linkToken: connection.linkToken };
    // Read, and FreshBooks had nothing: there is no state of the books to stay on.
    if (snapshot === undefined) return { ...now, results: [], totalResults: 0, snapshot: undefined };
    return { ...now, ...(await readPage({ ...deps, readRecords: deps.readRawRows }, snapshot, wish)) };
  };
}

type RawPage = Pick<ReadPage, 'results' | 'totalResults'> &
  Standing & { snapshot: string | undefined; health: Health; linkToken: string };

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
