import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { makeReleaseGrant } from '../../../src/app/grants/release-grant.ts';
import { hour, Killed, makeScene, mortalGrants } from './scene.ts';

const runs = { numRuns: 60 };

describe('many workers that find a grant due at once', () => {
  it('refresh it exactly once, in whatever order their calls are served', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.integer({ min: 2, max: 20 }), async (scheduler, workers) => {
        const scene = await makeScene();
        scene.advance(6 * hour);
        const { grants, oauth } = scene.deps;
        const worker = () =>
          scene.worker({
            grants: {
              ...grants,
              find: scheduler.scheduleFunction(grants.find),
              change: async (id, decide) => {
                await scheduler.schedule(Promise.resolve(), 'change');
                return grants.change(id, decide);
              },
            },
            oauth: { refresh: scheduler.scheduleFunction((keys, request) => oauth.refresh(keys, request)) },
            wait: () => scheduler.schedule(Promise.resolve(), 'wait'),
          });

        const asked = Promise.all(Array.from({ length: workers }, () => worker().token()));
        const tokens = await scheduler.waitFor(asked);

        expect(scene.freshBooks.calls).toEqual(['refresh']);
        expect(tokens.every((token) => scene.freshBooks.works(token))).toBe(true);
        expect(await scene.stored()).toMatchObject({ epoch: 2, status: 'live' });
      }),
      runs,
    );
  });

  it('refresh it exactly once when its access token has ended, and all get the new one', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 2, max: 20 }), async (workers) => {
        const scene = await makeScene();
        scene.advance(13 * hour);
        const wait = async (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

        const tokens = await Promise.all(
          Array.from({ length: workers }, () => scene.worker({ wait }).token()),
        );

        expect(scene.freshBooks.calls).toEqual(['refresh']);
        expect(new Set(tokens).size).toBe(1);
        expect(scene.freshBooks.works(tokens[0] ?? '')).toBe(true);
      }),
      { numRuns: 20 },
    );
  });

  it.each([
    { state: 'at its half-life', hours: 6 },
    { state: 'when its access token has ended', hours: 13 },
  ])('refresh it exactly once $state, though two hundred ask at the same instant', async ({ hours }) => {
    const scene = await makeScene();
    scene.advance(hours * hour);
    const wait = async (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

    const tokens = await Promise.all(Array.from({ length: 200 }, () => scene.worker({ wait }).token()));

    expect(scene.freshBooks.calls).toEqual(['refresh']);
    expect([...scene.freshBooks.presented.values()]).toEqual([1]);
    expect(tokens.every((token) => scene.freshBooks.works(token))).toBe(true);
    expect(await scene.stored()).toMatchObject({ epoch: 2, status: 'live' });
  });

  it('ask the stores once when they are one process', async () => {
    const scene = await makeScene();
    scene.advance(13 * hour);
    const worker = scene.worker();

    const tokens = await Promise.all(Array.from({ length: 20 }, () => worker.token()));

    expect(new Set(tokens).size).toBe(1);
    expect(scene.freshBooks.calls).toEqual(['refresh']);
  });
});

describe('a worker that stalls while it refreshes', () => {
  it('revives the grant with its late pair, although another worker had already taken it for lost', async () => {
    const scene = await makeScene();
    scene.advance(13 * hour);
    let release = (): void => undefined;
    const stalled = new Promise<void>((resolve) => {
      release = resolve;
    });
    const oauth: typeof scene.deps.oauth = {
      refresh: async (keys, request) => {
        const pair = await scene.deps.oauth.refresh(keys, request);
        await stalled;
        return pair;
      },
    };
    const late = scene.worker({ oauth }).token();
    while (!scene.freshBooks.calls.includes('refresh')) await new Promise((resolve) => setImmediate(resolve));
    scene.advance(90);
    await expect(scene.worker().token()).rejects.toMatchObject({ kind: 'access-lost' });

    release();

    expect(scene.freshBooks.works(await late)).toBe(true);
    expect(await scene.stored()).toMatchObject({ status: 'live', epoch: 2 });
  });

  it('drops its late pair when a consent was given meanwhile', async () => {
    const scene = await makeScene();
    scene.advance(6 * hour);
    let newer = scene.pair;
    const oauth: typeof scene.deps.oauth = {
      refresh: async (keys, request) => {
        const pair = await scene.deps.oauth.refresh(keys, request);
        scene.advance(1);
        newer = scene.freshBooks.pairFor('app', '900');
        await scene.promote({ clientId: 'app', appVersion: 1, identityId: '900', pair: newer });
        return pair;
      },
    };

    expect(await scene.worker({ oauth }).token()).toBe(newer.accessToken);
    expect((await scene.stored()).epoch).toBe(2);
  });
});

