import { describe, expect, it } from '@jest/globals';
import { allowBusinessChange } from '../../../src/domain/business-change.ts';
import { lose } from '../../../src/domain/connection-moves.ts';
import { servicesDown } from '../../../src/domain/problem.ts';
import {
  aPerson,
  type Browser,
  type JourneyScene,
  makeJourneyScene,
  theConnection,
} from './journey-scene.ts';

const other = { businessId: '77', accountId: 'other', name: 'Other' };
const again = '/link/link-1?again=yes';

/** A linked company whose customer, now another person, has another business; allowed to change or not. */
async function linked({ allowed = true, businesses = [other] as { businessId?: string }[] } = {}) {
  const scene = await makeJourneyScene();
  await scene.browser().authorise(scene);
  scene.freshBooks.addPerson(aPerson('901', businesses));
  if (allowed) await allow(scene);
  scene.takeWoken();
  return scene;
}

async function allow(scene: JourneyScene, ref = theConnection): Promise<void> {
  await scene.connections.change(ref, (one) => ({
    next: allowBusinessChange(one, true, scene.clock()),
    result: undefined,
  }));
}

const attemptOf = (browser: Browser): string => browser.cookies['__Host-ledgerlink']?.split('.')[1] ?? '';

async function choose(browser: Browser, business: string) {
  const attempt = attemptOf(browser);
  return browser.follow(await browser.request('POST', '/oauth/choose', { attempt, business }));
}

/** The connection that has taken the place of the first. */
async function successor(scene: JourneyScene) {
  const connectionId = (await scene.connection()).replacedBy ?? 'none';
  return scene.connection({ ...theConnection, connectionId });
}

