import type { Connection } from '../../domain/connection.ts';
import type { DataType } from '../../domain/data-types.ts';
import type { SnapshotPointer } from '../../domain/dataset.ts';
import { Problem } from '../../domain/problem.ts';
import { madeOf } from '../../domain/projected-from.ts';
import type { ReadRawByIds } from '../ports.ts';
import { snapshotGone } from './snapshot-token.ts';

type Records = Record<string, unknown>[];

/** The resource whose rows become a data type's records, and its current snapshot; none when there is no such row. */
export function rowsBehind(
  connection: Connection,
  dataType: DataType,
): { resource: string; snapshot: SnapshotPointer } | undefined {
  const from = connection.datasets[dataType]?.projectedFrom ?? '';
  const [first] = madeOf(from, connection.resources);
  const snapshot = first && connection.resources[first.resource]?.snapshot;
  return first && snapshot && { resource: first.resource, snapshot };
}

/**
 * Records with the row that FreshBooks gave for each, in `supplementalData.content` under the resource's name. A record
 * that is not one row (a tax rate of two taxes) has none.
 */
export async function withRaw(
  readRawByIds: ReadRawByIds,
  records: Records,
  { resource, snapshot }: { resource: string; snapshot: Pick<SnapshotPointer, 'manifest'> },
): Promise<Records> {
  const ids = records.flatMap(({ id }) => (typeof id === 'string' ? [id] : []));
  const rows = await readRawByIds(snapshot, ids).catch((cause: unknown) => {
    if (cause instanceof Problem && cause.kind === 'not-found') throw snapshotGone(cause);
    throw cause;
  });
  return records.map((record) => {
    const row = typeof record['id'] === 'string' ? rows.get(record['id']) : undefined;
    return row === undefined ? record : { ...record, supplementalData: { content: { [resource]: row } } };
  });
}
