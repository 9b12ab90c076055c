import { describe, expect, it } from '@jest/globals';
import { aPerson, type JourneyScene, makeJourneyScene } from './journey-scene.ts';

const other = [{ businessId: '77', accountId: 'other', name: 'Other' }];

/** Every message of the queue that gives a consent back, served when its time has come. */
async function deliver(scene: JourneyScene): Promise<void> {
  scene.advance(900);
  for (const { wake } of scene.takeWoken()) {
    if (wake.kind === 'give-back') await scene.giveBack(wake.grantId, wake.since);
  }
}

/** A second person authorised a business that is not the connection's, while FreshBooks could not be told. */
async function turnedAway(mishaps = 1): Promise<JourneyScene> {
  const scene = await makeJourneyScene();
  await scene.browser().authorise(scene);
  scene.freshBooks.addPerson(aPerson('901', other));
  scene.freshBooks.fail('revoke', ...Array.from({ length: mishaps }, () => 'lost-before' as const));
  await scene.browser().authorise(scene, '901', '/link/link-1?again=yes');
  return scene;
}

describe('a consent that could not be given back at once', () => {
  it('is closed to all use, and given back when FreshBooks answers again', async () => {
    const scene = await turnedAway(3);
    const grantId = scene.grantIdOf('901');
    expect((await scene.grants.find(grantId))?.status).toBe('revoked');

    await deliver(scene);
    await deliver(scene);
    await deliver(scene);

    expect(await scene.grants.find(grantId)).toBeUndefined();
    expect(scene.freshBooks.works(await scene.token('900'))).toBe(true);
  });

  it('is given up after three days, which is counted', async () => {
    const scene = await turnedAway(1000);

    for (let turns = 0; turns < 400; turns += 1) await deliver(scene);

    expect(scene.totals.get('grant.give-back.given-up')).toBe(1);
    expect(scene.takeWoken()).toEqual([]);
  });

  it('is kept when the person gave it anew and something stands on it', async () => {
    const scene = await turnedAway();
    scene.freshBooks.addPerson(aPerson('901'));
    await scene.browser().authorise(scene, '901', '/link/link-1?again=yes');

    await deliver(scene);
    await deliver(scene);

    expect((await scene.grants.find(scene.grantIdOf('901')))?.status).toBe('live');
    expect((await scene.connection()).grantId).toBe(scene.grantIdOf('901'));
  });

  it('waits while the person may still choose a business for it', async () => {
    const scene = await makeJourneyScene();
    scene.freshBooks.addPerson(aPerson('900', [{}, ...other]));
    const browser = scene.browser();
    await browser.authorise(scene);
    scene.takeWoken();

    await scene.giveBack(scene.grantIdOf('900'), scene.clock());

    expect((await scene.grants.find(scene.grantIdOf('900')))?.status).toBe('live');
    expect(scene.takeWoken()).toMatchObject([{ wake: { kind: 'give-back' }, delaySeconds: 900 }]);
  });

  it('is told of even by a process that died between the end and the telling', async () => {
    const scene = await makeJourneyScene();
    await scene.browser().authorise(scene);
    scene.freshBooks.addPerson(aPerson('901', other));
    const dead = (): Promise<never> => Promise.reject(new Error('killed'));
    const { onGrant } = scene.connections;
    // Asked once to share the consent, and then to give it back.
    let asked = 0;
    scene.connections.onGrant = (id) => {
      if (id === scene.grantIdOf('901')) asked += 1;
      return asked > 1 ? dead() : onGrant(id);
    };
    await scene
      .browser()
      .authorise(scene, '901', '/link/link-1?again=yes')
      .catch(() => undefined);
    scene.connections.onGrant = onGrant;

    await deliver(scene);

    expect(await scene.grants.find(scene.grantIdOf('901'))).toBeUndefined();
  });
});

describe('a former consent that another person took the place of', () => {
  it('is given back although FreshBooks did not answer then', async () => {
    const scene = await makeJourneyScene();
    await scene.browser().authorise(scene);
    scene.freshBooks.addPerson(aPerson('901'));
    scene.freshBooks.fail('revoke', 'lost-before');
    await scene.browser().authorise(scene, '901', '/link/link-1?again=yes');

    await deliver(scene);

    expect(await scene.grants.find(scene.grantIdOf('900'))).toBeUndefined();
    expect(scene.freshBooks.works(await scene.token('901'))).toBe(true);
  });
});
