import { describe, expect, it } from '@jest/globals';
import { factsOf } from '../../../src/domain/grant.ts';
import { isBehind } from '../../../src/domain/grant-facts.ts';
import { aLinkedConnection } from '../../fakes/builders.ts';
import { hour, makeScene } from './scene.ts';

type Scene = Awaited<ReturnType<typeof makeScene>>;

/** A connection on the grant that has just finished a run: it knows how far the grant has come. */
async function ran(scene: Scene): Promise<void> {
  const ref = { companyId: 'company-1', connectionId: 'connection-1' };
  if ((await scene.connections.find(ref)) === undefined) {
    await scene.connections.insert(aLinkedConnection({ grantId: scene.grantId }));
  }
  const access = factsOf(await scene.stored());
  await scene.connections.change(ref, (one) => ({ next: { ...one, access }, result: undefined }));
}

/** The restore drill: the row as it was, put back. */
async function restore(scene: Scene, snapshot: Awaited<ReturnType<Scene['stored']>>): Promise<void> {
  await scene.grants.change(scene.grantId, () => ({ next: snapshot, result: undefined }));
}

describe('a grants table that was restored from a backup', () => {
  it('never shows the spent token that came back with it', async () => {
    const scene = await makeScene();
    const snapshot = await scene.stored();
    scene.advance(7 * hour);
    await scene.worker().token();
    await ran(scene);
    const living = scene.freshBooks.presented.size;

    await restore(scene, snapshot);

    scene.advance(7 * hour);
    await expect(scene.worker().token()).rejects.toMatchObject({ kind: 'access-lost' });
    expect(scene.freshBooks.presented.get(scene.pair.refreshToken)).toBe(1);
    expect(scene.freshBooks.presented.size).toBe(living);
    expect((await scene.stored()).loss?.reason).toBe('restored');
  });

  it('never shows it either where the worker that refreshed died before any connection knew', async () => {
    const scene = await makeScene();
    const snapshot = await scene.stored();
    scene.advance(7 * hour);
    await scene.worker().token();

    await restore(scene, snapshot);

    scene.advance(7 * hour);
    await expect(scene.worker().token()).rejects.toMatchObject({ kind: 'access-lost' });
    expect(scene.freshBooks.presented.get(scene.pair.refreshToken)).toBe(1);
    expect((await scene.stored()).loss?.reason).toBe('restored');
  });

  it('is found out by what was seen alone where the note of it cannot be read, and refreshes all the same', async () => {
    const scene = await makeScene();
    const unreadable = () => Promise.reject(new Error('throttled'));
    const escrow = { ...scene.deps.escrow, isSpent: unreadable, noteSpent: unreadable };
    scene.advance(7 * hour);

    const token = await scene.worker({ escrow }).token();

    expect(scene.freshBooks.works(token)).toBe(true);
    expect((await scene.stored()).status).toBe('live');
  });

  it('is forgotten by a consent given before it was found out', async () => {
    const scene = await makeScene();
    const snapshot = await scene.stored();
    for (let refreshes = 0; refreshes < 3; refreshes += 1) {
      scene.advance(7 * hour);
      await scene.worker().token();
    }
    await restore(scene, snapshot);
    const pair = scene.freshBooks.pairFor('app', '900');
    await scene.promote({ clientId: 'app', appVersion: 1, identityId: '900', pair });
    scene.advance(7 * hour);

    expect(scene.freshBooks.works(await scene.worker().token())).toBe(true);
    expect((await scene.stored()).status).toBe('live');
  });

  it('is no older for a pair that kept its refresh token', async () => {
    const scene = await makeScene();
    scene.advance(7 * hour);
    const kept = async () => ({
      ...scene.pair,
      accessToken: 'newer',
      refreshToken: '',
      createdAt: scene.clock(),
    });
    const snapshot = await scene.stored();
    await scene.worker({ oauth: { refresh: kept } }).token();

    await restore(scene, snapshot);

    expect(scene.freshBooks.works(await scene.worker().token())).toBe(true);
  });

  it('goes on reading with an access token that still lives', async () => {
    const scene = await makeScene();
    scene.advance(6 * hour);
    const snapshot = await scene.stored();
    await scene.worker().token();
    await ran(scene);

    await restore(scene, snapshot);

    expect(await scene.worker().token()).toBe(scene.pair.accessToken);
    expect(await scene.worker().token()).toBe(scene.pair.accessToken);
  });

  it('lives again with the next consent', async () => {
    const scene = await makeScene();
    const snapshot = await scene.stored();
    scene.advance(7 * hour);
    await scene.worker().token();
    await ran(scene);
    await restore(scene, snapshot);
    scene.advance(7 * hour);
    await expect(scene.worker().token()).rejects.toMatchObject({ kind: 'access-lost' });

    const pair = scene.freshBooks.pairFor('app', '900');
    await scene.promote({ clientId: 'app', appVersion: 1, identityId: '900', pair });

    expect(await scene.worker().token()).toBe(pair.accessToken);
  });

  it('refreshes as ever where the row that came back is the newest', async () => {
    const scene = await makeScene();
    scene.advance(7 * hour);
    await scene.worker().token();
    await ran(scene);
    await restore(scene, await scene.stored());
    scene.advance(7 * hour);

    expect(scene.freshBooks.works(await scene.worker().token())).toBe(true);
    expect((await scene.stored()).epoch).toBe(3);
  });
});

describe('a grant as others have seen it', () => {
  const born = '2026-03-01T00:00:00.000Z';

  it.each([
    { seen: { born, epoch: 3 }, behind: false, what: 'as far as itself' },
    { seen: { born, epoch: 2 }, behind: false, what: 'less far' },
    { seen: { born, epoch: 4 }, behind: true, what: 'further' },
    { seen: { born: '2026-02-01T00:00:00.000Z', epoch: 9 }, behind: false, what: 'in an earlier life' },
    { seen: { born: '2026-04-01T00:00:00.000Z', epoch: 1 }, behind: true, what: 'in a later life' },
  ])('$what is behind: $behind', ({ seen, behind }) => {
    expect(isBehind({ born, epoch: 3 }, [seen])).toBe(behind);
  });

  it('is known by hashes that open nothing', async () => {
    const scene = await makeScene();

    const [{ hash } = { hash: '' }] = factsOf(await scene.stored()).lineage;

    expect(hash).toMatch(/^[0-9a-f]{16}$/);
    expect((await scene.stored()).lineage[0]?.hash.startsWith(hash)).toBe(true);
  });
});
