import type { Connection } from '../../domain/connection.ts';
import type { DataType } from '../../domain/data-types.ts';
import { servedFrom } from '../../domain/history-window.ts';
import { Problem } from '../../domain/problem.ts';
import type { Clock, ReadRawByIds, ReadRecords, SyncSettingsStore } from '../ports.ts';
import type { BooksOf } from './choose-connection.ts';
import { heldSnapshot } from './held-dataset.ts';
import { rowsBehind, withRaw } from './with-raw.ts';

/** Categories are some hundreds at most; a page of this size holds them all. */
const wholeDataset = { page: 1, pageSize: 100_000 };

/** One tracking category with everything below it. `include` raw: each with FreshBooks' own row. */
export function makeReadTree(deps: {
  chooseConnection: (books: BooksOf, dataType: DataType) => Promise<Connection>;
  readRecords: ReadRecords;
  readRawByIds: ReadRawByIds;
  syncSettings: Pick<SyncSettingsStore, 'find'>;
  clock: Clock;
}) {
  return async (books: BooksOf, id: string, include?: 'raw'): Promise<Record<string, unknown>> => {
    const connection = await deps.chooseConnection(books, 'trackingCategories');
    const settings = await deps.syncSettings.find();
    const from = servedFrom('trackingCategories', settings, connection.syncSettings, deps.clock());
    const held = await deps.readRecords(heldSnapshot(connection, 'trackingCategories'), {
      ...wholeDataset,
      ...(from === undefined ? {} : { servedFrom: from }),
    });
    const behind = include === undefined ? undefined : rowsBehind(connection, 'trackingCategories');
    const results = behind ? await withRaw(deps.readRawByIds, held.results, behind) : held.results;
    const root = results.find((record) => record['id'] === id);
    if (root) return withChildren(root, results, new Set());
    throw new Problem('not-found', `There is no tracking category with the id ${id}. Check the id.`);
  };
}

/** `above` ends a circle of parents, which would be a mistake in the books and must not be one of ours. */
function withChildren(
  record: Record<string, unknown>,
  all: readonly Record<string, unknown>[],
  above: ReadonlySet<unknown>,
): Record<string, unknown> {
  const seen = new Set([...above, record['id']]);
  const children = all.filter((child) => child['parentId'] === record['id'] && !seen.has(child['id']));
  return { ...record, subCategories: children.map((child) => withChildren(child, all, seen)) };
}
