import type { Connection, ConnectionRef } from '../../domain/connection.ts';
import { Problem } from '../../domain/problem.ts';
import type { ReadChanges, RowChange } from '../ports.ts';
import { heldResource } from '../reading/held-resource.ts';
import { snapshotGone, snapshotOf, tokenOf } from '../reading/snapshot-token.ts';

type Wish = { page: number; pageSize: number; snapshot?: string | undefined };
type HistoryPage = { results: RowChange[]; totalResults: number; snapshot: string };

/** The changes of one row of a resource, newest first, as we saw them; `snapshot` keeps later pages on this list. */
export function makeRowHistory(deps: {
  findConnection: (ref: ConnectionRef) => Promise<Connection>;
  readChanges: ReadChanges;
}) {
  return async (ref: ConnectionRef, resource: string, id: string, wish: Wish): Promise<HistoryPage> => {
    const { snapshot: current } = heldResource(await deps.findConnection(ref), resource);
    if (current === undefined) throw noRow(resource, id);
    const snapshot = wish.snapshot === undefined ? current : snapshotOf(wish.snapshot, current);
    const changes = await deps.readChanges(snapshot, id, wish).catch((cause: unknown) => {
      const swept = cause instanceof Problem && cause.kind === 'not-found';
      throw swept && wish.snapshot !== undefined ? snapshotGone(cause) : cause;
    });
    if (changes === undefined) throw noRow(resource, id);
    return { ...changes, snapshot: tokenOf(snapshot) };
  };
}

function noRow(resource: string, id: string): Problem {
  return new Problem('not-found', `There is no record with the id ${id} in ${resource}. Check the id.`);
}
