import { describe, expect, it } from '@jest/globals';
import { firstKeys, hour, makeScene, saveVersions, secondKeys } from './scene.ts';

const lostAccess = { kind: 'access-lost' };
const notNow = { kind: 'unavailable' };

describe('a grant in the first half of its life', () => {
  it('hands out the access token of the consent', async () => {
    const scene = await makeScene();

    expect(await scene.worker().token()).toBe(scene.pair.accessToken);
    expect(scene.freshBooks.calls).toEqual([]);
  });

  it('is unknown once it was removed', async () => {
    const scene = await makeScene();
    await scene.grants.remove(scene.grantId);

    await expect(scene.worker().token()).rejects.toMatchObject(lostAccess);
  });
});

describe('a grant past the middle of its life', () => {
  it('is refreshed once and the new pair is saved before it is used', async () => {
    const scene = await makeScene();
    scene.advance(6 * hour);

    const token = await scene.worker().token();

    const grant = await scene.stored();
    expect(scene.freshBooks.works(token)).toBe(true);
    expect(token).not.toBe(scene.pair.accessToken);
    expect(grant).toMatchObject({ epoch: 2, status: 'live', appVersion: 1, obtainedAt: scene.clock() });
    expect(grant.lineage.map(({ epoch }) => epoch)).toEqual([1, 2]);
    expect(grant.lease ?? grant.intent ?? grant.retryAt).toBeUndefined();
    expect(await scene.worker().token()).toBe(token);
  });

  it('keeps handing out the old access token while FreshBooks does not answer, and tries again a quarter of an hour later', async () => {
    const scene = await makeScene();
    scene.advance(6 * hour);
    scene.freshBooks.fail('refresh', 'lost-before');
    const worker = scene.worker();

    const during = [await worker.token(), await worker.token()];
    scene.advance(14 * 60);
    during.push(await worker.token());
    scene.advance(60);
    const after = await worker.token();

    expect(new Set(during)).toEqual(new Set([scene.pair.accessToken]));
    expect(scene.freshBooks.works(after)).toBe(true);
    expect(await scene.stored()).toMatchObject({ epoch: 2, status: 'live' });
    expect(scene.freshBooks.calls).toEqual(['refresh', 'refresh']);
  });

  it('is never lost by an outage, even one longer than the access token lives', async () => {
    const scene = await makeScene();
    scene.freshBooks.fail('refresh', ...Array<'lost-before'>(200).fill('lost-before'));
    const worker = scene.worker();

    for (let quarters = 0; quarters < 48; quarters += 1) {
      scene.advance(hour / 4);
      await worker.token().catch(() => undefined);
    }
    await expect(worker.token()).rejects.toMatchObject(notNow);
    scene.freshBooks.mend();
    scene.advance(60);

    expect(scene.freshBooks.works(await worker.token())).toBe(true);
    expect((await scene.stored()).status).toBe('live');
  });

  it('does not knock again within half a minute when the access token has ended as well', async () => {
    const scene = await makeScene();
    scene.advance(13 * hour);
    scene.freshBooks.fail('refresh', 'lost-before', 'lost-before');
    const worker = scene.worker();

    await expect(worker.token()).rejects.toMatchObject(notNow);
    await expect(worker.token()).rejects.toMatchObject(notNow);

    expect(scene.freshBooks.calls).toEqual(['refresh']);
  });

  it('is read to the end of its access token when the answer to a refresh was lost, then asks for a new consent', async () => {
    const scene = await makeScene();
    scene.advance(6 * hour);
    scene.freshBooks.fail('refresh', 'lost-after');
    const worker = scene.worker();

    await worker.token();
    scene.advance(hour);
    const afterProbe = await worker.token();

    expect(afterProbe).toBe(scene.pair.accessToken);
    expect(await scene.stored()).toMatchObject({ status: 'lost', loss: { reason: 'rotation-lost' } });
    expect(scene.freshBooks.presented.get(scene.pair.refreshToken)).toBe(2);
    scene.advance(5 * hour);
    await expect(worker.token()).rejects.toMatchObject(lostAccess);
  });

  it('keeps its old refresh token when the reply brings none', async () => {
    const scene = await makeScene();
    scene.advance(6 * hour);
    const oauth = {
      refresh: async () => ({
        ...scene.pair,
        accessToken: 'newer',
        refreshToken: '',
        createdAt: scene.clock(),
      }),
    };

    await scene.worker({ oauth }).token();

    const { lineage } = await scene.stored();
    expect(lineage[1]?.hash).toBe(lineage[0]?.hash);
    expect(scene.lines.map(({ event }) => event)).toContain('grant.refresh.token-kept');
  });
});

describe('a grant whose refresh token is refused', () => {
  it('is lost only after a second look and a second try', async () => {
    const scene = await makeScene();
    scene.advance(6 * hour);
    scene.freshBooks.takeBack('app', '900');

    await expect(scene.worker().token()).rejects.toMatchObject(lostAccess);

    expect(await scene.stored()).toMatchObject({ status: 'lost', loss: { reason: 'refused' } });
    expect(scene.freshBooks.presented.get(scene.pair.refreshToken)).toBe(2);
  });

  it('goes on with the pair of a consent given in that moment', async () => {
    const scene = await makeScene();
    scene.advance(6 * hour);
    const newer = scene.freshBooks.pairFor('app', '900');
    const wait = async (): Promise<void> => {
      scene.advance(1);
      await scene.promote({ clientId: 'app', appVersion: 1, identityId: '900', pair: newer });
    };

    expect(await scene.worker({ wait }).token()).toBe(newer.accessToken);
    expect(await scene.stored()).toMatchObject({ status: 'live', epoch: 2 });
  });

  it('lives again after a new consent', async () => {
    const scene = await makeScene();
    scene.advance(6 * hour);
    scene.freshBooks.takeBack('app', '900');
    await scene
      .worker()
      .token()
      .catch(() => undefined);

    const pair = scene.freshBooks.pairFor('app', '900');
    await scene.promote({ clientId: 'app', appVersion: 1, identityId: '900', pair });

    expect(await scene.worker().token()).toBe(pair.accessToken);
    expect(await scene.stored()).toMatchObject({ status: 'live', epoch: 2 });
    expect((await scene.stored()).loss).toBeUndefined();
  });
});

