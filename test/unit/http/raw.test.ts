import { describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import type { Reason } from '../../../src/domain/health.ts';
import { aCompany, aConnection, aLinkedConnection, start } from '../../fakes/builders.ts';
import { rawRow } from '../books/book-world.ts';
import { ask, makeLinkedWorld, makeWorld, sentenceOf, textAt } from './api-world.ts';
import { readRows } from './run-books.ts';

const path = 'GET /companies/company-1/connections/connection-1/freshbooks';
const Ids = z.object({ results: z.array(z.object({ id: z.string() })) });
const ids = ({ body }: { body: unknown }) => Ids.parse(body).results.map(({ id }) => id);

const many = Array.from({ length: 11 }, (_, n) => rawRow(String(n + 1), `v${n + 1}`));

/** FreshBooks refuses to show clients, as the latest run found. */
function refuse(world: Awaited<ReturnType<typeof makeLinkedWorld>>, why: { reason: Reason; scope?: string }) {
  const message = 'clients: the FreshBooks plan of this business does not include it (HTTP 200, errno 7).';
  return world.connections.change({ companyId: 'company-1', connectionId: 'connection-1' }, (held) => {
    const trouble = { status: 'PermissionsError' as const, message, at: start, ...why };
    const resources = { ...held.resources, clients: { ...held.resources['clients'], trouble } };
    return { next: { ...held, resources }, result: undefined };
  });
}

describe('raw rows', () => {
  it('come as FreshBooks gave them, deleted ones marked', async () => {
    const world = await makeLinkedWorld();
    await readRows(world, 'clients', [rawRow('10', { deep: [null, 'é'] }), rawRow('9', 'gone', true)]);

    const { body } = await ask(world, `${path}/clients`);

    expect(body).toMatchObject({
      results: [
        { id: '9', isDeleted: true, row: { id: '9', value: 'gone' } },
        { id: '10', isDeleted: false, row: { id: '10', value: { deep: [null, 'é'] } } },
      ],
      totalResults: 2,
      _links: { self: { href: '/companies/company-1/connections/connection-1/freshbooks/clients' } },
    });
  });

  it('stay on one state of the books by following next, whatever is read meanwhile', async () => {
    const world = await makeLinkedWorld();
    await readRows(world, 'clients', many);
    const first = await ask(world, `${path}/clients?pageSize=6`);
    await readRows(world, 'clients', [rawRow('1', 'edited'), rawRow('12', 'new')]);

    const second = await ask(world, `GET ${textAt(first, '_links', 'next', 'href')}`);

    expect([ids(first), ids(second)]).toEqual([
      ['1', '2', '3', '4', '5', '6'],
      ['7', '8', '9', '10', '11'],
    ]);
    const back = await ask(world, `GET ${textAt(second, '_links', 'previous', 'href')}`);
    expect(back.body).toMatchObject({ results: [{ id: '1', row: { value: 'v1' } }, {}, {}, {}, {}, {}] });
    expect(await ask(world, `${path}/clients`)).toMatchObject({ body: { totalResults: 12 } });
  });

  it('are those of an instant with asOf, on every page', async () => {
    const world = await makeLinkedWorld();
    await readRows(world, 'clients', many);
    world.time.advance(3600);
    await readRows(world, 'clients', [rawRow('1', 'edited'), rawRow('12', 'new')]);

    const then = await ask(world, `${path}/clients?asOf=${start}&pageSize=6`);
    const second = await ask(world, `GET ${textAt(then, '_links', 'next', 'href')}`);

    expect(then.body).toMatchObject({
      totalResults: 11,
      results: [{ row: { value: 'v1' } }, {}, {}, {}, {}, {}],
    });
    expect(ids(second)).toEqual(['7', '8', '9', '10', '11']);
    expect((await ask(world, `${path}/clients?asOf=2026-03-03`)).body).toMatchObject({ totalResults: 12 });
  });

  it.each([
    ['2026-03-02T14:59:59.999Z', 'Nothing had been read by 2026-03-02T14:59:59.999Z, which "asOf" names.'],
    ['2026-03-02', 'Nothing had been read by 2026-03-02T00:00:00.000Z, which "asOf" names.'],
    ['yesterday', '"asOf" in the query string is not a date (YYYY-MM-DD or an ISO time).'],
  ])('are refused as of %s', async (asOf, sentence) => {
    const world = await makeLinkedWorld();
    await readRows(world, 'clients', many);

    const refused = await ask(world, `${path}/clients?asOf=${asOf}`);

    expect(refused.status).toBe(400);
    expect(sentenceOf(refused)).toContain(sentence);
  });

  it('are an empty list where FreshBooks has none', async () => {
    const world = await makeLinkedWorld();
    await readRows(world, 'taxes', []);

    expect((await ask(world, `${path}/taxes`)).body).toMatchObject({ results: [], totalResults: 0 });
  });

  it('say why their list is empty, in the language that was asked for', async () => {
    const message = 'projects: the FreshBooks plan of this business does not include it (HTTP 403).';
    const world = await makeWorld();
    await world.companies.insert(aCompany());
    const trouble = { status: 'PermissionsError' as const, message, at: start };
    await world.connections.insert(aLinkedConnection({ resources: { projects: { trouble } } }));

    const english = await ask(world, `${path}/projects`);
    const french = await ask(world, `${path}/projects`, { headers: { 'accept-language': 'fr' } });

    expect(english.body).toMatchObject({ results: [], status: 'PermissionsError', message });
    expect(french.body).toMatchObject({
      message: expect.stringContaining('le forfait FreshBooks de cette entreprise'),
    });
  });

  it.each([
    [
      'en',
      'clients: the FreshBooks plan of this business does not include it (HTTP 200, errno 7).',
      /^The FreshBooks plan of this business/,
      /their FreshBooks plan/,
    ],
    [
      'fr-CA',
      'clients : le forfait FreshBooks de cette entreprise ne le comprend pas (HTTP 200, errno 7).',
      /^Le forfait FreshBooks/,
      /son forfait/,
    ],
  ])('say why they are not current, and what to do, in %s', async (language, message, sentence, action) => {
    const world = await makeLinkedWorld();
    await readRows(world, 'clients', many);
    await refuse(world, { reason: 'not-in-plan' });

    const { body } = await ask(world, `${path}/clients`, { headers: { 'accept-language': language } });

    expect(body).toMatchObject({
      totalResults: 11,
      status: 'PermissionsError',
      message,
      health: {
        reason: 'not-in-plan',
        since: start,
        sentence: expect.stringMatching(sentence),
        action: { code: 'check-plan', sentence: expect.stringMatching(action) },
      },
    });
  });

  it('have the link that asks for a scope, once the integration asks for it', async () => {
    const world = await makeLinkedWorld();
    await readRows(world, 'clients', many);
    const health = async (scope: string) => {
      await refuse(world, { reason: 'missing-scope', scope });
      return (await ask(world, `${path}/clients`)).body;
    };

    expect(await health('user:profile:read')).toMatchObject({
      health: { reason: 'missing-scope', action: { link: expect.stringMatching(/again=yes/) } },
    });
    expect(await health('user:clients:read')).toMatchObject({
      health: { reason: 'scope-not-asked', action: { code: 'ask-for-scope' } },
    });
  });

  it.each(['estimates', 'constructor', 'a/b'])('are refused for %s, which is not read', async (resource) => {
    const world = await makeLinkedWorld();
    await readRows(world, 'taxes', []);
    await readRows(world, 'clients', many);

    const refused = await ask(world, `${path}/${encodeURIComponent(resource)}`);

    expect([refused.status, sentenceOf(refused)]).toEqual([
      404,
      `The resource [${resource}] of FreshBooks is not read through this connection. There are clients, taxes.`,
    ]);
  });

  it('are refused before anything was read, and through a connection of another company', async () => {
    const world = await makeWorld();
    await world.companies.insert(aCompany());
    await world.companies.insert(aCompany({ id: 'company-2', linkToken: 'other' }));
    await world.connections.insert(aConnection());

    const unread = await ask(world, `${path}/clients`);
    const foreign = await ask(world, 'GET /companies/company-2/connections/connection-1/freshbooks/clients');

    expect([unread.status, sentenceOf(unread)]).toEqual([
      404,
      'Nothing has been read from FreshBooks through the connection connection-1 yet.',
    ]);
    expect(foreign.status).toBe(404);
  });

  it.each(['query=id=1', 'orderBy=id'])('are not filtered or ordered, and say so: %s', async (search) => {
    const world = await makeLinkedWorld();
    await readRows(world, 'clients', many);

    const refused = await ask(world, `${path}/clients?${search}`);

    expect(refused.status).toBe(400);
    expect(sentenceOf(refused)).toContain('cannot be used on what FreshBooks gave. Leave it out.');
  });

  it.each(['Deauthorized', 'Unlinked'] as const)('are served still when it is %s', async (state) => {
    const world = await makeWorld();
    await world.companies.insert(aCompany());
    await world.connections.insert(aLinkedConnection({ state }));
    await readRows(world, 'clients', many);

    expect((await ask(world, `${path}/clients`)).body).toMatchObject({ totalResults: 11 });
  });
});

describe('the history of a row', () => {
  const history = `${path}/clients/7/history`;
  const Changes = z.object({ results: z.array(z.object({ at: z.string(), how: z.string() })) });
  const told = ({ body }: { body: unknown }) => Changes.parse(body).results.map(({ at, how }) => [at, how]);

  async function makeEditedWorld() {
    const world = await makeLinkedWorld();
    for (const row of [rawRow('7', 'a'), rawRow('7', 'b'), rawRow('7', 'b', true), rawRow('7', 'c')]) {
      await readRows(world, 'clients', [row, rawRow('8', 'other')]);
      world.time.advance(3600);
    }
    return world;
  }

  it('tells what happened and when we saw it, newest first', async () => {
    const { body } = await ask(await makeEditedWorld(), history);

    expect(body).toMatchObject({
      totalResults: 4,
      results: [
        { at: '2026-03-02T18:00:00.000Z', how: 'restored', row: { id: '7', value: 'c' } },
        { at: '2026-03-02T17:00:00.000Z', how: 'deleted', row: { id: '7', value: 'b' } },
        { at: '2026-03-02T16:00:00.000Z', how: 'updated', row: { id: '7', value: 'b' } },
        { at: start, how: 'created', row: { id: '7', value: 'a' } },
      ],
      _links: {
        self: { href: '/companies/company-1/connections/connection-1/freshbooks/clients/7/history' },
      },
    });
  });

  it('stays as it was from page to page, whatever happens meanwhile', async () => {
    const world = await makeEditedWorld();
    const first = await ask(world, `${history}?pageSize=2`);
    await readRows(world, 'clients', [rawRow('7', 'd')]);

    const second = await ask(world, `GET ${textAt(first, '_links', 'next', 'href')}`);

    expect(told(second)).toEqual([
      ['2026-03-02T16:00:00.000Z', 'updated'],
      [start, 'created'],
    ]);
    expect((await ask(world, history)).body).toMatchObject({ totalResults: 5 });
  });

  it.each([
    ['clients/999', 404, 'There is no record with the id 999 in clients. Check the id.'],
    [
      'estimates/7',
      404,
      'The resource [estimates] of FreshBooks is not read through this connection. There are clients.',
    ],
  ])('is refused for %s', async (place, status, sentence) => {
    const refused = await ask(await makeEditedWorld(), `${path}/${place}/history`);

    expect([refused.status, sentenceOf(refused)]).toEqual([status, sentence]);
  });

  it('is given some changes at a time', async () => {
    const refused = await ask(await makeEditedWorld(), `${history}?pageSize=101`);

    expect([refused.status, sentenceOf(refused)]).toEqual([
      400,
      '"pageSize" in the query string must be a whole number from 1 to 100.',
    ]);
  });
});