describe('a worker that is killed while it refreshes', () => {
  // Writes of a refresh: 0 the intent, 1 the new pair.
  it.each([
    { write: 0, at: 'before' as const, spends: 1, end: 'live' },
    { write: 0, at: 'after' as const, spends: 1, end: 'live' },
    { write: 1, at: 'after' as const, spends: 1, end: 'live' },
    { write: 1, at: 'before' as const, spends: 2, end: 'lost' },
  ])('$at write $write leaves the grant $end', async ({ write, at, spends, end }) => {
    const scene = await makeScene();
    scene.advance(6 * hour);
    let writes = -1;
    const grants = mortalGrants(scene.grants, () => {
      writes += 1;
      return writes >= write ? at : undefined;
    });
    // Who is dead reaches no other store either.
    const dead = (): Promise<never> => Promise.reject(new Killed());
    const dies = { keepPair: dead, pairAfter: dead, forgetPair: dead, noteSpent: dead };
    const escrow = { ...scene.deps.escrow, ...dies };
    await expect(scene.worker({ grants, escrow }).token()).rejects.toThrow(Killed);

    const reading = await scene.worker().token();
    scene.advance(hour);
    const later = await scene.worker().token();

    expect(scene.freshBooks.works(reading) && scene.freshBooks.works(later)).toBe(true);
    expect((await scene.stored()).status).toBe(end);
    expect(scene.freshBooks.presented.get(scene.pair.refreshToken)).toBe(spends);
  });

  it('saves the pair later when it was only the table that failed', async () => {
    const scene = await makeScene();
    scene.advance(6 * hour);
    let failing = true;
    let writes = -1;
    const grants = mortalGrants(scene.grants, () => {
      writes += 1;
      return failing && writes > 0 ? 'before' : undefined;
    });
    const worker = scene.worker({ grants });
    await expect(worker.token()).rejects.toThrow(Killed);
    failing = false;

    expect(scene.freshBooks.works(await worker.token())).toBe(true);
    expect(await scene.stored()).toMatchObject({ status: 'live', epoch: 2 });
    expect(scene.freshBooks.calls).toEqual(['refresh']);
  });

  it('never loses a grant of which the newest pair was saved or the token not spent, wherever it is killed', async () => {
    const moments = fc.array(
      fc.record({ write: fc.nat(3), at: fc.constantFrom('before' as const, 'after' as const) }),
      {
        maxLength: 6,
      },
    );
    await fc.assert(
      fc.asyncProperty(moments, async (deaths) => {
        const scene = await makeScene();
        for (const death of deaths) {
          scene.advance(7 * hour);
          let writes = -1;
          const grants = mortalGrants(scene.grants, () => {
            writes += 1;
            return writes === death.write ? death.at : undefined;
          });
          const spentBefore = scene.freshBooks.calls.length;
          await scene
            .worker({ grants, wait: async () => undefined })
            .token()
            .catch(() => undefined);
          const grant = await scene.stored();
          const unsaved = scene.freshBooks.calls.length > spentBefore && grant.intent !== undefined;
          if (unsaved) return;
          expect(grant.status).toBe('live');
        }
        scene.advance(20 * hour);
        expect(scene.freshBooks.works(await scene.worker().token())).toBe(true);
        for (const times of scene.freshBooks.presented.values()) expect(times).toBe(1);
      }),
      runs,
    );
  });
});

describe('a consent said twice', () => {
  it('changes nothing, even after its pair was refreshed', async () => {
    const scene = await makeScene();
    scene.advance(6 * hour);
    const token = await scene.worker().token();

    await scene.promote({ clientId: 'app', appVersion: 1, identityId: '900', pair: scene.pair });

    expect(await scene.worker().token()).toBe(token);
    expect((await scene.stored()).epoch).toBe(2);
  });

  it('changes nothing when it is said again at once', async () => {
    const scene = await makeScene();

    await scene.promote({ clientId: 'app', appVersion: 1, identityId: '900', pair: scene.pair });

    expect((await scene.stored()).epoch).toBe(1);
  });

  it('does not bring a lost grant back to life', async () => {
    const scene = await makeScene();
    scene.freshBooks.takeBack('app', '900');
    scene.advance(6 * hour);
    await scene
      .worker()
      .token()
      .catch(() => undefined);

    await scene.promote({ clientId: 'app', appVersion: 1, identityId: '900', pair: scene.pair });

    expect((await scene.stored()).status).toBe('lost');
  });

  it('loses to a newer one that was saved first', async () => {
    const scene = await makeScene();
    const older = scene.freshBooks.pairFor('app', '900');
    scene.advance(10);
    const newer = scene.freshBooks.pairFor('app', '900');
    const consent = { clientId: 'app', appVersion: 1, identityId: '900' };
    await scene.promote({ ...consent, pair: newer });

    await scene.promote({ ...consent, pair: older });

    expect(await scene.worker().token()).toBe(newer.accessToken);
  });
});

describe('a grant that nothing stands on', () => {
  const release = (scene: Awaited<ReturnType<typeof makeScene>>) =>
    makeReleaseGrant({ ...scene.deps, appKeys: scene.appKeys, oauth: scene.freshBooks });

  it('is given back to FreshBooks and forgotten', async () => {
    const scene = await makeScene();

    expect(await release(scene)(scene.grantId)).toEqual({ told: true });

    expect(scene.freshBooks.works(scene.pair.accessToken)).toBe(false);
    expect(scene.freshBooks.lives(scene.pair.refreshToken)).toBe(false);
    expect(await scene.grants.find(scene.grantId)).toBeUndefined();
    expect(await release(scene)(scene.grantId)).toEqual({ told: false });
  });

  it('stays closed until FreshBooks has answered', async () => {
    const scene = await makeScene();
    scene.freshBooks.fail('revoke', 'lost-before');

    await expect(release(scene)(scene.grantId)).rejects.toMatchObject({ kind: 'unavailable' });
    await expect(scene.worker().token()).rejects.toMatchObject({ kind: 'access-lost' });

    expect(await release(scene)(scene.grantId)).toEqual({ told: true });
  });

  it('is kept when a new consent came while FreshBooks was told', async () => {
    const scene = await makeScene();
    let newer = scene.pair;
    const oauth = {
      revoke: async (...call: Parameters<typeof scene.freshBooks.revoke>) => {
        await scene.freshBooks.revoke(...call);
        scene.advance(1);
        newer = scene.freshBooks.pairFor('app', '900');
        await scene.promote({ clientId: 'app', appVersion: 1, identityId: '900', pair: newer });
      },
    };

    await makeReleaseGrant({ ...scene.deps, oauth })(scene.grantId);

    expect(await scene.worker().token()).toBe(newer.accessToken);
  });
});
