import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { RawRow } from '../../../src/app/ports.ts';
import { makeBooks } from '../../../src/books/make-books.ts';
import type { SnapshotPointer } from '../../../src/domain/dataset.ts';
import { memoryObjects } from '../../fakes/objects.ts';
import { all, bookWorld, rawRow, ref, target, tinySizes } from './book-world.ts';
import { faultsOf, ndjson, stored } from './snapshot-reading.ts';

const rows = (from: number, to: number, value: unknown = 'v'): RawRow[] =>
  Array.from({ length: to - from + 1 }, (_, n) => rawRow(String(from + n), value));

describe('a first read', () => {
  it('is held in id order, whatever order it came in', async () => {
    const { books, objects } = bookWorld(tinySizes);
    const collector = books.collectRaw(target('raw/clients', 1, undefined));

    await collector.add(rows(8, 12).toReversed());
    await collector.add(rows(1, 7));
    const { snapshot, changed, held } = await collector.finish();

    expect([changed, held]).toEqual([12, 12]);
    const ids = (await all(books.rawRows(snapshot))).map((row) => row.id);
    expect(ids).toEqual(['1', '2', '3', '4', '5', '6', '7', '8', '9', '10', '11', '12']);
    expect(snapshot && faultsOf(await stored(objects, snapshot))).toEqual([]);
  });

  it('of nothing writes nothing', async () => {
    const { books, objects } = bookWorld();

    const result = await books.collectRaw(target('raw/clients', 1, undefined)).finish();

    expect(result).toEqual({ snapshot: undefined, changed: 0, unannounced: 0, deleted: 0, held: 0 });
    expect(objects.names()).toEqual([]);
  });

  it('keeps rows with text of any kind', async () => {
    const { books } = bookWorld();
    const value = { name: '株式会社 "Ünï\\cøde"\n\u2028', deep: [{ a: null }] };
    const collector = books.collectRaw(target('raw/clients', 1, undefined));

    await collector.add([rawRow('1', value)]);
    const { snapshot } = await collector.finish();

    expect(await all(books.rawRows(snapshot))).toEqual([rawRow('1', value)]);
  });

  it('takes the last of repeated rows, in memory and when spilled', async () => {
    const { books } = bookWorld(tinySizes);
    const collector = books.collectRaw(target('raw/clients', 1, undefined));

    await collector.add(rows(1, 6, 'old'));
    await collector.add(rows(3, 8, 'newer'));
    await collector.add(rows(5, 5, 'newest'));
    const { snapshot } = await collector.finish();

    const values = (await all(books.rawRows(snapshot))).map((row) => row.raw['value']);
    expect(values).toEqual(['old', 'old', 'newer', 'newer', 'newest', 'newer', 'newer', 'newer']);
  });
});

