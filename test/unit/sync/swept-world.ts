import type { Objects } from '../../../src/app/ports.ts';
import { readManifest } from '../../../src/books/manifest.ts';
import { makeReadChanges } from '../../../src/books/read-changes.ts';
import { makeReadRecords } from '../../../src/books/read-records.ts';
import { makeSnapshotAt } from '../../../src/books/snapshot-at.ts';
import { SnapshotReader } from '../../../src/books/snapshot-reader.ts';
import type { DataType } from '../../../src/domain/data-types.ts';
import type { SnapshotPointer } from '../../../src/domain/dataset.ts';
import { plusSeconds } from '../../../src/domain/instant.ts';
import { type MemoryObjects, memoryObjects } from '../../fakes/objects.ts';
import { Killer } from './killer.ts';
import { syncWorld } from './sync-world.ts';

const keptDays = 2;
export const daySeconds = 86_400;

/** A world whose every object is also kept in an archive that nobody sweeps: what readers would see without a sweep. */
export async function sweptWorld() {
  const killer = new Killer();
  const archive = memoryObjects();
  const archived = (real: MemoryObjects): MemoryObjects => ({
    ...real,
    put: async (name, bytes, type) => {
      await archive.put(name, bytes, type);
      await real.put(name, bytes, type);
    },
  });
  const world = await syncWorld(
    {},
    {
      connections: (real) => killer.connections(real),
      objects: (real) => killer.objects(archived(real)),
    },
  );
  await world.retention.save({ days: keptDays });
  const pointers = new Map<string, SnapshotPointer>();
  /** Every pointer that readers were ever shown. */
  const look = async (): Promise<void> => {
    const { datasets, resources } = await world.connection();
    for (const { snapshot } of [...Object.values(datasets), ...Object.values(resources)]) {
      if (snapshot !== undefined) pointers.set(snapshot.manifest, snapshot);
    }
  };
  return {
    ...world,
    killer,
    archive,
    pointers,
    look,
    cutoff: () => plusSeconds(world.clock(), -keptDays * daySeconds),
    /** What becomes of `call` when the process is killed at its n-th step from here. */
    killedAt: async (at: number, side: 'before' | 'after', call: () => Promise<unknown>) => {
      Object.assign(killer, { crossed: 0, at, side });
      await call().catch(() => undefined);
      Object.assign(killer, { at: Number.POSITIVE_INFINITY });
      await look();
    },
  };
}
export type SweptWorld = Awaited<ReturnType<typeof sweptWorld>>;

/** A data type's records at an instant, as id → whole record; `undefined` when nothing had been published. */
export async function recordsAt(
  world: SweptWorld,
  objects: Objects,
  type: DataType,
  at: string,
): Promise<unknown> {
  const current = (await world.connection()).datasets[type]?.snapshot;
  if (current === undefined) return undefined;
  const reader = new SnapshotReader(objects, 1_000_000);
  const found = await makeSnapshotAt({ reader })(current, at);
  return found === undefined ? undefined : recordsOf(objects, found);
}

export async function recordsOf(objects: Objects, snapshot: SnapshotPointer): Promise<unknown[]> {
  return (await makeReadRecords({ objects })(snapshot, { page: 1, pageSize: 10_000 })).results;
}

/** The changes of a row that are still given, and how many there were. */
export async function historyOf(world: SweptWorld, objects: Objects, resource: string, id: string) {
  const snapshot = (await world.connection()).resources[resource]?.snapshot;
  if (snapshot === undefined) return undefined;
  return makeReadChanges({ objects })(snapshot, id, { page: 1, pageSize: 1000 });
}

/**
 * Every object that may still be there, found the slow way: from what the connection names back through every
 * manifest that was published, as far as it was the current one within the time that is kept.
 */
export async function reachable(world: SweptWorld): Promise<Set<string>> {
  const connection = await world.connection();
  const names = new Set<string>(connection.history);
  const states = [...Object.values(connection.datasets), ...Object.values(connection.resources)];
  for (const { snapshot } of states) {
    if (snapshot !== undefined) await addSeries(world, snapshot, names);
  }
  return names;
}

async function addSeries(world: SweptWorld, current: SnapshotPointer, names: Set<string>): Promise<void> {
  let at: SnapshotPointer | undefined = current;
  while (at !== undefined) {
    const opened = await readManifest(world.archive, at);
    const base = at.manifest.slice(0, at.manifest.indexOf('manifest/'));
    names.add(at.manifest);
    for (const { name } of opened.segments) names.add(base + name);
    const old = (at.since ?? '') <= world.cutoff();
    if (old) return;
    for (const name of opened.changes) names.add(name);
    at = opened.previous === undefined ? undefined : world.pointers.get(opened.previous);
  }
}
