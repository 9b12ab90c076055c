import { describe, expect, it } from '@jest/globals';
import { makeEscrow } from '../../../src/app/grants/escrow.ts';
import { hour, Killed, makeScene, mortalGrants } from './scene.ts';

type Scene = Awaited<ReturnType<typeof makeScene>>;

/** What lies in the escrow besides the notes of what was spent. */
const pairsAside = ({ objects }: Scene): string[] =>
  objects.names().filter((name) => !name.includes('/spent/'));

/** Grants that take the intent of a refresh and nothing after it, until they are mended. */
function failingAfterTheIntent(scene: Scene) {
  let failing = true;
  let writes = -1;
  const grants = mortalGrants(scene.grants, () => {
    writes += 1;
    return failing && writes > 0 ? 'before' : undefined;
  });
  const mend = (): void => {
    failing = false;
  };
  return { grants, mend };
}

describe('a pair that the table does not take', () => {
  it('is saved by the next worker, out of the escrow, and its predecessor is never shown again', async () => {
    const scene = await makeScene();
    scene.advance(6 * hour);
    const { grants } = failingAfterTheIntent(scene);
    await expect(scene.worker({ grants }).token()).rejects.toThrow(Killed);
    scene.advance(hour);

    const token = await scene.worker().token();

    expect(scene.freshBooks.works(token)).toBe(true);
    expect(await scene.stored()).toMatchObject({ status: 'live', epoch: 2 });
    expect(scene.freshBooks.presented.get(scene.pair.refreshToken)).toBe(1);
    expect(pairsAside(scene)).toEqual([]);
  });

  it('lies there from the first failure on, whatever becomes of the process that holds it', async () => {
    const scene = await makeScene();
    scene.advance(6 * hour);
    const { grants } = failingAfterTheIntent(scene);
    const wait = () => Promise.reject(new Killed());

    await expect(scene.worker({ grants, wait }).token()).rejects.toThrow(Killed);

    expect(pairsAside(scene)).toHaveLength(1);
  });

  it('leaves nothing behind when a later try saves it', async () => {
    const scene = await makeScene();
    scene.advance(6 * hour);
    const { grants, mend } = failingAfterTheIntent(scene);
    const worker = scene.worker({ grants, wait: async () => mend() });

    expect(scene.freshBooks.works(await worker.token())).toBe(true);

    expect(pairsAside(scene)).toEqual([]);
  });

  it('never takes the place of a consent given meanwhile', async () => {
    const scene = await makeScene();
    scene.advance(6 * hour);
    const { grants } = failingAfterTheIntent(scene);
    await expect(scene.worker({ grants }).token()).rejects.toThrow(Killed);
    const newer = scene.freshBooks.pairFor('app', '900');
    await scene.promote({ clientId: 'app', appVersion: 1, identityId: '900', pair: newer });
    scene.advance(7 * hour);

    expect(scene.freshBooks.works(await scene.worker().token())).toBe(true);

    expect(scene.freshBooks.presented.get(newer.refreshToken)).toBe(1);
  });

  it('holds no token that could be read', async () => {
    const scene = await makeScene();
    scene.advance(6 * hour);
    const { grants } = failingAfterTheIntent(scene);
    await expect(scene.worker({ grants }).token()).rejects.toThrow(Killed);

    const [name = ''] = pairsAside(scene);

    const text = Buffer.from((await scene.objects.get(name)) ?? []).toString();
    expect(text).not.toContain('canary');
    expect(text).toContain('"hash"');
  });

  it('blocks a second showing of the token while the escrow cannot be looked into', async () => {
    const scene = await makeScene();
    scene.advance(6 * hour);
    const { grants } = failingAfterTheIntent(scene);
    await expect(scene.worker({ grants }).token()).rejects.toThrow(Killed);
    scene.advance(8 * hour);
    const objects = { ...scene.objects, get: () => Promise.reject(new Error('S3 is down')) };

    await expect(scene.worker({ escrow: makeEscrow({ objects }) }).token()).rejects.toThrow('S3 is down');

    expect(scene.freshBooks.presented.get(scene.pair.refreshToken)).toBe(1);
    expect(scene.freshBooks.works(await scene.worker().token())).toBe(true);
  });

  it('revives a grant that was taken for lost before its holder came to', async () => {
    const scene = await makeScene();
    scene.advance(13 * hour);
    const { grants } = failingAfterTheIntent(scene);
    let put = (): void => undefined;
    const late = new Promise<void>((resolve) => {
      put = resolve;
    });
    const escrow = makeEscrow({ objects: scene.objects });
    const stalled = scene
      .worker({ grants, escrow: { ...escrow, keepPair: (pair) => late.then(() => escrow.keepPair(pair)) } })
      .token()
      .catch(() => undefined);
    while (!scene.freshBooks.calls.includes('refresh')) await new Promise((resolve) => setImmediate(resolve));
    scene.advance(90);
    await expect(scene.worker().token()).rejects.toMatchObject({ kind: 'access-lost' });
    put();
    await stalled;

    expect(scene.freshBooks.works(await scene.worker().token())).toBe(true);
  });
});