describe('an access token that FreshBooks refused', () => {
  it('is replaced by one refresh, long before the middle of its life', async () => {
    const scene = await makeScene();
    const worker = scene.worker();
    const token = await worker.token();

    const other = await worker.refused(token);

    expect(other).not.toBe(token);
    expect(scene.freshBooks.works(other)).toBe(true);
    expect(await worker.token()).toBe(other);
    expect(scene.freshBooks.calls).toEqual(['refresh']);
  });

  it('is replaced by what another worker has refreshed meanwhile', async () => {
    const scene = await makeScene();
    const [one, other] = [scene.worker(), scene.worker()];
    const token = await one.token();
    await other.token();
    const newer = await one.refused(token);

    expect(await other.refused(token)).toBe(newer);
    expect(scene.freshBooks.calls).toEqual(['refresh']);
  });

  it('means a lost grant when the consent was taken back', async () => {
    const scene = await makeScene();
    const worker = scene.worker();
    const token = await worker.token();
    scene.freshBooks.takeBack('app', '900');

    await expect(worker.refused(token)).rejects.toMatchObject(lostAccess);
    await expect(worker.token()).rejects.toMatchObject(lostAccess);
  });

  it('is no proof of a lost grant while the token endpoint does not answer', async () => {
    const scene = await makeScene();
    const worker = scene.worker();
    const token = await worker.token();
    scene.freshBooks.fail('refresh', 'lost-before');

    await expect(worker.refused(token)).rejects.toMatchObject(notNow);
    expect((await scene.stored()).status).toBe('live');
  });
});

describe("the app's keys", () => {
  it('are changed for those saved now by the next refresh, while both are good', async () => {
    const scene = await makeScene();
    await saveVersions(scene.integration, [firstKeys, secondKeys]);
    scene.freshBooks.addApp(secondKeys);
    scene.advance(6 * hour);

    await scene.worker().token();

    expect(await scene.stored()).toMatchObject({ status: 'live', epoch: 2, appVersion: 2 });
    expect(scene.freshBooks.calls).toEqual(['refresh']);
  });

  it('that the grant was made with still renew it when FreshBooks refuses those saved now', async () => {
    const scene = await makeScene();
    await saveVersions(scene.integration, [firstKeys, secondKeys]);
    scene.advance(6 * hour);

    await scene.worker().token();

    expect(await scene.stored()).toMatchObject({ status: 'live', epoch: 2, appVersion: 1 });
    expect(scene.freshBooks.presented.get(scene.pair.refreshToken)).toBe(1);
  });

  it('that are saved now renew it when those it was made with are gone', async () => {
    const scene = await makeScene();
    await saveVersions(scene.integration, [firstKeys, secondKeys]);
    scene.freshBooks.addApp(secondKeys);
    scene.freshBooks.dropSecret(firstKeys);
    scene.advance(6 * hour);

    await scene.worker().token();

    expect(await scene.stored()).toMatchObject({ status: 'live', epoch: 2, appVersion: 2 });
    expect(scene.freshBooks.presented.get(scene.pair.refreshToken)).toBe(1);
  });

  it('never lose a grant by being refused', async () => {
    const scene = await makeScene();
    scene.freshBooks.dropSecret(firstKeys);
    scene.advance(6 * hour);
    const worker = scene.worker();

    expect(await worker.token()).toBe(scene.pair.accessToken);
    expect(await worker.facts()).toMatchObject({ keysRefused: '2026-03-02T21:00:00.000Z' });
    scene.advance(7 * hour);
    await expect(worker.token()).rejects.toMatchObject({
      ...notNow,
      sentence: expect.stringContaining('Client secret'),
    });
    scene.freshBooks.addApp(firstKeys);

    expect(scene.freshBooks.works(await worker.token())).toBe(true);
    expect(await worker.facts()).not.toHaveProperty('keysRefused');
    expect(scene.freshBooks.presented.get(scene.pair.refreshToken)).toBe(1);
  });

  it('of another app are never shown with this grant', async () => {
    const another = { clientId: 'another', clientSecret: 'canary-secret-3' };
    const scene = await makeScene([firstKeys, another]);
    await saveVersions(scene.integration, [firstKeys, another]);
    scene.freshBooks.addApp(another);
    scene.freshBooks.dropSecret(firstKeys);
    scene.advance(6 * hour);

    expect(await scene.worker().token()).toBe(scene.pair.accessToken);
    expect((await scene.stored()).status).toBe('live');
    expect(scene.freshBooks.presented.size).toBe(0);
  });
});

describe('what is written about a grant', () => {
  it('holds no token and no secret in its log', async () => {
    const scene = await makeScene();
    scene.advance(6 * hour);
    await scene.worker().token();
    scene.freshBooks.takeBack('app', '900');
    scene.advance(7 * hour);
    await scene
      .worker()
      .token()
      .catch(() => undefined);

    expect(scene.lines.length).toBeGreaterThan(1);
    expect(JSON.stringify(scene.lines)).not.toContain('canary');
  });
});