describe('a later read', () => {
  async function twoReads(second: (add: (rows: RawRow[]) => Promise<void>) => Promise<void>, count = 20) {
    const { books, objects } = bookWorld(tinySizes);
    const first = books.collectRaw(target('raw/clients', 1, undefined));
    await first.add(rows(1, count));
    const before = (await first.finish()).snapshot;
    const namesBefore = objects.names();
    const collector = books.collectRaw(target('raw/clients', 2, before));
    await second((changed) => collector.add(changed));
    const result = await collector.finish();
    return { books, objects, before, namesBefore, result };
  }

  it('writes nothing when every row is as it was', async () => {
    const { objects, before, namesBefore, result } = await twoReads((add) => add(rows(3, 6)));

    expect(result).toEqual({ snapshot: before, changed: 0, unannounced: 0, deleted: 0, held: 20 });
    expect(objects.names()).toEqual(namesBefore);
  });

  it('rewrites only the segment it touches', async () => {
    const { objects, before, result } = await twoReads((add) => add([rawRow('9', 'edited')]));

    if (before === undefined || result.snapshot === undefined) throw new Error('no snapshot');
    const names = async (snapshot: SnapshotPointer) =>
      (await stored(objects, snapshot)).segments.map((segment) => segment.name);
    const [old, now] = [await names(before), await names(result.snapshot)];
    const touched = (await stored(objects, before)).segments.findIndex((segment) =>
      segment.rows.some((row) => row.id === '9'),
    );
    expect(now.filter((_, n) => n !== touched)).toEqual(old.filter((_, n) => n !== touched));
    expect(now[touched]).toBe('seg/2-0.ndjson.zst');
  });

  it('gathers single new rows in the last segment until it is full', async () => {
    const { books, objects } = bookWorld(tinySizes);
    let snapshot: SnapshotPointer | undefined;
    for (let n = 1; n <= 30; n += 1) {
      const collector = books.collectRaw(target('raw/clients', n, snapshot));
      await collector.add([rawRow(String(n), 'v')]);
      snapshot = (await collector.finish()).snapshot;
    }

    const counts = snapshot && (await stored(objects, snapshot)).segments.map((segment) => segment.count);
    expect(counts).toEqual([4, 4, 4, 4, 4, 4, 4, 2]);
  });

  it.each([
    { count: 6, counts: [6] },
    { count: 7, counts: [4, 3] },
    { count: 9, counts: [4, 5] },
    { count: 11, counts: [4, 4, 3] },
  ])('cuts $count rows into segments of much the same size', async ({ count, counts }) => {
    const { books, objects } = bookWorld(tinySizes);
    const collector = books.collectRaw(target('raw/clients', 1, undefined));
    await collector.add(rows(1, count));
    const { snapshot } = await collector.finish();

    expect(snapshot && (await stored(objects, snapshot)).segments.map((one) => one.count)).toEqual(counts);
  });

  it('of which an object could not be stored fails', async () => {
    const objects = memoryObjects();
    for (const fails of ['/seg/', '/changes/', '/manifest/', '/spool/']) {
      const books = makeBooks(
        {
          objects: {
            ...objects,
            put: async (name, bytes, type) => {
              if (name.includes(fails)) throw new Error(`${fails} is down`);
              await objects.put(name, bytes, type);
            },
          },
        },
        tinySizes,
      );
      const collector = books.collectRaw(target('raw/clients', 1, undefined));

      await expect(collector.add(rows(1, 9)).then(() => collector.finish())).rejects.toThrow(fails);
    }
  });

  it('tells in the change log what happened to each row, and when it was seen', async () => {
    const { books, objects } = bookWorld();
    const first = books.collectRaw(target('raw/clients', 1, undefined));
    await first.add([rawRow('1', 'a'), rawRow('2', 'b'), rawRow('3', 'c', true), rawRow('4', 'd')]);
    const { snapshot } = await first.finish();
    const later = '2026-03-02T16:00:00.000Z';
    const second = books.collectRaw(target('raw/clients', 2, snapshot, later));

    await second.add([rawRow('1', 'edited'), rawRow('3', 'c'), rawRow('4', 'd', true), rawRow('5', 'e')]);
    await second.finish();

    const log = await ndjson(objects, 'books/company-1/connection-1/changes/clients/2-0.ndjson.zst');
    expect(log).toEqual([
      {
        id: '1',
        h: rawRow('1', 'edited').hash,
        d: false,
        at: later,
        how: 'updated',
        was: '1-0',
        r: { id: '1', value: 'edited' },
      },
      {
        id: '3',
        h: rawRow('3', 'c').hash,
        d: false,
        at: later,
        how: 'restored',
        was: '1-0',
        r: { id: '3', value: 'c' },
      },
      {
        id: '4',
        h: rawRow('4', 'd').hash,
        d: true,
        at: later,
        how: 'deleted',
        was: '1-0',
        r: { id: '4', value: 'd' },
      },
      { id: '5', h: rawRow('5', 'e').hash, d: false, at: later, how: 'created', r: { id: '5', value: 'e' } },
    ]);
  });

  it('marks what vanished as deleted with its last values, once', async () => {
    const { books } = bookWorld();
    const first = books.collectRaw(target('raw/taxes', 1, undefined));
    await first.add([rawRow('1', 'a'), rawRow('2', 'b')]);
    const { snapshot } = await first.finish();
    const second = books.collectRaw(target('raw/taxes', 2, snapshot));
    await second.vanish(['2', '77']);
    const gone = await second.finish();
    const third = books.collectRaw(target('raw/taxes', 3, gone.snapshot));
    await third.vanish(['2']);

    expect(await third.finish()).toEqual({
      snapshot: gone.snapshot,
      changed: 0,
      unannounced: 0,
      deleted: 1,
      held: 1,
    });
    expect(await all(books.rawRows(gone.snapshot))).toEqual([rawRow('1', 'a'), rawRow('2', 'b', true)]);
    expect(await books.heldIds(gone.snapshot)).toEqual(new Set(['1']));
    expect(await books.heldDeletedIds(gone.snapshot)).toEqual(new Set(['2']));
  });

  it('brings back what had vanished when it is listed again', async () => {
    const { books } = bookWorld();
    const first = books.collectRaw(target('raw/taxes', 1, undefined));
    await first.add([rawRow('1', 'a')]);
    const second = books.collectRaw(target('raw/taxes', 2, (await first.finish()).snapshot));
    await second.vanish(['1']);
    const third = books.collectRaw(target('raw/taxes', 3, (await second.finish()).snapshot));
    await third.add([rawRow('1', 'a')]);

    expect(await all(books.rawRows((await third.finish()).snapshot))).toEqual([rawRow('1', 'a')]);
  });
});

