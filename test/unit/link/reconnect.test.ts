import { describe, expect, it } from '@jest/globals';
import type { Connection } from '../../../src/domain/connection.ts';
import { languages } from '../../../src/http/link/language.ts';
import { textOf } from '../../../src/http/link/texts.ts';
import { makeJourneyScene, theConnection } from './journey-scene.ts';

/** A linked connection of which this is known since. */
async function linked(changes: Partial<Connection>) {
  const scene = await makeJourneyScene();
  await scene.browser().authorise(scene);
  await scene.connections.change(theConnection, (connection) => ({
    next: { ...connection, ...changes },
    result: undefined,
  }));
  return scene;
}

const someScopes = ['user:profile:read'];
const at = '2026-03-02T15:00:00.000Z';

describe('a customer who opens the link of a connection that works', () => {
  it('is told so when nothing is wanted of them', async () => {
    const scene = await linked({});

    expect((await scene.browser().get('/link/link-1')).text).toContain(textOf('en', 'already-linked.title'));
  });

  it.each(languages)('is told that another app of FreshBooks is used now, in %s', async (lang) => {
    const scene = await linked({});
    await scene.integration.change((one) => ({
      ...(one && { next: { ...one, clientId: 'another' } }),
      result: undefined,
    }));

    const page = await scene.browser().get(`/link/link-1?lang=${lang}`);

    expect(page.text).toContain(textOf(lang, 'again-app.title'));
    expect(page.text).toContain('again=yes');
  });

  it.each(languages)(
    'is told that other permissions are asked for, and by what business, in %s',
    async (lang) => {
      const scene = await linked({ scopes: someScopes });
      const business = (await scene.connection()).business?.name ?? 'none';

      const page = await scene.browser().get(`/link/link-1?lang=${lang}`);

      expect(page.text).toContain(textOf(lang, 'again-scopes.title'));
      expect(page.text).toContain(business);
    },
  );

  it('is told that the one who connected has left', async () => {
    const scene = await linked({ standing: { at, unfit: 'membership-gone' } });

    expect((await scene.browser().get('/link/link-1')).text).toContain(textOf('en', 'again-person.title'));
  });

  it('is told that the access is about to end', async () => {
    const { access } = await (await linked({})).connection();
    if (access === undefined) throw new Error('no access is known');
    const scene = await linked({ access: { ...access, loss: { at, reason: 'rotation-lost' } } });

    expect((await scene.browser().get('/link/link-1')).text).toContain(textOf('en', 'again-access.title'));
  });

  it('goes on to FreshBooks from there, and is done', async () => {
    const scene = await linked({ scopes: someScopes });
    const page = await scene.browser().get('/link/link-1?ref=a');
    const again = /href="([^"]+again=yes)"/.exec(page.text)?.[1]?.replaceAll('&amp;', '&') ?? '';

    await scene.browser().authorise(scene, '900', again);

    expect(again).toBe('/link/link-1?ref=a&again=yes');
    expect((await scene.browser().get('/link/link-1')).text).toContain(textOf('en', 'already-linked.title'));
  });
});
