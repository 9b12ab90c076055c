import { describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { aCompany, aConnection, aLinkedConnection, start } from '../../fakes/builders.ts';
import { ask, makeLinkedWorld, makeWorld, publicUrl, sentenceOf, textAt } from './api-world.ts';

describe('creating a company', () => {
  it('answers the company with its hosted link and nothing linked', async () => {
    const world = await makeWorld();

    const created = await ask(world, 'POST /companies', { body: { name: 'Acme Inc.' } });

    expect(created.status).toBe(200);
    expect(created.body).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      name: 'Acme Inc.',
      redirect: `${publicUrl}/link/company/token-0000000000000001`,
      platform: '',
      created: start,
      products: [],
      tags: {},
      referenceSubsidiaryCompanies: [],
      dataConnections: [],
    });
  });

  it('says who created it when somebody is signed in', async () => {
    const world = await makeWorld();

    const created = await ask(world, 'POST /companies', {
      body: { name: 'Acme' },
      authorization: 'Bearer signed-in',
    });

    expect(created.body).toMatchObject({ createdByUserName: 'ada@example.com' });
  });

  it('keeps accents and punctuation and drops control characters', async () => {
    const world = await makeWorld();

    const created = await ask(world, 'POST /companies', {
      body: { name: ' Société Étoile (Montréal)\u0000\n ', description: 'a/b', tags: { region: 'QC' } },
    });

    expect(created.body).toMatchObject({
      name: 'Société Étoile (Montréal)',
      description: 'a/b',
      tags: { region: 'QC' },
    });
  });

  const eleven = Object.fromEntries(Array.from({ length: 11 }, (_, index) => [`tag${index}`, 'x']));

  it.each([
    ['no name', {}, '"name" in the body is missing or has the wrong type: send text.'],
    ['an empty name', { name: '  ' }, '"name" in the body is empty. Write something there.'],
    [
      'a name of the wrong type',
      { name: 7 },
      '"name" in the body is missing or has the wrong type: send text.',
    ],
    [
      'an unknown property',
      { name: 'A', id: 'mine' },
      'What is in the body holds "id", which this operation does not know. Leave it out.',
    ],
    ['eleven tags', { name: 'A', tags: eleven }, '"tags" in the body has more than 10 tags. Leave some out.'],
    ['a list', [], 'What is in the body is missing or has the wrong type: send a JSON object.'],
  ])('is refused in words with %s', async (_case, body, sentence) => {
    const world = await makeWorld();

    const refused = await ask(world, 'POST /companies', { body });

    expect(refused.status).toBe(400);
    expect(sentenceOf(refused)).toBe(sentence);
    expect(await world.companies.all()).toEqual([]);
  });
});

describe('showing a company', () => {
  it('shows its connections and when they last synced', async () => {
    const world = await makeLinkedWorld({
      invoices: { status: 'Complete', lastSuccess: '2026-03-02T16:00:00.000Z' },
      payments: { status: 'Complete', lastSuccess: '2026-03-02T17:00:00.000Z' },
    });

    const shown = await ask(world, 'GET /companies/company-1');

    expect(shown.body).toMatchObject({
      lastSync: '2026-03-02T17:00:00.000Z',
      dataConnections: [{ id: 'connection-1', status: 'Linked', lastSync: '2026-03-02T17:00:00.000Z' }],
    });
  });

  it('says that there is no company of that id, whatever the id is made of', async () => {
    const world = await makeWorld();

    const missing = await ask(world, `GET /companies/${encodeURIComponent('../a b/ü%')}`);

    expect(missing.status).toBe(404);
    expect(sentenceOf(missing)).toBe('There is no company with the id ../a b/ü%. Check the id.');
  });
});

describe('changing a company', () => {
  it('replaces name, description and tags by PUT: what is left out is gone', async () => {
    const world = await makeWorld();
    await world.companies.insert(aCompany({ description: 'old', tags: { a: '1' } }));

    const replaced = await ask(world, 'PUT /companies/company-1', { body: { name: 'New' } });

    expect(replaced.status).toBe(200);
    expect(await world.companies.find('company-1')).toEqual(aCompany({ name: 'New' }));
  });

  it('changes what is given by PATCH and takes null for "leave it"', async () => {
    const world = await makeWorld();
    await world.companies.insert(aCompany({ description: 'old', tags: { a: '1' } }));

    const updated = await ask(world, 'PATCH /companies/company-1', {
      body: { description: 'new', name: null, tags: { b: '2' } },
    });

    expect(updated.status).toBe(200);
    expect(await world.companies.find('company-1')).toEqual(
      aCompany({ description: 'new', tags: { a: '1', b: '2' } }),
    );
  });

  it('refuses a tag that would be the eleventh', async () => {
    const world = await makeWorld();
    const ten = Object.fromEntries(Array.from({ length: 10 }, (_, index) => [`tag${index}`, 'x']));
    await world.companies.insert(aCompany({ tags: ten }));

    const changed = await ask(world, 'PATCH /companies/company-1', { body: { tags: { tag0: 'y' } } });
    const refused = await ask(world, 'PATCH /companies/company-1', { body: { tags: { more: 'y' } } });

    expect([changed.status, refused.status]).toEqual([200, 400]);
    expect(await world.companies.find('company-1')).toMatchObject({ tags: { ...ten, tag0: 'y' } });
  });

  it.each(['PUT', 'PATCH', 'DELETE'])('answers 404 to %s for no such company', async (method) => {
    const world = await makeWorld();

    const missing = await ask(world, `${method} /companies/nobody`, { body: { name: 'A' } });

    expect(missing.status).toBe(404);
  });
});

