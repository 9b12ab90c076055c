import { describe, expect, it } from '@jest/globals';
import { GrantFacts } from '../../../src/domain/grant-facts.ts';
import { plusSeconds } from '../../../src/domain/instant.ts';
import { start } from '../../fakes/builders.ts';
import { ask, makeLinkedWorld, textAt } from './api-world.ts';

const ref = { companyId: 'company-1', connectionId: 'connection-1' };
const path = '/companies/company-1/connections/connection-1';

async function lostWorld() {
  const world = await makeLinkedWorld({
    invoices: { status: 'Complete', lastRun: start, lastSuccess: start },
  });
  await world.connections.change(ref, (connection) => ({
    next: {
      ...connection,
      access: {
        born: start,
        epoch: 4,
        appVersion: 1,
        renewed: start,
        ends: plusSeconds(start, 43_200),
        scopes: ['user:profile:read'],
        loss: { at: start, reason: 'rotation-lost' },
        lineage: [{ epoch: 4, hash: '0123456789abcdef', at: start }],
      },
      wanted: { customers: { operationId: 'o', requested: start, reason: 'refresh' } },
    },
    result: undefined,
  }));
  return world;
}

describe('the doctor', () => {
  it('says why a connection will stop, what to do, and where', async () => {
    const world = await lostWorld();
    world.time.advance(60);

    const { status, body } = await ask(world, `GET ${path}/doctor`);

    expect(status).toBe(200);
    expect(body).toMatchObject({
      connectionId: 'connection-1',
      health: {
        state: 'attention',
        reason: 'rotation-lost',
        action: { code: 'authorise-again', link: expect.stringMatching(/\/link\/link-1\?again=yes$/) },
      },
      consent: {
        state: 'lost',
        lossReason: 'rotation-lost',
        renewedSecondsAgo: 60,
        accessEndsInSeconds: 43_140,
        keysVersion: 1,
        lineage: [{ epoch: 4, hash: '0123456789abcdef' }],
      },
      waiting: [{ dataType: 'customers', waitingSeconds: 60, taken: false }],
      nextDue: expect.any(String),
    });
  });

  it('says of a consent whether it is held, and whose app it was given to', async () => {
    const world = await lostWorld();
    await world.connections.change(ref, (connection) => {
      const { loss: _loss, ...access } = connection.access ?? {};
      const parsed = GrantFacts.parse({ ...access, held: start });
      return { next: { ...connection, access: parsed }, result: undefined };
    });
    world.time.advance(60);

    const { body } = await ask(world, `GET ${path}/doctor`);

    expect(body).toMatchObject({
      health: { reason: 'consents-held', action: { code: 'check-app' } },
      consent: { state: 'live', heldSinceSeconds: 60, keysCurrent: true, sameApp: false },
    });
  });

  it('says which resources could not be read, although every data type is there', async () => {
    const world = await makeLinkedWorld();
    const message = 'Something went wrong on our side. What was held stays; the next run tries again.';
    const trouble = { status: 'InternalError' as const, message, at: start };
    await world.connections.change(ref, (connection) => ({
      next: { ...connection, resources: { projects: { trouble }, clients: {} } },
      result: undefined,
    }));
    world.time.advance(60);

    const { body } = await ask(world, `GET ${path}/doctor`);
    const french = await ask(world, `GET ${path}/doctor`, { headers: { 'accept-language': 'fr-CA' } });

    expect(body).toHaveProperty('troubles', [
      {
        resource: 'projects',
        status: 'InternalError',
        message,
        triedSecondsAgo: 60,
        health: expect.objectContaining({
          reason: 'our-fault',
          since: start,
          action: expect.objectContaining({ code: 'read-log' }),
        }),
      },
    ]);
    expect(textAt(french, 'troubles', '0', 'message')).toMatch(/^Une erreur s’est produite/);
  });

  it('speaks French to who asks for it', async () => {
    const world = await lostWorld();

    const answer = await ask(world, `GET ${path}/doctor`, { headers: { 'accept-language': 'fr-CA' } });

    expect(textAt(answer, 'health', 'action', 'sentence')).toContain('Demandez au client');
  });

  it('says when the schedule ticked last', async () => {
    const world = await lostWorld();
    await world.heartbeat.move(undefined, Math.floor(Date.parse(world.clock()) / 60_000) - 5);

    const { body } = await ask(world, `GET ${path}/doctor`);

    expect(body).toMatchObject({ scheduleTickedSecondsAgo: 300 });
  });

  it('knows no connection of another company', async () => {
    const world = await lostWorld();

    expect((await ask(world, 'GET /companies/company-2/connections/connection-1/doctor')).status).toBe(404);
  });
});

describe('a connection shown on its own', () => {
  it('says how it stands', async () => {
    const world = await lostWorld();

    expect((await ask(world, `GET ${path}`)).body).toMatchObject({ health: { reason: 'rotation-lost' } });
  });

  it('has each data type with its own reason', async () => {
    const world = await lostWorld();

    const { body } = await ask(world, 'GET /companies/company-1/dataStatus');

    expect(body).toMatchObject({
      invoices: { health: { reason: 'current', action: { code: 'none' } } },
      customers: { health: { reason: 'queued' } },
      bills: { health: { reason: 'not-read-yet' } },
    });
  });
});
