import type { Objects, SweepOrder } from '../app/ports.ts';
import { bookObjectOf } from './object-kinds.ts';
import { connectionPrefix } from './object-names.ts';
import { makeSnapshotAt } from './snapshot-at.ts';
import { SnapshotReader } from './snapshot-reader.ts';
import { type Listed, sweptOfSeries } from './sweep-series.ts';

/** As many names as one removal takes. */
const batch = 1000;

/**
 * Removes what nothing refers to from a connection's books: objects of runs that never published, what a run left
 * behind, and snapshots and changes older than what is kept. It asks no object's age: a worker may only publish under
 * the epoch it was given, so of an epoch that is over either the published snapshots name an object or nobody ever
 * will. Every removal stands for itself, so a sweep that dies is gone on with by the next. Objects whose names are of
 * no known kind stay.
 */
export async function sweepBooks(
  objects: Objects,
  order: SweepOrder,
): Promise<{ removed: number; done: boolean }> {
  const snapshotAt = makeSnapshotAt({ reader: new SnapshotReader(objects, 32_000_000) });
  const found = await listBySeries(objects, order);
  let removed = 0;
  for (const [series, listed] of found) {
    if (!order.goOn()) return { removed, done: false };
    if (!standsAsNamed(listed, order, series)) continue;
    const gone =
      series === ''
        ? listed.filter((one) => isLeftOver(one, order)).map(({ name }) => name)
        : await sweptOfSeries({ objects, snapshotAt }, listed, order);
    const done = await removeInOrder(objects, gone, order.goOn);
    removed += done;
    if (done < gone.length) return { removed, done: false };
  }
  return { removed, done: true };
}

async function listBySeries(objects: Objects, order: SweepOrder): Promise<Map<string, Listed[]>> {
  const prefix = connectionPrefix(order.ref);
  const bySeries = new Map<string, Listed[]>();
  for await (const name of objects.list(prefix)) {
    const object = bookObjectOf(name.slice(prefix.length));
    if (object === undefined) continue;
    const listed = bySeries.get(object.series) ?? [];
    bySeries.set(object.series, listed);
    listed.push({ ...object, name });
  }
  return bySeries;
}

/** Where a snapshot that is named is not there, nothing can be told of the others: a person has to look. */
function standsAsNamed(listed: readonly Listed[], { ref, named }: SweepOrder, series: string): boolean {
  const manifests = `${connectionPrefix(ref)}${series}/manifest/`;
  const there = new Set(listed.map(({ name }) => name));
  return [...named.keys()].every((name) => !name.startsWith(manifests) || there.has(name));
}

/** Run records, spooled rows and journals that the connection names no more, and papers: they are fetched again. */
function isLeftOver({ kind, name, epoch }: Listed, { named, upTo, spoolInUse }: SweepOrder): boolean {
  if (epoch > upTo || named.has(name)) return false;
  return kind === 'paper' || kind === 'history' || (kind === 'spool' && !spoolInUse);
}

/** Manifests one after the other, the rest many at a time; how many were removed before time was up. */
async function removeInOrder(
  objects: Objects,
  names: readonly string[],
  goOn: () => boolean,
): Promise<number> {
  const firstOther = names.findIndex((name) => !name.includes('/manifest/'));
  const manifests = firstOther < 0 ? names.length : firstOther;
  let done = 0;
  while (done < names.length && goOn()) {
    const some = done < manifests ? 1 : batch;
    await objects.remove(names.slice(done, done + some));
    done = Math.min(names.length, done + some);
  }
  return done;
}