describe('deleting a company', () => {
  it('answers 204 without a body, and the company is gone', async () => {
    const world = await makeLinkedWorld();

    const deleted = await ask(world, 'DELETE /companies/company-1');

    expect([deleted.status, deleted.body]).toEqual([204, undefined]);
    expect((await ask(world, 'GET /companies/company-1')).status).toBe(404);
  });

  it('condemns its connections and wakes the worker to release and erase them', async () => {
    const world = await makeLinkedWorld();

    await ask(world, 'DELETE /companies/company-1');

    const ref = { companyId: 'company-1', connectionId: 'connection-1' };
    expect(await world.connections.find(ref)).toMatchObject({ state: 'Unlinked', erasing: start });
    expect(world.takeWoken()).toMatchObject([{ wake: { kind: 'erase', ref, grantId: 'grant-1' } }]);
  });
});

describe('listing companies', () => {
  const some = async () => {
    const world = await makeWorld();
    for (const [index, name] of ['Cedar', 'Alder', 'Birch'].entries()) {
      const id = `company-${index + 1}`;
      await world.companies.insert(
        aCompany({ id, name, created: `2026-03-0${index + 1}T00:00:00.000Z`, tags: { tree: name } }),
      );
    }
    const datasets = { invoices: { status: 'Complete' as const, lastSuccess: '2026-03-09T00:00:00.000Z' } };
    await world.connections.insert(aLinkedConnection({ id: 'linked', companyId: 'company-1', datasets }));
    await world.connections.insert(aConnection({ id: 'pending', companyId: 'company-2' }));
    return world;
  };
  const Listed = z.object({ results: z.array(z.object({ name: z.string() })) });
  const names = ({ body }: { body: unknown }) => Listed.parse(body).results.map(({ name }) => name);

  it('lists the oldest first, each with its connections', async () => {
    const listed = await ask(await some(), 'GET /companies');

    expect(names(listed)).toEqual(['Cedar', 'Alder', 'Birch']);
    expect(listed.body).toMatchObject({
      results: [{ dataConnections: [{ id: 'linked' }] }, { dataConnections: [{ id: 'pending' }] }, {}],
      pageNumber: 1,
      pageSize: 100,
      totalResults: 3,
      _links: { self: { href: '/companies' }, current: { href: '/companies?page=1&pageSize=100' } },
    });
  });

  it('pages with links that keep the query', async () => {
    const listed = await ask(await some(), 'GET /companies?pageSize=1&page=2&query=name!=Birch');

    expect(names(listed)).toEqual(['Alder']);
    expect(listed.body).toMatchObject({
      totalResults: 2,
      _links: { previous: { href: '/companies?page=1&pageSize=1&query=name%21%3DBirch' } },
    });
    expect(listed.body).not.toHaveProperty('_links.next');
  });

  it.each([
    ['query=name=Alder', ['Alder']],
    ['query=name~d&orderBy=name', ['Alder', 'Cedar']],
    ['query=created>=2026-03-02&orderBy=-created', ['Birch', 'Alder']],
    ['query=dataConnections.status=Linked', ['Cedar']],
    ['query=dataConnections.status!=Linked', ['Alder', 'Birch']],
    ['query=dataConnections.status!=Linked%26%26dataConnections.status!=PendingAuth', ['Birch']],
    ['query=lastSync>2026-03-08', ['Cedar']],
    ['orderBy=-lastSync', ['Cedar', 'Alder', 'Birch']],
    ['tags=tree=Birch', ['Birch']],
    ['tags=tree!=Birch%26%26tree~ar', ['Cedar']],
  ])('finds by %s', async (search, expected) => {
    const listed = await ask(await some(), `GET /companies?${search}`);

    expect(names(listed)).toEqual(expected);
  });

  it.each([
    ['page=0', '"page" in the query string must be a whole number from 1 to 999999999.'],
    ['pageSize=5001', '"pageSize" in the query string must be a whole number from 1 to 5000.'],
    ['pageSize=1e3', '"pageSize" in the query string must be a whole number from 1 to 5000.'],
    ['page=1&page=2', '"page" in the query string must be a whole number from 1 to 999999999.'],
    [
      'query=nonsense',
      'Error parsing query - Malformed query. At character 9 it ends where one of = != ~ > < >= <= is expected.',
    ],
    [
      'orderBy=shoeSize',
      'Error parsing query - Could not resolve property shoeSize. Known properties are id, name, description, redirect, platform, lastSync, created, createdByUserName, products, tags, referenceSubsidiaryCompanies, dataConnections.',
    ],
  ])('refuses %s in words', async (search, sentence) => {
    const refused = await ask(await some(), `GET /companies?${search}`);

    expect(refused.status).toBe(400);
    expect(sentenceOf(refused)).toBe(sentence);
  });

  it('leaves out connections that are being erased', async () => {
    const world = await some();

    await ask(world, 'DELETE /companies/company-1/connections/linked');

    const shown = await ask(world, 'GET /companies/company-1');
    expect(shown.body).toMatchObject({ dataConnections: [] });
    expect(textAt(shown, 'name')).toBe('Cedar');
  });
});
