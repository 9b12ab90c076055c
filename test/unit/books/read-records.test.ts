import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Objects, ReadRecord, ReadRecords } from '../../../src/app/ports.ts';
import { makeReadRecord, makeReadRecords } from '../../../src/books/read-records.ts';
import { SnapshotReader } from '../../../src/books/snapshot-reader.ts';
import type { SnapshotPointer } from '../../../src/domain/dataset.ts';
import { bookWorld, each, record, target, tinySizes } from './book-world.ts';

const later = '2026-03-03T09:30:00.000Z';
const ids = Array.from({ length: 23 }, (_, n) => String(n + 1));

describe('reading a snapshot of several segments', () => {
  let objects: Objects;
  let snapshot: SnapshotPointer;
  let opened: string[];
  let reader: { readRecords: ReadRecords; readRecord: ReadRecord };

  beforeAll(async () => {
    const world = bookWorld(tinySizes);
    const first = ids.map((id) => record(id, Number(id) % 5));
    const made = await world.books.mergeProjection(target('unified/invoices', 1, undefined), each(first));
    const second = first.map((one) =>
      one.id === '10' ? record('10', 99) : one.id === '11' ? record('11', 1, true) : one,
    );
    const next = target('unified/invoices', 2, made.snapshot, later);
    snapshot = (await world.books.mergeProjection(next, each(second))).snapshot;
    opened = [];
    objects = {
      ...world.objects,
      get: (name) => {
        opened.push(name);
        return world.objects.get(name);
      },
    };
  });

  const fresh = () => {
    opened.length = 0;
    const shared = { objects, reader: new SnapshotReader(objects, 1_000_000) };
    reader = { readRecords: makeReadRecords(shared), readRecord: makeReadRecord(shared) };
    return reader;
  };
  const idsOf = (page: { results: Record<string, unknown>[] }) => page.results.map((one) => one['id']);

  it.each([
    { page: 1, pageSize: 5, expected: ids.slice(0, 5) },
    { page: 3, pageSize: 5, expected: ids.slice(10, 15) },
    { page: 5, pageSize: 5, expected: ids.slice(20) },
    { page: 6, pageSize: 5, expected: [] },
    { page: 1, pageSize: 5000, expected: ids },
  ])('gives page $page of $pageSize in id order', async ({ page, pageSize, expected }) => {
    const read = await fresh().readRecords(snapshot, { page, pageSize });

    expect(idsOf(read)).toEqual(expected);
    expect(read.totalResults).toBe(23);
  });

  it('opens for a page only the segments it lies in', async () => {
    await fresh().readRecords(snapshot, { page: 2, pageSize: 2 });

    // Rows 3 and 4, the last ones of the first segment.
    expect(opened.filter((name) => name.includes('/seg/'))).toHaveLength(1);
  });

  it('serves a record with its dates and whether it is deleted', async () => {
    const changed = await fresh().readRecord(snapshot, '11');
    const untouched = await reader.readRecord(snapshot, '12');

    expect(changed).toEqual({ id: '11', value: 1, modifiedDate: later, metadata: { isDeleted: true } });
    expect(untouched?.['modifiedDate']).toBe('2026-03-02T15:00:00.000Z');
  });

  it('knows no record of another id', async () => {
    expect(await fresh().readRecord(snapshot, '24')).toBeUndefined();
    expect(await reader.readRecord(snapshot, '0')).toBeUndefined();
    expect(await reader.readRecord(snapshot, 'x')).toBeUndefined();
  });

  it('filters, and counts what is left', async () => {
    const read = await fresh().readRecords(snapshot, { page: 2, pageSize: 2, query: 'value=3' });

    expect(idsOf(read)).toEqual(['13', '18']);
    expect(read.totalResults).toBe(5);
  });

  it('orders, equal records in id order', async () => {
    const read = await fresh().readRecords(snapshot, { page: 1, pageSize: 6, orderBy: '-value' });

    expect(idsOf(read)).toEqual(['10', '4', '9', '14', '19', '3']);
    expect(read.totalResults).toBe(23);
  });

  it('leaves out segments whose records all changed at other times', async () => {
    const read = await fresh().readRecords(snapshot, {
      page: 1,
      pageSize: 100,
      query: 'modifiedDate>2026-03-03',
    });

    expect(idsOf(read)).toEqual(['10', '11']);
    expect(opened.filter((name) => name.includes('/seg/')).length).toBeLessThanOrEqual(2);
  });

  it('opens nothing twice', async () => {
    await fresh().readRecords(snapshot, { page: 1, pageSize: 100 });
    const before = opened.length;
    await reader.readRecords(snapshot, { page: 1, pageSize: 100, query: 'value=3', orderBy: 'value' });

    expect(opened).toHaveLength(before);
  });

  it('says that a snapshot is no longer kept', async () => {
    const gone = { ...snapshot, manifest: snapshot.manifest.replace('2.json', '9.json') };

    await expect(fresh().readRecords(gone, { page: 1, pageSize: 1 })).rejects.toMatchObject({
      kind: 'not-found',
    });
  });
});
