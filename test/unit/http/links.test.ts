import { describe, expect, it } from '@jest/globals';
import { digestOf } from '../../../src/app/digest.ts';
import { aCompany, aLinkedConnection } from '../../fakes/builders.ts';
import { ask, makeLinkedWorld, publicUrl, textAt, type World } from './api-world.ts';

const company = '/companies/company-1';
const connection = `${company}/connections/connection-1`;
const code = /^token-\d+$/;

/** A world whose links work once. */
async function makeOnceWorld(): Promise<World> {
  const world = await makeLinkedWorld();
  await world.linkSettings.save({ oneTimeLinks: { enabled: true, lifetimeHours: 48 } });
  return world;
}

/** What the store knows of the code in a link. */
function linkIn(world: World, url: string) {
  const { searchParams } = new URL(url);
  return world.oneTimeLinks.find(digestOf(searchParams.get('otp') ?? searchParams.get('link.otp') ?? ''));
}

describe('a link that is asked for', () => {
  it('is the stable one while links work as often as they are opened', async () => {
    const world = await makeLinkedWorld();

    expect((await ask(world, `POST ${company}/link`)).body).toEqual({
      linkUrl: `${publicUrl}/link/company/${aCompany().linkToken}`,
    });
    expect((await ask(world, `POST ${connection}/link`)).body).toEqual({
      linkUrl: `${publicUrl}/link/link-1`,
      health: expect.objectContaining({ state: expect.any(String) }),
    });
  });

  it('has a code for that company alone, and says until when', async () => {
    const world = await makeOnceWorld();

    const answer = await ask(world, `POST ${company}/link`);

    expect([answer.status, textAt(answer, 'expiresDate')]).toEqual([200, '2026-03-04T15:00:00.000Z']);
    const url = new URL(textAt(answer, 'linkUrl'));
    expect(url.pathname).toBe(`/link/company/${aCompany().linkToken}`);
    expect(url.searchParams.get('link.otp')).toMatch(code);
    expect(await linkIn(world, url.href)).toMatchObject({
      companyId: 'company-1',
      expires: '2026-03-04T15:00:00.000Z',
    });
  });

  it('has a code for that connection alone, and says why its customer is asked', async () => {
    const world = await makeOnceWorld();
    await world.connections.change({ companyId: 'company-1', connectionId: 'connection-1' }, (held) => ({
      next: { ...held, scopes: ['user:other:read'] },
      result: 0,
    }));

    const answer = await ask(world, `POST ${connection}/link`);

    const url = textAt(answer, 'linkUrl');
    expect(await linkIn(world, url)).toMatchObject({ companyId: 'company-1', connectionId: 'connection-1' });
    expect(answer.body).toMatchObject({
      health: { reason: 'scopes-changed', action: { code: 'authorise-again', link: `${url}&again=yes` } },
    });
  });

  it('is another one each time, and each is good', async () => {
    const world = await makeOnceWorld();

    const urls = [await ask(world, `POST ${company}/link`), await ask(world, `POST ${company}/link`)].map(
      (answer) => textAt(answer, 'linkUrl'),
    );

    expect(new Set(urls).size).toBe(2);
    for (const url of urls) expect((await linkIn(world, url))?.used).toBeUndefined();
  });

  it.each([`${company}-x/link`, `${company}/connections/connection-x/link`])(
    'is not made for what there is not: %s',
    async (path) => {
      expect((await ask(await makeOnceWorld(), `POST ${path}`)).status).toBe(404);
    },
  );
});

describe('where links work once', () => {
  it.each([
    [`GET ${company}`, 'redirect'],
    [`GET ${company}`, 'dataConnections.0.linkUrl'],
    [`GET ${connection}`, 'linkUrl'],
    [`GET ${company}/connections`, 'results.0.linkUrl'],
  ])('%s shows at "%s" one that works', async (operation, path) => {
    const world = await makeOnceWorld();

    const url = textAt(await ask(world, operation), ...path.split('.'));

    expect(await linkIn(world, url)).toMatchObject({ companyId: 'company-1' });
  });

  it.each([
    [`GET ${connection}/doctor`, 'health.action.link'],
    [`GET ${company}/dataStatus`, 'invoices.health.action.link'],
  ])('%s tells at "%s" of one that works, when it is to be sent', async (operation, path) => {
    const world = await makeOnceWorld();
    const handed = async () => textAt(await ask(world, operation), ...path.split('.'));
    await world.connections.change({ companyId: 'company-1', connectionId: 'connection-1' }, (held) => ({
      next: { ...held, state: 'Deauthorized' },
      result: 0,
    }));

    const [first, second] = [await handed(), await handed()];

    const kept = { companyId: 'company-1', connectionId: 'connection-1' };
    const facts = { digest: expect.any(String), created: expect.any(String), expires: expect.any(String) };
    expect(await linkIn(world, first)).toEqual({ ...kept, ...facts });
    expect(second).not.toBe(first);
  });

  it('so does the creation of a company and of its connection', async () => {
    const world = await makeOnceWorld();

    const made = await ask(world, 'POST /companies', { body: { name: 'Second' } });
    const companyId = textAt(made, 'id');
    const linked = await ask(world, `POST /companies/${companyId}/connections`, {
      body: { platformKey: 'vxvy' },
    });

    expect(await linkIn(world, textAt(made, 'redirect'))).toMatchObject({ companyId });
    expect(await linkIn(world, textAt(linked, 'linkUrl'))).toMatchObject({ companyId });
  });

  it('the list of all companies hands out none', async () => {
    const world = await makeOnceWorld();

    const answer = await ask(world, 'GET /companies');

    expect(textAt(answer, 'results', '0', 'redirect')).toBe(
      `${publicUrl}/link/company/${aCompany().linkToken}`,
    );
    expect(textAt(answer, 'results', '0', 'dataConnections', '0', 'linkUrl')).toBe(
      `${publicUrl}/link/${aLinkedConnection().linkToken}`,
    );
  });

  it('the profile, when it is replaced, leaves it so', async () => {
    const world = await makeOnceWorld();

    await ask(world, 'PUT /profile', { body: { name: 'Busy', redirectUrl: '' } });

    expect((await world.linkSettings.find()).oneTimeLinks).toEqual({ enabled: true, lifetimeHours: 48 });
  });
});
