import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { search, thinned } from '../../../src/books/earlier.ts';
import { Manifest } from '../../../src/books/manifest.ts';
import { makeSnapshotAt } from '../../../src/books/snapshot-at.ts';
import { SnapshotReader } from '../../../src/books/snapshot-reader.ts';
import type { SnapshotPointer } from '../../../src/domain/dataset.ts';
import { plusSeconds } from '../../../src/domain/instant.ts';
import { start } from '../../fakes/builders.ts';
import { bookWorld, each, record, target } from './book-world.ts';

const hour = (hours: number) => plusSeconds(start, hours * 3600);

/** A series of snapshots, each published after so many hours; `opened` counts what finding one opens. */
async function makeSeries(hours: readonly number[]) {
  const { books, objects } = bookWorld();
  const published: SnapshotPointer[] = [];
  for (const [n, at] of hours.entries()) {
    const next = target('unified/invoices', n + 1, published.at(-1));
    const { snapshot } = await books.mergeProjection(next, each([record('1', n)]));
    published.push({ ...snapshot, since: hour(at) });
  }
  let opened = 0;
  const counted = {
    ...objects,
    get: (name: string) => {
      opened += 1;
      return objects.get(name);
    },
  };
  const find = (current: SnapshotPointer, at: string) => {
    opened = 0;
    return makeSnapshotAt({ reader: new SnapshotReader(counted, 10_000_000) })(current, at);
  };
  return { published, objects, find, opened: () => opened };
}

describe('the snapshot of an instant', () => {
  it('is the one that was the published one then, whichever instant and however long ago', async () => {
    const hours = Array.from({ length: 150 }, (_, n) => n * 3 + (n % 3));
    const { published, find, opened } = await makeSeries(hours);
    const [current] = published.slice(-1);
    if (current === undefined) throw new Error('nothing was published');

    for (let at = -1; at < 460; at += 0.5) {
      const expected = published.findLast(({ since = '' }) => since <= hour(at));
      expect(await find(current, hour(at))).toEqual(expected);
      expect(opened()).toBeLessThanOrEqual(6);
    }
  });

  it('is none before the first, and the first while there is no other', async () => {
    const { published, find } = await makeSeries([5]);
    const [only] = published;
    if (only === undefined) throw new Error('nothing was published');

    expect(await find(only, hour(4))).toBeUndefined();
    expect(await find(only, hour(5))).toEqual(only);
    expect(await find(only, hour(5000))).toEqual(only);
  });

  it('is refused when it, or what leads to it, is no longer kept', async () => {
    const { published, objects, find } = await makeSeries(Array.from({ length: 40 }, (_, n) => n));
    const current = published[39];
    if (current === undefined) throw new Error('nothing was published');
    await objects.remove(published.slice(0, 20).map(({ manifest }) => manifest));

    for (const at of [0, 7, 19]) {
      await expect(find(current, hour(at))).rejects.toMatchObject({ kind: 'not-found' });
    }
    expect(await find(current, hour(20))).toEqual(published[20]);
  });
});

describe('what manifests name of those before', () => {
  it('stays few, however many there are, and leads to each of them in a few steps', () => {
    const lists = [thinned([], 1)];
    for (let generation = 2; generation <= 20_000; generation += 1) {
      const last = {
        generation: generation - 1,
        since: hour(generation - 1),
        file: `${generation - 1}.json`,
      };
      lists.push(thinned([...(lists[generation - 2] ?? []), last], generation));
    }

    expect(Math.max(...lists.map((list) => list.length))).toBeLessThan(60);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 19_999 }), (wanted) => {
        let [at, steps] = [20_000, 0];
        for (; steps < 8; steps += 1) {
          const step = search(lists[at - 1] ?? [], at, hour(wanted + 0.5));
          if (step.kind === 'none') break;
          at = step.one.generation;
          if (step.kind === 'found') break;
        }
        expect(at).toBe(wanted);
        expect(steps).toBeLessThan(8);
      }),
    );
  });

  it('are nothing in manifests written before there were names', () => {
    const bare = { version: 1, generation: 3, count: 0, deleted: 0, digest: '', segments: [], changes: [] };

    expect(Manifest.parse(bare).earlier).toEqual([]);
  });
});