describe('a customer who authorises another business than before', () => {
  it('is told both names, and that nothing was changed, where nobody allowed it', async () => {
    const scene = await linked({ allowed: false });

    const page = await scene.browser().authorise(scene, '901', again);

    expect(page.status).toBe(409);
    expect(page.text).toContain('This link was used before for Busy Agency.');
    expect(page.text).toContain('just now has Other');
    expect((await scene.connections.ofCompany('company-1')).length).toBe(1);
    expect(scene.freshBooks.works(await scene.token('900'))).toBe(true);
  });

  it('is asked in plain words before anything is changed, where it is allowed', async () => {
    const scene = await linked();
    const browser = scene.browser();

    const page = await browser.authorise(scene, '901', again);

    expect(page.text).toContain('This link was used before for Busy Agency.');
    expect(page.text).toContain('Keep Busy Agency');
    expect(page.text).toContain('Other');
    expect(await scene.connection()).toMatchObject({ state: 'Linked', grantId: scene.grantIdOf('900') });
    expect((await scene.connections.ofCompany('company-1')).length).toBe(1);
  });

  it('may keep the former one: nothing is changed, and the new consent is given back', async () => {
    const scene = await linked();
    const browser = scene.browser();
    await browser.authorise(scene, '901', again);

    const page = await choose(browser, 'keep');

    expect(page.text).toContain('Nothing was changed');
    expect(await scene.connection()).toMatchObject({ state: 'Linked', grantId: scene.grantIdOf('900') });
    expect(await scene.grants.find(scene.grantIdOf('901'))).toBeUndefined();
    expect(scene.freshBooks.works(await scene.token('900'))).toBe(true);
  });

  it('gets a connection of its own for the other one, and the former is history', async () => {
    const scene = await linked();
    const browser = scene.browser();
    await browser.authorise(scene, '901', again);

    const page = await choose(browser, '77');

    const [former, next] = [await scene.connection(), await successor(scene)];
    expect(page.text).toContain('Other now shares its accounting data');
    expect(former).toMatchObject({ state: 'Unlinked', business: { name: 'Busy Agency' } });
    expect(former.businessChange).toBeUndefined();
    expect(next).toMatchObject({
      state: 'Linked',
      business: { name: 'Other' },
      grantId: scene.grantIdOf('901'),
      datasets: {},
      resources: {},
    });
    expect(Object.keys(next.wanted)).toContain('invoices');
    expect(scene.takeWoken().map(({ wake }) => wake)).toEqual(
      expect.arrayContaining([
        { kind: 'sync', ref: { ...theConnection, connectionId: next.id } },
        { kind: 'release', ref: theConnection, grantId: scene.grantIdOf('900') },
      ]),
    );
  });

  it('who has both chooses, and sees which one is connected now', async () => {
    const scene = await linked({ businesses: [{}, other] });
    const browser = scene.browser();

    const page = await browser.authorise(scene, '901', again);
    await choose(browser, '4200');

    expect(page.text).toContain('Busy Agency (connected until now)');
    expect(page.text).not.toContain('Keep Busy Agency');
    expect(await scene.connection()).toMatchObject({ state: 'Linked', grantId: scene.grantIdOf('901') });
    expect((await scene.connections.ofCompany('company-1')).length).toBe(1);
  });

  it('is asked nothing where only the former one is theirs', async () => {
    const scene = await linked();

    const page = await scene.browser().authorise(scene, '900', again);

    expect(page.text).toContain('FreshBooks is connected');
    expect((await scene.connection()).state).toBe('Linked');
  });

  it('may change once for each time it was allowed, within seven days', async () => {
    const scene = await linked();
    const browser = scene.browser();
    await browser.authorise(scene, '901', again);
    await choose(browser, '77');
    scene.freshBooks.addPerson(aPerson('902', [{ businessId: '78', accountId: 'third', name: 'Third' }]));
    const next = await successor(scene);

    const refused = await scene.browser().authorise(scene, '902', again);
    await allow(scene, { ...theConnection, connectionId: next.id });
    scene.advance(7 * 86_400);
    const late = await scene.browser().authorise(scene, '902', again);

    expect([refused.status, late.status]).toEqual([409, 409]);
    expect((await scene.connections.ofCompany('company-1')).length).toBe(2);
  });

  it('is led by the former link to the connection that took its place', async () => {
    const scene = await linked();
    const browser = scene.browser();
    await browser.authorise(scene, '901', again);
    await choose(browser, '77');
    const next = await successor(scene);
    await scene.connections.change({ ...theConnection, connectionId: next.id }, (one) => ({
      next: lose(
        one,
        { statusCode: '401', statusText: '', errorMessage: '', reason: 'consent-withdrawn' },
        scene.clock(),
      ),
      result: undefined,
    }));

    const wrong = await scene.browser().authorise(scene, '900', '/link/link-1');
    const right = await scene.browser().authorise(scene, '901', '/link/link-1');

    expect(wrong.status).toBe(409);
    expect(right.text).toContain('Other now shares');
    expect((await scene.connection()).state).toBe('Unlinked');
    expect((await successor(scene)).state).toBe('Linked');
  });

  it('cannot bring the former one back by a walk that began before', async () => {
    const scene = await linked();
    const early = scene.browser();
    const callback = await early.callback(scene, '900', again);
    const browser = scene.browser();
    await browser.authorise(scene, '901', again);
    await choose(browser, '77');

    const page = await early.follow(await early.get(callback));

    expect(page.text).toContain('Connecting was interrupted');
    expect((await scene.connection()).state).toBe('Unlinked');
  });

  it('has chosen one, in however many tabs', async () => {
    const scene = await linked({ businesses: [other, { ...other, businessId: '78', accountId: 'third' }] });
    const [one, two] = [scene.browser(), scene.browser()];
    await one.authorise(scene, '901', again);
    await two.authorise(scene, '901', again);

    await choose(one, '77');
    const page = await choose(two, '78');

    expect(page.text).toContain('Connecting was interrupted');
    expect((await scene.connections.ofCompany('company-1')).length).toBe(2);
    expect((await successor(scene)).business?.businessId).toBe('77');
  });

  it('has chosen one, at the same moment in two tabs', async () => {
    const scene = await linked({ businesses: [other, { ...other, businessId: '78', accountId: 'third' }] });
    const tabs = [scene.browser(), scene.browser()] as const;
    for (const tab of tabs) await tab.authorise(scene, '901', again);

    const pages = await Promise.all([choose(tabs[0], '77'), choose(tabs[1], '78')]);

    const all = await scene.connections.ofCompany('company-1');
    expect(all.map(({ state }) => state).toSorted()).toEqual(['Linked', 'Unlinked']);
    expect(pages.filter(({ text }) => text.includes('FreshBooks is connected'))).toHaveLength(1);
  });

  it('changes nothing when the permission was taken back before the choice was carried out', async () => {
    const scene = await linked();
    const browser = scene.browser();
    await browser.authorise(scene, '901', again);
    const chosen = scene.browserOf({
      attempts: {
        ...scene.attempts,
        change: async (id, decide) => {
          const result = await scene.attempts.change(id, decide);
          await scene.connections.change(theConnection, (one) => ({
            next: allowBusinessChange(one, false, scene.clock()),
            result: undefined,
          }));
          return result;
        },
      },
    });
    Object.assign(chosen.cookies, browser.cookies);

    const page = await choose(chosen, '77');

    expect(page.status).toBe(409);
    expect(await scene.connection()).toMatchObject({ state: 'Linked', grantId: scene.grantIdOf('900') });
    expect((await scene.connections.ofCompany('company-1')).length).toBe(1);
  });

  it.each([
    ['the process died', () => new Error('killed')],
    ['a service did not answer', () => servicesDown(new Error('Rate exceeded'))],
  ])('is linked once although %s at any write on the way', async (_what, trouble) => {
    for (let deadly = 1; deadly < 14; deadly += 1) {
      const scene = await linked();
      const browser = scene.browser();
      await browser.authorise(scene, '901', again);
      let writes = 0;
      const dies = async <T>(write: () => Promise<T>): Promise<T> => {
        writes += 1;
        if (writes === deadly) throw trouble();
        return write();
      };
      const { connections, attempts, waker } = scene;
      const mortal = scene.browserOf({
        connections: {
          ...connections,
          insert: (one) => dies(() => connections.insert(one)),
          change: (ref, decide) => dies(() => connections.change(ref, decide)),
        },
        attempts: { ...attempts, change: (id, decide) => dies(() => attempts.change(id, decide)) },
        waker: (wake, when) => dies(() => waker(wake, when)),
      });
      Object.assign(mortal.cookies, browser.cookies);
      const attempt = attemptOf(browser);
      await mortal.request('POST', '/oauth/choose', { attempt, business: '77' }).catch(() => undefined);

      await choose(browser, '77');

      const all = await scene.connections.ofCompany('company-1');
      expect(all.map(({ state }) => state).toSorted()).toEqual(['Linked', 'Unlinked']);
      expect((await successor(scene)).business?.name).toBe('Other');
    }
  });
});
