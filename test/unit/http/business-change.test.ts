import { describe, expect, it } from '@jest/globals';
import type { DatasetState } from '../../../src/domain/dataset.ts';
import { plusSeconds } from '../../../src/domain/instant.ts';
import { aBusiness, aConnection, aLinkedConnection, start } from '../../fakes/builders.ts';
import { ask, makeLinkedWorld, sentenceOf } from './api-world.ts';

const path = '/companies/company-1/connections/connection-1';
const read: DatasetState = { status: 'Complete', lastRun: start, lastSuccess: start };

/** A company whose customer changed the business: the former connection is history. */
async function changedWorld() {
  const world = await makeLinkedWorld({ invoices: read });
  const ref = { companyId: 'company-1', connectionId: 'connection-1' };
  await world.connections.change(ref, (one) => ({
    next: { ...one, state: 'Unlinked', replacedBy: 'connection-2' },
    result: undefined,
  }));
  await world.connections.insert(
    aLinkedConnection({
      id: 'connection-2',
      linkToken: 'link-2',
      created: plusSeconds(start, 60),
      business: aBusiness({ name: 'Other' }),
      datasets: { bills: read },
    }),
  );
  return world;
}

describe('a change of business', () => {
  it('is allowed for seven days and can be taken back', async () => {
    const world = await makeLinkedWorld({});

    const allowed = await ask(world, `PUT ${path}/businessChange`, { body: { allowed: true } });
    const back = await ask(world, `PUT ${path}/businessChange`, { body: { allowed: false } });

    expect(allowed.body).toMatchObject({
      businessChangeAllowedUntil: plusSeconds(start, 7 * 86_400),
      status: 'Linked',
    });
    expect(back.body).not.toHaveProperty('businessChangeAllowedUntil');
  });

  it('is nothing to allow before a business was linked, nor after another one took its place', async () => {
    const world = await changedWorld();
    await world.connections.insert(aConnection({ id: 'connection-3', companyId: 'company-1' }));
    const waiting = '/companies/company-1/connections/connection-3/businessChange';

    const early = await ask(world, `PUT ${waiting}`, { body: { allowed: true } });
    const late = await ask(world, `PUT ${path}/businessChange`, { body: { allowed: true } });

    expect([early.status, late.status]).toEqual([409, 409]);
    expect(sentenceOf(late)).toBe('The connection connection-2 has taken the place of this one.');
  });

  it('leaves the former connection to be read by its id, and the company reads the new one', async () => {
    const world = await changedWorld();

    const former = await ask(world, `GET ${path}`);
    const status = await ask(world, 'GET /companies/company-1/dataStatus');
    const again = await ask(world, 'POST /companies/company-1/connections', {
      body: { platformKey: 'vxvy' },
    });

    expect(former.body).toMatchObject({
      status: 'Unlinked',
      replacedBy: 'connection-2',
      health: { reason: 'replaced', action: { code: 'none' } },
    });
    expect(status.body).toMatchObject({
      bills: { health: { reason: 'current' } },
      invoices: { health: { reason: 'not-read-yet' } },
    });
    expect(sentenceOf(again)).toContain('connection-2, which is Linked');
  });

  it('is undone for the company when the new connection is deleted', async () => {
    const world = await changedWorld();
    await ask(world, 'DELETE /companies/company-1/connections/connection-2');

    const { body } = await ask(world, 'GET /companies/company-1/dataStatus');

    expect(body).toMatchObject({ invoices: { lastSuccessfulSync: start } });
  });
});
