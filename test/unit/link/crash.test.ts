import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { makeHandOutLink } from '../../../src/app/link/hand-out-link.ts';
import { aPerson, Browser, type JourneyScene, makeJourneyScene } from './journey-scene.ts';
import { mortal } from './mortal.ts';

/** One browser's callback on a process that dies at that moment; answers whether it got that far. */
async function callbackThatDies(
  scene: JourneyScene,
  browser: Browser,
  moment: number,
  after: boolean,
  link?: string,
): Promise<boolean> {
  const address = await browser.callback(scene, '900', link);
  const { ports, died } = mortal(scene, moment, after);
  const dying = new Browser(scene.handleWith(ports));
  Object.assign(dying.cookies, browser.cookies);
  await dying.get(address);
  // The browser got no answer, so it has kept no cookie of it; it reloads the callback.
  lastAddress = address;
  return died();
}
let lastAddress = '';

/** All messages of the queue, delivered when their time has come. */
async function deliver(scene: JourneyScene): Promise<void> {
  scene.advance(65);
  for (const { wake } of scene.takeWoken()) if (wake.kind === 'resume') await scene.resume(wake.attemptId);
}

/** The address of a link that works once, where all links do. */
async function onceOnly(scene: JourneyScene): Promise<string> {
  await scene.linkSettings.save({ oneTimeLinks: { enabled: true, lifetimeHours: 1 } });
  const made = await makeHandOutLink(scene)({ companyId: 'company-1' });
  return `/link/link-1?otp=${made?.code}`;
}

const moments = Array.from({ length: 16 }, (_, moment) => moment).flatMap((moment) => [
  { moment, after: false },
  { moment, after: true },
]);

describe('a process that is killed in the callback', () => {
  it.each(moments)(
    'at call $moment (after it: $after) leaves an attempt that the customer can finish or begin again',
    async ({ moment, after }) => {
      const scene = await makeJourneyScene();
      const browser = scene.browser();
      await callbackThatDies(scene, browser, moment, after);
      scene.advance(65);

      const page = await browser.follow(await browser.get(lastAddress));

      const connection = await scene.connection();
      if (connection.state === 'Linked') {
        expect(page.text).toContain('FreshBooks is connected');
        expect(scene.freshBooks.works(await scene.token('900'))).toBe(true);
        return;
      }
      expect(page.text).toContain('Connecting was interrupted');
      expect(await scene.grants.find(scene.grantIdOf('900'))).toBeUndefined();
      expect((await browser.authorise(scene)).text).toContain('FreshBooks is connected');
    },
  );

  it.each(moments)(
    'at call $moment (after it: $after) neither burns a link that works once nor lets it work twice',
    async ({ moment, after }) => {
      const scene = await makeJourneyScene();
      const link = await onceOnly(scene);
      const browser = scene.browser();
      await callbackThatDies(scene, browser, moment, after, link);
      scene.advance(65);
      await browser.follow(await browser.get(lastAddress));

      if ((await scene.connection()).state !== 'Linked') await browser.authorise(scene, '900', link);

      expect((await scene.connection()).state).toBe('Linked');
      expect((await scene.browser().get(`${link}&again=yes`)).text).toContain('used already');
    },
  );

  it.each(moments)(
    'at call $moment (after it: $after) never costs the first company of this person its access, once the pair was saved',
    async ({ moment, after }) => {
      const scene = await makeJourneyScene();
      await scene.browser().authorise(scene);
      scene.takeWoken();
      scene.advance(60);
      const before = (await scene.grants.find(scene.grantIdOf('900')))?.epoch;
      let saved = false;
      const { attempts } = scene;
      const watched: JourneyScene = {
        ...scene,
        attempts: {
          ...attempts,
          change: async (id, decide) => {
            const result = await attempts.change(id, decide);
            saved ||= (await attempts.find(id))?.pair !== undefined;
            return result;
          },
        },
      };
      const browser = scene.browser();
      const address = await browser.callback(scene, '900', '/link/link-1?again=yes');
      const dying = new Browser(scene.handleWith(mortal(watched, moment, after).ports));
      Object.assign(dying.cookies, browser.cookies);
      await dying.get(address);

      await deliver(scene);

      const grant = await scene.grants.find(scene.grantIdOf('900'));
      if (saved) expect(grant).toMatchObject({ epoch: (before ?? 0) + 1, status: 'live' });
      if (saved || !scene.freshBooks.calls.includes('exchange')) {
        scene.advance(7 * 3600);
        expect(scene.freshBooks.works(await scene.token('900'))).toBe(true);
      }
      expect((await scene.connection()).state).toBe('Linked');
    },
  );
});

describe('a journey of many deaths', () => {
  it('ends linked, with a grant that lives', async () => {
    const death = fc.record({ moment: fc.nat(14), after: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(fc.array(death, { maxLength: 5 }), async (deaths) => {
        const scene = await makeJourneyScene();
        scene.freshBooks.addPerson(aPerson('900'));
        const browser = scene.browser();
        for (const { moment, after } of deaths) {
          await callbackThatDies(scene, browser, moment, after);
          await deliver(scene);
          scene.advance(10);
          if ((await scene.connection()).state === 'Linked') break;
        }
        if ((await scene.connection()).state !== 'Linked') await browser.authorise(scene);

        expect((await scene.connection()).state).toBe('Linked');
        expect(scene.freshBooks.works(await scene.token('900'))).toBe(true);
      }),
      { numRuns: 100 },
    );
  });
});
