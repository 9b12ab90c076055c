import type { ReadRecord, ReadRecords } from '../../../src/app/ports.ts';
import type { SnapshotPointer } from '../../../src/domain/dataset.ts';
import { isServed } from '../../../src/domain/history-window.ts';
import { Problem } from '../../../src/domain/problem.ts';
import { parseOrderBy, parseQuery } from '../../../src/domain/query.ts';

type Row = Record<string, unknown> & { id: string };

/** Snapshots in memory: a pointer for every list of records that is kept, read as the API reads them. */
export function memoryBooks() {
  const kept = new Map<string, readonly Row[]>();
  const rowsOf = (snapshot: SnapshotPointer): readonly Row[] => {
    const rows = kept.get(snapshot.manifest);
    if (!rows) throw new Problem('not-found', `no object ${snapshot.manifest}`);
    return rows;
  };
  const readRecords: ReadRecords = async (snapshot, { page, pageSize, query, orderBy, servedFrom }) => {
    const served = rowsOf(snapshot).filter((row) => isServed(row, servedFrom));
    const rows = served.filter(query === undefined ? () => true : parseQuery(query));
    const ordered = orderBy === undefined ? rows : rows.toSorted(parseOrderBy(orderBy));
    return {
      results: ordered.slice((page - 1) * pageSize, page * pageSize),
      totalResults: ordered.length,
    };
  };
  const readRecord: ReadRecord = async (snapshot, id) => rowsOf(snapshot).find((row) => row.id === id);
  return {
    readRecords,
    readRecord,
    /** Keeps rows as the snapshot of that number and answers the pointer to it. */
    keep(dataType: string, number: number, rows: readonly Row[]): SnapshotPointer {
      const manifest = `books/company-1/connection-1/unified/${dataType}/manifest/${number}.json`;
      kept.set(manifest, rows);
      return { manifest, count: rows.length, digest: `digest-${number}` };
    },
    /** What the sweeper does to a snapshot that is no longer needed. */
    sweep(snapshot: SnapshotPointer): void {
      kept.delete(snapshot.manifest);
    },
  };
}
