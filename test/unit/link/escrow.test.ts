import { describe, expect, it } from '@jest/globals';
import { unlink } from '../../../src/domain/connection-moves.ts';
import { Browser, type JourneyScene, makeJourneyScene, theConnection } from './journey-scene.ts';

const callbackOf = (scene: JourneyScene, browser: Browser) =>
  browser.callback(scene, '900', '/link/link-1?again=yes');

/** A callback whose table takes the code and then nothing more, until it is mended. */
async function callbackWithoutTable(
  scene: JourneyScene,
  browser: Browser,
  { mendAfter = Infinity, address = '' } = {},
) {
  const comesBack = address || (await callbackOf(scene, browser));
  let taken = false;
  let failures = 0;
  const { attempts } = scene;
  const failing: typeof attempts = {
    ...attempts,
    change: async (id, decide) => {
      if (taken && failures < mendAfter) {
        failures += 1;
        throw new Error('the table is throttled');
      }
      taken = true;
      return attempts.change(id, decide);
    },
  };
  const dying = new Browser(scene.handleWith({ attempts: failing }));
  Object.assign(dying.cookies, browser.cookies);
  return dying.get(comesBack);
}

async function deliver(scene: JourneyScene): Promise<void> {
  scene.advance(65);
  for (const { wake } of scene.takeWoken()) if (wake.kind === 'resume') await scene.resume(wake.attemptId);
}

describe('a consent whose pair the table does not take', () => {
  it('is linked by the worker, out of the escrow', async () => {
    const scene = await makeJourneyScene();

    const page = await callbackWithoutTable(scene, scene.browser());
    await deliver(scene);

    expect(page.status).toBe(500);
    expect((await scene.connection()).state).toBe('Linked');
    expect(scene.freshBooks.works(await scene.token('900'))).toBe(true);
  });

  it("does not cost the person's first company its access", async () => {
    const scene = await makeJourneyScene();
    await scene.browser().authorise(scene);
    scene.takeWoken();
    scene.advance(60);

    await callbackWithoutTable(scene, scene.browser());
    await deliver(scene);

    scene.advance(7 * 3600);
    expect(scene.freshBooks.works(await scene.token('900'))).toBe(true);
    expect(await scene.grants.find(scene.grantIdOf('900'))).toMatchObject({ status: 'live' });
  });

  it('is given back when the connection was unlinked meanwhile', async () => {
    const scene = await makeJourneyScene();
    await scene.browser().authorise(scene);
    await callbackWithoutTable(scene, scene.browser());
    scene.advance(5);
    await scene.connections.change(theConnection, ({ grantId: _grantId, ...rest }) => ({
      next: unlink(rest, scene.clock()),
      result: undefined,
    }));

    await deliver(scene);

    expect(await scene.connection()).toMatchObject({ state: 'Unlinked' });
    expect(await scene.grants.find(scene.grantIdOf('900'))).toBeUndefined();
  });

  it('is linked although the customer had been told that it was interrupted', async () => {
    const scene = await makeJourneyScene();
    const browser = scene.browser();
    const address = await callbackOf(scene, browser);
    await callbackWithoutTable(scene, browser, { address });
    scene.advance(62);
    expect((await browser.follow(await browser.get(address))).text).toContain('interrupted');

    await deliver(scene);

    expect((await scene.connection()).state).toBe('Linked');
  });

  it('needs no escrow when a second try is taken', async () => {
    const scene = await makeJourneyScene();
    const browser = scene.browser();

    await browser.follow(await callbackWithoutTable(scene, browser, { mendAfter: 1 }));

    expect((await scene.connection()).state).toBe('Linked');
    const [attempt] = scene
      .takeWoken()
      .flatMap(({ wake }) => (wake.kind === 'resume' ? [wake.attemptId] : []));
    expect(await scene.escrow.consent(attempt ?? '')).toBeUndefined();
  });
});
