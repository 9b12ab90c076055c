import { describe, expect, it } from '@jest/globals';
import type { Connection } from '../../../src/domain/connection.ts';
import { aCompany, aLinkedConnection } from '../../fakes/builders.ts';
import { ref } from '../books/book-world.ts';
import { ask, keyOf, makeLinkedWorld, makeWorld, sentenceOf } from './api-world.ts';

const path = '/companies/company-1/connections/connection-1/reproject';
const held: Connection['datasets'] = {
  invoices: { status: 'Complete', snapshot: { manifest: 'm', count: 1, digest: 'd' } },
};

describe('making a data type again', () => {
  it('answers the pull that does it, and wakes a worker', async () => {
    const world = await makeLinkedWorld(held);

    const asked = await ask(world, `POST ${path}/invoices`);

    expect(asked.status).toBe(200);
    expect(asked.body).toMatchObject({
      dataType: 'invoices',
      status: 'Queued',
      connectionId: 'connection-1',
    });
    expect(world.takeWoken()).toEqual([{ wake: { kind: 'sync', ref }, delaySeconds: 0 }]);
    expect((await world.connections.find(ref))?.wanted).toMatchObject({
      invoices: { reason: 'reproject', afresh: true },
    });
  });

  it('is possible for what was read and could not be mapped', async () => {
    const world = await makeLinkedWorld({ invoices: { status: 'MapError' } });

    expect((await ask(world, `POST ${path}/invoices`)).status).toBe(200);
  });

  it.each(['read', 'operate'] as const)('is not for a key of the role %s', async (role) => {
    const world = await makeLinkedWorld(held);

    const refused = await ask(world, `POST ${path}/invoices`, { authorization: await keyOf(world, role) });

    expect(refused.status).toBe(403);
  });

  it('is refused for what there is not, what was not read, and while it is not linked', async () => {
    const unlinked = await makeWorld();
    await unlinked.companies.insert(aCompany());
    await unlinked.connections.insert(aLinkedConnection({ state: 'Unlinked', datasets: held }));

    const answers = [
      await ask(await makeLinkedWorld(held), `POST ${path}/nonsense`),
      await ask(await makeLinkedWorld(held), `POST ${path}/payments`),
      await ask(unlinked, `POST ${path}/invoices`),
      await ask(await makeLinkedWorld(held), `POST ${path.replace('connection-1', 'other')}/invoices`),
    ];

    expect(answers.map(({ status }) => status)).toEqual([404, 409, 409, 404]);
    expect(answers.slice(0, 3).map(sentenceOf)).toEqual([
      'Datatype [nonsense] not supported by platform(s) [FreshBooks].',
      'The data set has not been requested. Ask for it with "refresh data" first.',
      'This connection is Unlinked: data can be refreshed while it is Linked.',
    ]);
  });
});
