import { describe, expect, it } from '@jest/globals';
import { makeEraseBooks } from '../../../src/app/sync/erase-books.ts';
import { makeReleaseAccess } from '../../../src/app/sync/release-access.ts';
import type { Connection } from '../../../src/domain/connection.ts';
import { condemn, unlink } from '../../../src/domain/connection-moves.ts';
import { aLinkedConnection } from '../../fakes/builders.ts';
import { ref, syncWorld } from './sync-world.ts';

async function endingWorld(connection: Partial<Connection> = {}) {
  const world = await syncWorld(connection);
  const released: string[] = [];
  const unhooked: string[] = [];
  const grants = { down: false };
  const releaseAccess = makeReleaseAccess({
    connections: world.connections,
    releaseGrant: async (grantId) => {
      if (grants.down) throw new Error('FreshBooks does not answer');
      released.push(grantId);
    },
    removeHooks: async ({ id }) => {
      unhooked.push(id);
    },
  });
  const eraseBooks = makeEraseBooks({ ...world.deps, connections: world.connections, releaseAccess });
  const end = (how: (one: Connection) => Connection) =>
    world.connections.change(ref, (one) => ({ next: how(one), result: 0 }));
  return { ...world, released, unhooked, grants, releaseAccess, eraseBooks, end };
}

const other = (with_: Partial<Connection> = {}) =>
  aLinkedConnection({ id: 'connection-2', linkToken: 'link-2', ...with_ });

describe('releasing the grant of a connection that was unlinked', () => {
  it('gives it back when nothing else stands on it', async () => {
    const world = await endingWorld();
    await world.end((one) => unlink(one, world.clock()));

    await world.releaseAccess(ref, 'grant-1');

    expect(world.released).toEqual(['grant-1']);
    expect((await world.connection()).grantId).toBeUndefined();
  });

  it('leaves it to another connection that stands on it', async () => {
    const world = await endingWorld();
    await world.connections.insert(other());
    await world.end((one) => unlink(one, world.clock()));

    await world.releaseAccess(ref, 'grant-1');

    expect(world.released).toEqual([]);
    expect((await world.connection()).grantId).toBeUndefined();
  });

  it('takes its callbacks away from FreshBooks, also where the grant stays', async () => {
    const world = await endingWorld();
    await world.connections.insert(other());
    await world.end((one) => unlink(one, world.clock()));

    await world.releaseAccess(ref, 'grant-1');

    expect(world.unhooked).toEqual(['connection-1']);
  });

  it('gives it back when two that stood on it leave together', async () => {
    const world = await endingWorld();
    await world.connections.insert(other({ state: 'Unlinked' }));
    await world.end((one) => unlink(one, world.clock()));

    await Promise.all([
      world.releaseAccess(ref, 'grant-1'),
      world.releaseAccess({ ...ref, connectionId: 'connection-2' }, 'grant-1'),
    ]);

    expect(new Set(world.released)).toEqual(new Set(['grant-1']));
  });

  it('does nothing to a connection that was linked again meanwhile', async () => {
    const world = await endingWorld();

    await world.releaseAccess(ref, 'grant-1');

    expect(world.released).toEqual([]);
    expect((await world.connection()).grantId).toBe('grant-1');
  });

  it('is tried again when FreshBooks does not answer', async () => {
    const world = await endingWorld();
    await world.end((one) => unlink(one, world.clock()));
    world.grants.down = true;
    await expect(world.releaseAccess(ref, 'grant-1')).rejects.toThrow();

    world.advance(61);
    await world.plan();

    expect(world.take().map(({ wake }) => wake)).toEqual([{ kind: 'release', ref, grantId: 'grant-1' }]);
  });
});

describe('erasing a connection that was deleted', () => {
  it('removes its objects, its item and its grant', async () => {
    const world = await endingWorld();
    world.vendor.edit('clients', '5', 'client 5');
    await world.sync();
    await world.end((one) => condemn(one, world.clock()));

    await world.eraseBooks(ref, 'grant-1');

    expect(world.objects.names()).toEqual([]);
    expect(await world.connections.find(ref)).toBeUndefined();
    expect(world.released).toEqual(['grant-1']);
  });

  it('waits until its worker has surely ended, which then publishes nothing', async () => {
    const world = await endingWorld();
    world.vendor.edit('clients', '5', 'client 5');
    let delay: number | undefined;
    world.vendor.onPage = async () => {
      if (delay !== undefined) return;
      await world.end((one) => condemn(one, world.clock()));
      await world.eraseBooks(ref, 'grant-1');
      delay = world.take()[0]?.delaySeconds;
    };

    expect(await world.sync()).toBe('stale');
    world.advance(delay ?? 0);
    await world.eraseBooks(ref, 'grant-1');

    expect(delay).toBe(61);
    expect(await world.connections.find(ref)).toBeUndefined();
    expect(world.objects.names()).toEqual([]);
  });

  it('sweeps what a worker wrote that was frozen beyond its lease', async () => {
    const world = await endingWorld();
    await world.end((one) => condemn(one, world.clock()));
    await world.eraseBooks(ref, 'grant-1');
    const [last] = world.take();
    await world.objects.put('books/company-1/connection-1/raw/late', new Uint8Array(1), 'text/plain');

    if (last?.wake.kind === 'erase') await world.eraseBooks(last.wake.ref, last.wake.grantId);

    expect(last?.delaySeconds).toBe(900);
    expect(world.objects.names()).toEqual([]);
    expect(world.take()).toEqual([]);
  });

  it('is woken again when it could not be finished', async () => {
    const world = await endingWorld();
    await world.end((one) => condemn(one, world.clock()));
    world.grants.down = true;
    await expect(world.eraseBooks(ref, 'grant-1')).rejects.toThrow();

    world.advance(61);
    await world.plan();

    expect(world.take().map(({ wake }) => wake)).toEqual([{ kind: 'erase', ref, grantId: 'grant-1' }]);
  });
});
