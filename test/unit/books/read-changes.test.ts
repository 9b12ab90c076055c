import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { makeReadChanges } from '../../../src/books/read-changes.ts';
import type { SnapshotPointer } from '../../../src/domain/dataset.ts';
import { plusSeconds } from '../../../src/domain/instant.ts';
import { start } from '../../fakes/builders.ts';
import { memoryObjects } from '../../fakes/objects.ts';
import { bookWorld, rawRow, target, tinySizes } from './book-world.ts';

type Seen = { value: string; deleted: boolean };

/** Runs that each read these rows; `vanished` ones are found missing instead. Answers every snapshot there was. */
async function runs(reads: readonly { rows: Record<string, Seen>; vanished?: readonly string[] }[]) {
  let opened: string[] = [];
  const plain = memoryObjects();
  const objects = {
    ...plain,
    get: (name: string) => {
      opened.push(name);
      return plain.get(name);
    },
  };
  const { books } = bookWorld(tinySizes, objects);
  const snapshots: (SnapshotPointer | undefined)[] = [];
  for (const [n, { rows, vanished = [] }] of reads.entries()) {
    const at = plusSeconds(start, n * 3600);
    const collector = books.collectRaw(target('raw/clients', n + 1, snapshots.at(-1), at));
    await collector.add(Object.entries(rows).map(([id, row]) => rawRow(id, row.value, row.deleted)));
    await collector.vanish(vanished);
    snapshots.push((await collector.finish()).snapshot);
  }
  const read = async (id: string, page = 1, pageSize = 100, snapshot = snapshots.at(-1)) => {
    opened = [];
    if (snapshot === undefined) throw new Error('no snapshot');
    return makeReadChanges({ objects })(snapshot, id, { page, pageSize });
  };
  return { read, snapshots, objects: plain, opened: () => opened };
}

const seen = (value: string, deleted = false): Seen => ({ value, deleted });
const hours = (n: number) => plusSeconds(start, n * 3600);

describe('the changes of a row', () => {
  it('come newest first, each with when it was seen, how, and the row from then on', async () => {
    const { read } = await runs([
      { rows: { '1': seen('a'), '2': seen('x') } },
      { rows: { '1': seen('a'), '2': seen('y') } },
      { rows: { '1': seen('b') } },
      { rows: { '1': seen('b', true) } },
      { rows: { '1': seen('c') } },
      { rows: {}, vanished: ['1'] },
    ]);

    expect(await read('1')).toEqual({
      totalResults: 5,
      results: [
        { at: hours(5), how: 'deleted', row: { id: '1', value: 'c' } },
        { at: hours(4), how: 'restored', row: { id: '1', value: 'c' } },
        { at: hours(3), how: 'deleted', row: { id: '1', value: 'b' } },
        { at: hours(2), how: 'updated', row: { id: '1', value: 'b' } },
        { at: hours(0), how: 'created', row: { id: '1', value: 'a' } },
      ],
    });
  });

  it('are read without those of other rows, page by page, as of any snapshot', async () => {
    const many = (value: string) =>
      Object.fromEntries(Array.from({ length: 30 }, (_, n) => [String(n + 1), seen(`${value}${n}`)]));
    const { read, snapshots, opened } = await runs([
      { rows: many('a') },
      ...['b', 'c', 'd', 'e'].map((value) => ({ rows: { '7': seen(value) } })),
      ...['f', 'g'].map((value) => ({ rows: { '8': seen(value) } })),
    ]);

    const second = await read('7', 2, 2);
    expect(second).toMatchObject({ totalResults: 5, results: [{ at: hours(2) }, { at: hours(1) }] });
    expect(opened().filter((name) => name.includes('/changes/'))).toHaveLength(4);
    expect(await read('7', 1, 10, snapshots[2])).toMatchObject({ totalResults: 3 });
    expect(await read('31')).toBeUndefined();
  });

  it('end where the log is no longer kept', async () => {
    const { read, objects } = await runs(['a', 'b', 'c'].map((value) => ({ rows: { '1': seen(value) } })));
    await objects.remove(['books/company-1/connection-1/changes/clients/2-0.ndjson.zst']);

    expect(await read('1')).toEqual({
      totalResults: 3,
      results: [{ at: hours(2), how: 'updated', row: { id: '1', value: 'c' } }],
    });
  });

  it('are all there, whatever the runs see of whichever rows', async () => {
    const row = fc.record({ value: fc.constantFrom('a', 'b'), deleted: fc.boolean() });
    const run = fc.dictionary(fc.integer({ min: 1, max: 12 }).map(String), row, { minKeys: 1 });
    await fc.assert(
      fc.asyncProperty(fc.array(run, { minLength: 1, maxLength: 8 }), async (reads) => {
        const { read } = await runs(reads.map((rows) => ({ rows })));
        for (const id of new Set(reads.flatMap((rows) => Object.keys(rows)))) {
          const states: string[] = [];
          for (const rows of reads) {
            const now = rows[id];
            if (now !== undefined && now.value + now.deleted !== states.at(-1))
              states.push(now.value + now.deleted);
          }
          const changes = await read(id);
          expect(changes?.results.map(({ row: held }) => held['value'])).toEqual(
            states.toReversed().map((state) => state.charAt(0)),
          );
          expect(changes?.totalResults).toBe(states.length);
        }
      }),
      { numRuns: 60 },
    );
  });
});