describe('a worker that hands on', () => {
  it('leaves the next one all that it had read', async () => {
    const { books } = bookWorld(tinySizes);
    const first = books.collectRaw(target('raw/clients', 1, undefined));
    await first.add(rows(1, 7, 'old'));
    const left: unknown = JSON.parse(JSON.stringify(await first.suspend()));

    const second = books.collectRaw(target('raw/clients', 2, undefined));
    await second.resume(left);
    await second.add(rows(6, 9, 'new'));
    const { snapshot } = await second.finish();

    const values = (await all(books.rawRows(snapshot))).map((row) => row.raw['value']);
    expect(values).toEqual(['old', 'old', 'old', 'old', 'old', 'new', 'new', 'new', 'new']);
  });
});

it('is what a plain reading of the same history is, and every snapshot stays as it was', async () => {
  const id = fc.integer({ min: 1, max: 60 }).map(String);
  const change = fc.record({ id, value: fc.integer({ min: 0, max: 3 }), deleted: fc.boolean() });
  const run = fc.record({
    pages: fc.array(fc.array(change, { maxLength: 12 }), { maxLength: 5 }),
    vanish: fc.array(id, { maxLength: 3 }),
    handOnAfter: fc.option(fc.nat(4), { nil: undefined }),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(run, { minLength: 1, maxLength: 5 }), async (history) => {
      const { books, objects } = bookWorld(tinySizes);
      const model = new Map<string, RawRow>();
      const past: { snapshot: SnapshotPointer; rows: RawRow[] }[] = [];
      let snapshot: SnapshotPointer | undefined;
      for (const [n, { pages, vanish, handOnAfter }] of history.entries()) {
        let collector = books.collectRaw(target('raw/clients', 2 * n, snapshot));
        for (const [at, page] of pages.entries()) {
          const added = page.map((row) => rawRow(row.id, row.value, row.deleted));
          await collector.add(added);
          for (const row of added) model.set(row.id, row);
          if (handOnAfter !== at) continue;
          const left = await collector.suspend();
          collector = books.collectRaw(target('raw/clients', 2 * n + 1, snapshot));
          await collector.resume(left);
        }
        await collector.vanish(vanish);
        // A row that was read in the same run is there, whatever a list lacked.
        const read = new Set(pages.flat().map((row) => row.id));
        for (const gone of vanish.filter((one) => !read.has(one))) {
          const row = model.get(gone);
          if (row !== undefined) model.set(gone, { ...row, deleted: true });
        }
        snapshot = (await collector.finish()).snapshot;
        const expected = [...model.values()].sort((a, b) => Number(a.id) - Number(b.id));
        expect(await all(books.rawRows(snapshot))).toEqual(expected);
        const deleted = expected.filter((row) => row.deleted).map((row) => row.id);
        expect([...(await books.heldDeletedIds(snapshot))]).toEqual(deleted);
        expect((await books.heldIds(snapshot)).size).toBe(expected.length - deleted.length);
        if (snapshot === undefined) continue;
        expect(faultsOf(await stored(objects, snapshot))).toEqual([]);
        expect(
          Math.max(0, ...(await stored(objects, snapshot)).segments.map((one) => one.count)),
        ).toBeLessThan(9);
        past.push({ snapshot, rows: expected });
      }
      for (const { snapshot: old, rows: then } of past) expect(await all(books.rawRows(old))).toEqual(then);
      await books.erase(ref);
      expect(objects.names()).toEqual([]);
    }),
    { numRuns: 40 },
  );
}, 300_000);
