import { describe, expect, it } from '@jest/globals';
import { aCompany, aConnection, aLinkedConnection, start } from '../../fakes/builders.ts';
import {
  anIntegration,
  ask,
  makeLinkedWorld,
  makeWorld,
  publicUrl,
  sentenceOf,
  textAt,
} from './api-world.ts';

const path = '/companies/company-1/connections';

async function makeUnlinkedWorld() {
  const world = await makeWorld();
  await world.companies.insert(aCompany());
  return world;
}

describe('creating a connection', () => {
  it('answers one that waits for its customer, with the link to send', async () => {
    const world = await makeUnlinkedWorld();

    const created = await ask(world, `POST ${path}`, { body: { platformKey: 'vxvy' } });

    expect(created.status).toBe(200);
    expect(created.body).toEqual({
      id: expect.any(String),
      integrationId: expect.any(String),
      integrationKey: 'vxvy',
      sourceId: expect.any(String),
      sourceType: 'Accounting',
      platformName: 'FreshBooks',
      linkUrl: `${publicUrl}/link/token-0000000000000001`,
      status: 'PendingAuth',
      created: start,
      dataConnectionErrors: [],
      connectionInfo: {},
    });
  });

  it('answers the same one while its customer has not authorised', async () => {
    const world = await makeUnlinkedWorld();

    const first = await ask(world, `POST ${path}`, { body: { platformKey: 'vxvy' } });
    const second = await ask(world, `POST ${path}`, { body: { platformKey: 'vxvy' } });

    expect(second.body).toEqual(first.body);
  });

  it('makes one connection of many requests at once', async () => {
    const world = await makeUnlinkedWorld();

    await Promise.all([1, 2, 3, 4].map(() => ask(world, `POST ${path}`, { body: { platformKey: 'vxvy' } })));

    expect(await world.connections.ofCompany('company-1')).toHaveLength(1);
  });

  it('makes a new one after the old one was deleted', async () => {
    const world = await makeLinkedWorld();
    await ask(world, `DELETE ${path}/connection-1`);

    const created = await ask(world, `POST ${path}`, { body: { platformKey: 'vxvy' } });

    expect(created.body).toMatchObject({ status: 'PendingAuth' });
    expect(textAt(created, 'id')).not.toBe('connection-1');
  });

  it('gives connections minutes of the hour of their own', async () => {
    const world = await makeUnlinkedWorld();
    await world.companies.insert(aCompany({ id: 'company-2', linkToken: 'other' }));

    await ask(world, `POST ${path}`, { body: { platformKey: 'vxvy' } });
    await ask(world, 'POST /companies/company-2/connections', { body: { platformKey: 'vxvy' } });

    const [first] = await world.connections.ofCompany('company-1');
    const [second] = await world.connections.ofCompany('company-2');
    expect(first?.slot).not.toBe(second?.slot);
  });

  it.each([
    ['Linked', 'is Linked'],
    ['Deauthorized', 'is Deauthorized'],
    ['Unlinked', 'is Unlinked'],
  ] as const)('is refused while there is one that is %s', async (state, words) => {
    const world = await makeUnlinkedWorld();
    await world.connections.insert(aLinkedConnection({ state }));

    const refused = await ask(world, `POST ${path}`, { body: { platformKey: 'vxvy' } });

    expect(refused.status).toBe(409);
    expect(sentenceOf(refused)).toContain(words);
  });

  it('is refused while FreshBooks is not enabled', async () => {
    const world = await makeUnlinkedWorld();
    await world.integration.change(() => ({ next: { ...anIntegration, enabled: false }, result: undefined }));

    const refused = await ask(world, `POST ${path}`, { body: { platformKey: 'vxvy' } });

    expect(refused.status).toBe(409);
    expect(sentenceOf(refused)).toBe('FreshBooks is not enabled. Enable it in the portal first.');
  });

  it('is refused for another platform', async () => {
    const world = await makeUnlinkedWorld();

    const refused = await ask(world, `POST ${path}`, { body: { platformKey: 'gbol' } });

    expect(refused.status).toBe(400);
    expect(sentenceOf(refused)).toBe('There is no integration with the key "gbol". FreshBooks is "vxvy".');
  });

  it('is refused for a company that does not exist', async () => {
    const refused = await ask(await makeWorld(), `POST ${path}`, { body: { platformKey: 'vxvy' } });

    expect(refused.status).toBe(404);
  });
});

