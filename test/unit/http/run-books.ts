import type { RawRow, UnifiedRecord } from '../../../src/app/ports.ts';
import { makeBooks } from '../../../src/books/make-books.ts';
import { makeReadRecord, makeReadRecords } from '../../../src/books/read-records.ts';
import type { Connection } from '../../../src/domain/connection.ts';
import { projectedFrom } from '../../../src/domain/projected-from.ts';
import { type MemoryObjects, memoryObjects } from '../../fakes/objects.ts';
import { each, ref, target, tinySizes } from '../books/book-world.ts';
import { makeLinkedWorld, type World } from './api-world.ts';

/** A linked world that reads unified records out of the same real books as raw rows. */
export async function makeBookedWorld(objects: MemoryObjects = memoryObjects()) {
  const readers = { readRecords: makeReadRecords({ objects }), readRecord: makeReadRecord({ objects }) };
  return makeLinkedWorld({}, readers, objects);
}

async function beginRun(world: World): Promise<Connection> {
  const begun = await world.connections.change(ref, (held) => {
    const next = { ...held, epoch: held.epoch + 1 };
    return { next, result: next };
  });
  if (begun === undefined) throw new Error('no connection');
  return begun;
}

/** Reads rows of a resource into the world's books and publishes them, as a run would. */
export async function readRows(world: World, resource: string, rows: readonly RawRow[]): Promise<void> {
  const { epoch, resources } = await beginRun(world);
  const books = makeBooks({ objects: world.objects }, tinySizes);
  const started = world.clock();
  const collector = books.collectRaw(
    target(`raw/${resource}`, epoch, resources[resource]?.snapshot, started),
  );
  await collector.add(rows);
  const { snapshot } = await collector.finish();
  const state = snapshot === undefined ? {} : { snapshot: { since: started, ...snapshot } };
  await world.connections.change(ref, (held) => ({
    next: { ...held, resources: { ...held.resources, [resource]: state } },
    result: 0,
  }));
}

/** Publishes the records of a data type as made of these resources. */
export async function publishRecords(
  world: World,
  dataType: string,
  from: readonly string[],
  records: readonly UnifiedRecord[],
): Promise<void> {
  const { epoch, datasets, resources } = await beginRun(world);
  const books = makeBooks({ objects: world.objects }, tinySizes);
  const started = world.clock();
  const next = target(`unified/${dataType}`, epoch, datasets[dataType]?.snapshot, started);
  const { snapshot } = await books.mergeProjection(next, each(records));
  const dataset = {
    status: 'Complete' as const,
    // One that was published already comes back with its own instant.
    snapshot: { since: started, ...snapshot },
    projectedFrom: projectedFrom('1', from, resources),
  };
  await world.connections.change(ref, (held) => ({
    next: { ...held, datasets: { ...held.datasets, [dataType]: dataset } },
    result: 0,
  }));
}
