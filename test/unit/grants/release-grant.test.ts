import { describe, expect, it } from '@jest/globals';
import { makeReleaseGrant } from '../../../src/app/grants/release-grant.ts';
import { firstKeys, makeScene, saveVersions, secondKeys } from './scene.ts';

describe('a consent that is given back', () => {
  it.each([
    ['the present keys, where those it was made with are gone', [secondKeys]],
    ['those it was made with, where FreshBooks does not know the present ones', [firstKeys]],
  ])('ends at FreshBooks with %s', async (_what, known) => {
    const scene = await makeScene();
    await saveVersions(scene.integration, [firstKeys, secondKeys]);
    scene.freshBooks.dropSecret(firstKeys);
    for (const keys of known) scene.freshBooks.addApp(keys);

    const { told } = await makeReleaseGrant({ ...scene.deps, oauth: scene.freshBooks })(scene.grantId);

    expect(told).toBe(true);
    expect(scene.freshBooks.lives(scene.pair.refreshToken)).toBe(false);
    expect(await scene.grants.find(scene.grantId)).toBeUndefined();
  });

  it('is gone here although FreshBooks accepts no keys of ours', async () => {
    const scene = await makeScene();
    scene.freshBooks.dropSecret(firstKeys);

    const { told } = await makeReleaseGrant({ ...scene.deps, oauth: scene.freshBooks })(scene.grantId);

    expect(told).toBe(false);
    expect(await scene.grants.find(scene.grantId)).toBeUndefined();
  });
});