describe('showing connections', () => {
  it('shows the linked business and the errors it had', async () => {
    const world = await makeUnlinkedWorld();
    const error = { statusCode: '401', statusText: 'unauthorized', errorMessage: 'Access ended.' };
    await world.connections.insert(
      aLinkedConnection({
        errors: [
          { ...error, erroredOn: start, resolvedOn: '2026-03-03T00:00:00.000Z' },
          { ...error, erroredOn: '2026-03-04T00:00:00.000Z' },
        ],
      }),
    );

    const shown = await ask(world, `GET ${path}/connection-1`);

    expect(shown.body).toMatchObject({
      status: 'Linked',
      connectionInfo: { businessName: 'Busy Agency', accountId: 'xQ8z', businessId: '4200' },
      dataConnectionErrors: [
        { ...error, erroredOnUtc: start, status: 'Resolved', resolvedOnUtc: '2026-03-03T00:00:00.000Z' },
        { ...error, erroredOnUtc: '2026-03-04T00:00:00.000Z', status: 'Active' },
      ],
    });
  });

  it('never shows a grant, a scope or a token other than the link', async () => {
    const world = await makeLinkedWorld();

    const shown = await ask(world, `GET ${path}/connection-1`);

    expect(JSON.stringify(shown.body)).not.toMatch(/grant/);
  });

  it('lists, queries and counts them', async () => {
    const world = await makeLinkedWorld();

    const listed = await ask(world, `GET ${path}?query=status=Linked`);
    const none = await ask(world, `GET ${path}?query=status=Unlinked`);

    expect(listed.body).toMatchObject({ results: [{ id: 'connection-1' }], totalResults: 1 });
    expect(none.body).toMatchObject({ results: [], totalResults: 0 });
  });

  it('answers 404 for a connection of another company', async () => {
    const world = await makeLinkedWorld();
    await world.companies.insert(aCompany({ id: 'company-2', linkToken: 'other' }));

    const missing = await ask(world, 'GET /companies/company-2/connections/connection-1');

    expect(missing.status).toBe(404);
  });
});

describe('unlinking a connection', () => {
  it('keeps the connection as Unlinked and wakes the worker to release its grant', async () => {
    const world = await makeLinkedWorld();

    const unlinked = await ask(world, `PATCH ${path}/connection-1`, { body: { status: 'Unlinked' } });

    const ref = { companyId: 'company-1', connectionId: 'connection-1' };
    expect([unlinked.status, unlinked.body]).toMatchObject([200, { status: 'Unlinked' }]);
    expect(world.takeWoken()).toMatchObject([{ wake: { kind: 'release', ref, grantId: 'grant-1' } }]);
  });

  it('changes nothing when asked again', async () => {
    const world = await makeLinkedWorld();
    const first = await ask(world, `PATCH ${path}/connection-1`, { body: { status: 'Unlinked' } });

    const second = await ask(world, `PATCH ${path}/connection-1`, { body: { status: 'Unlinked' } });

    expect([second.status, second.body]).toEqual([first.status, first.body]);
  });

  it('is refused for one that was never linked', async () => {
    const world = await makeUnlinkedWorld();
    await world.connections.insert(aConnection());

    const refused = await ask(world, `PATCH ${path}/connection-1`, { body: { status: 'Unlinked' } });

    expect(refused.status).toBe(409);
  });

  it('is the only status that can be asked for', async () => {
    const refused = await ask(await makeLinkedWorld(), `PATCH ${path}/connection-1`, {
      body: { status: 'Linked' },
    });

    expect(refused.status).toBe(400);
    expect(sentenceOf(refused)).toBe('"status" in the body must be one of "Unlinked".');
  });
});

describe('deleting a connection', () => {
  it('answers 200, hides it at once and wakes the worker to erase it', async () => {
    const world = await makeLinkedWorld();

    const deleted = await ask(world, `DELETE ${path}/connection-1`);

    const ref = { companyId: 'company-1', connectionId: 'connection-1' };
    expect([deleted.status, deleted.headers['content-type']]).toEqual([200, 'application/json']);
    expect((await ask(world, `GET ${path}/connection-1`)).status).toBe(404);
    expect(world.takeWoken()).toMatchObject([{ wake: { kind: 'erase', ref, grantId: 'grant-1' } }]);
  });

  it('answers 404 the second time', async () => {
    const world = await makeLinkedWorld();
    await ask(world, `DELETE ${path}/connection-1`);

    expect((await ask(world, `DELETE ${path}/connection-1`)).status).toBe(404);
  });
});
