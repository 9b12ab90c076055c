import type { Connection } from '../../domain/connection.ts';
import type { DataType } from '../../domain/data-types.ts';
import type { SnapshotPointer } from '../../domain/dataset.ts';
import { servedFrom } from '../../domain/history-window.ts';
import type { Instant } from '../../domain/instant.ts';
import type { Clock, ReadRawByIds, ReadRecords, SnapshotAt, SyncSettingsStore } from '../ports.ts';
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
  syncSettings: Pick<SyncSettingsStore, 'find'>;
  clock: Clock;
};

/** `include` raw: each record with the row that FreshBooks gave for it. */
type Wish = ListWish & { include?: 'raw' | undefined };

/** A page of a data type, and the token that keeps later pages on the same state of the books. */
export function makeReadList(deps: Deps) {
  return async (books: BooksOf, dataType: DataType, wish: Wish): Promise<ReadPage> => {
    const [connection, settings] = await Promise.all([
      deps.chooseConnection(books, dataType),
      deps.syncSettings.find(),
    ]);
    const from = servedFrom(dataType, settings, connection.syncSettings, instantOf(wish, deps.clock()));
    const page = await readPage(deps, heldSnapshot(connection, dataType), { ...wish, servedFrom: from });
    const behind = wish.include === undefined ? undefined : rowsBehind(connection, dataType);
    if (behind === undefined) return page;
    const snapshot = await rawState(deps, behind.snapshot, wish);
    const results = await withRaw(deps.readRawByIds, page.results, { ...behind, snapshot });
    const beginning = page.servedFrom === undefined ? {} : { servedFrom: page.servedFrom };
    return { ...page, results, snapshot: tokenOf(page.shown, { raw: snapshot, ...beginning }) };
  };
}

/** From where months count back: the instant asked for, unless it is still to come. */
function instantOf({ asOf }: Wish, now: Instant): Instant {
  return asOf !== undefined && asOf < now ? asOf : now;
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
