import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { UnifiedRecord } from '../../../src/app/ports.ts';
import type { SnapshotPointer } from '../../../src/domain/dataset.ts';
import { start } from '../../fakes/builders.ts';
import { bookWorld, each, record, target, tinySizes } from './book-world.ts';
import { faultsOf, stored } from './snapshot-reading.ts';

const later = '2026-03-02T16:00:00.000Z';
const name = 'unified/invoices';
const records = (count: number, value = 'v'): UnifiedRecord[] =>
  Array.from({ length: count }, (_, n) => record(String(n + 1), value));

async function projectedTwice(second: UnifiedRecord[], keep?: (id: string) => boolean) {
  const { books, objects } = bookWorld(tinySizes);
  const first = await books.mergeProjection(target(name, 1, undefined), each(records(20)));
  const before = objects.names();
  const result = await books.mergeProjection(target(name, 2, first.snapshot, later), each(second), keep);
  return { objects, before, first: first.snapshot, ...result };
}

describe('a projection', () => {
  it('of nothing is a snapshot of nothing', async () => {
    const { books, objects } = bookWorld();

    const { snapshot, changed } = await books.mergeProjection(target(name, 1, undefined), each([]));

    expect([snapshot.count, changed]).toEqual([0, 0]);
    expect(faultsOf(await stored(objects, snapshot))).toEqual([]);
  });

  it('like the last one writes nothing', async () => {
    const { objects, before, first, snapshot, changed } = await projectedTwice(records(20));

    expect([snapshot, changed]).toEqual([first, 0]);
    expect(objects.names()).toEqual(before);
  });

  it('opens no segment that is as it was', async () => {
    const { books, objects } = bookWorld(tinySizes);
    const { snapshot } = await books.mergeProjection(target(name, 1, undefined), each(records(20)));
    await objects.remove(objects.names().filter((one) => one.includes('/seg/1-0')));
    const next = records(20).map((one) => (one.id === '20' ? record('20', 'edited') : one));

    const { changed } = await books.mergeProjection(target(name, 2, snapshot, later), each(next));

    expect(changed).toBe(1);
  });

  it('of the same content with its keys in another order is the same', async () => {
    const shuffled = records(20).map(({ id, deleted, record: { metadata, value } }) => ({
      id,
      deleted,
      record: { metadata, value, id },
    }));

    expect((await projectedTwice(shuffled)).changed).toBe(0);
  });

  it('moves modifiedDate only where the record changed, and rewrites only its segment', async () => {
    const next = records(20).map((one) => (one.id === '7' ? record('7', 'edited') : one));

    const { objects, first, snapshot, changed } = await projectedTwice(next);

    const rows = (await stored(objects, snapshot)).segments.flatMap((segment) => segment.rows);
    expect(changed).toBe(1);
    expect(rows.filter((row) => row.m === later).map((row) => row.id)).toEqual(['7']);
    expect(rows.filter((row) => row.m === start)).toHaveLength(19);
    const kept = (await stored(objects, first)).segments.map((segment) => segment.name);
    const now = (await stored(objects, snapshot)).segments.map((segment) => segment.name);
    expect(now.filter((segment) => !kept.includes(segment))).toHaveLength(1);
  });

  it('without a record it had marks it deleted with its last values, once', async () => {
    const { books, objects } = bookWorld(tinySizes);
    const first = await books.mergeProjection(target(name, 1, undefined), each(records(9)));
    const rest = records(9).filter((one) => one.id !== '5');
    const second = await books.mergeProjection(target(name, 2, first.snapshot, later), each(rest));

    const third = await books.mergeProjection(target(name, 3, second.snapshot), each(rest));

    expect([second.changed, third.changed]).toEqual([1, 0]);
    const rows = (await stored(objects, third.snapshot)).segments.flatMap((segment) => segment.rows);
    expect(rows.find((row) => row.id === '5')).toMatchObject({
      d: true,
      m: later,
      r: { id: '5', value: 'v', metadata: { isDeleted: true } },
    });
  });

  it('without a record that could not be mapped leaves what is held of it', async () => {
    const rest = records(20).filter((one) => one.id !== '5');

    const { changed, snapshot, first } = await projectedTwice(rest, (id) => id === '5');

    expect([changed, snapshot]).toEqual([0, first]);
  });

  it('out of order is refused before anything is published', async () => {
    const { books } = bookWorld();
    const mixed = [record('10', 'v'), record('9', 'v')];

    await expect(books.mergeProjection(target(name, 1, undefined), each(mixed))).rejects.toMatchObject({
      kind: 'broken',
    });
  });
});

it('is what a plain merge of the same history is', async () => {
  const state = fc.dictionary(
    fc.integer({ min: 1, max: 40 }).map(String),
    fc.record({ value: fc.nat(2), deleted: fc.boolean() }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(state, { minLength: 1, maxLength: 6 }), async (history) => {
      const { books, objects } = bookWorld(tinySizes);
      const model = new Map<string, { value: unknown; deleted: boolean; modified: string }>();
      let snapshot: SnapshotPointer | undefined;
      for (const [n, projected] of history.entries()) {
        const now = new Date(Date.UTC(2026, 2, 2, n)).toISOString();
        const ids = Object.keys(projected).sort((a, b) => Number(a) - Number(b));
        const given = ids.map((id) => record(id, projected[id]?.value, projected[id]?.deleted));
        snapshot = (await books.mergeProjection(target(name, n + 1, snapshot, now), each(given))).snapshot;
        for (const { id, deleted } of given) {
          const [before, value] = [model.get(id), projected[id]?.value];
          const same = before?.value === value && before?.deleted === deleted;
          model.set(id, { value, deleted, modified: same ? (before?.modified ?? now) : now });
        }
        for (const [id, held] of model) {
          if (!ids.includes(id) && !held.deleted) model.set(id, { ...held, deleted: true, modified: now });
        }
        const found = await stored(objects, snapshot);
        expect(faultsOf(found)).toEqual([]);
        expect(found.generation).toBeLessThanOrEqual(n + 1);
        const rows = found.segments.flatMap((segment) => segment.rows);
        expect(rows.map((row) => [row.id, row.r['value'], row.d, row.m, row.r['metadata']])).toEqual(
          [...model]
            .sort(([a], [b]) => Number(a) - Number(b))
            .map(([id, held]) => [id, held.value, held.deleted, held.modified, { isDeleted: held.deleted }]),
        );
        for (const segment of found.segments) {
          const times = segment.rows.map((row) => row.m ?? '').sort();
          expect([segment.modifiedFrom, segment.modifiedTo]).toEqual([times[0], times.at(-1)]);
        }
      }
    }),
    { numRuns: 40 },
  );
}, 300_000);
