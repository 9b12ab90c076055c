import { describe, expect, it } from '@jest/globals';
import { condemn, unlink } from '../../../src/domain/connection-moves.ts';
import { aCompany, aLinkedConnection, start } from '../../fakes/builders.ts';
import { eventsWorld, eventsWorldWithCompany, ref } from './events-world.ts';

describe('recording changes', () => {
  it('writes the change and its event at once, and announces it', async () => {
    const world = await eventsWorld();
    await world.companies.insert(aCompany());
    await world.connections.insert(aLinkedConnection());

    await world.connections.change(ref, (one) => ({ next: unlink(one, start), result: undefined }));

    const { state, outbox } = (await world.plain.connections.find(ref)) ?? {};
    expect([state, outbox?.map(({ type }) => type)]).toEqual([
      'Unlinked',
      ['connection.created', 'connection.disconnected'],
    ]);
    expect(world.announced).toEqual([{ companyId: 'company-1' }, ref, ref]);
  });

  it('announces nothing where nothing is to be told', async () => {
    const world = await eventsWorldWithCompany();
    await world.plain.connections.insert(aLinkedConnection());

    await world.connections.change(ref, (one) => ({ next: { ...one, slot: 1 }, result: undefined }));
    await world.connections.change(ref, () => ({ result: undefined }));

    expect(world.announced).toEqual([]);
    expect((await world.plain.connections.find(ref))?.outbox).toBeUndefined();
  });

  it('does what was asked although the announcement fails: the schedule finds what waits', async () => {
    const world = await eventsWorld();
    world.deafen();

    await world.companies.insert(aCompany());

    expect(await world.companies.find('company-1')).toMatchObject({ name: 'Busy Agency' });
    expect(await world.outboxes.waiting('9999')).toEqual([{ companyId: 'company-1' }]);
    expect(world.lines).toMatchObject([{ level: 'warn', event: 'events.not-announced' }]);
  });

  it('a removed company is found by nobody, and goes when its event has gone', async () => {
    const world = await eventsWorldWithCompany();

    await world.companies.remove('company-1');

    expect(await world.companies.find('company-1')).toBeUndefined();
    expect(await world.companies.all()).toEqual([]);
    expect(await world.companies.byLinkToken('company-link-1')).toBeUndefined();
    expect(await world.companies.change('company-1', (one) => ({ next: one, result: 1 }))).toBeUndefined();
    await world.relayAll();
    expect(await world.plain.companies.find('company-1')).toBeUndefined();
    expect(world.typesTold()).toEqual(['company.deleted']);
    expect(world.told()[0]?.payload).toMatchObject({ id: 'company-1', name: 'Busy Agency' });
  });

  it('a removed connection keeps nothing but its events, and is found by nobody', async () => {
    const world = await eventsWorldWithCompany();
    await world.connections.insert(aLinkedConnection());
    await world.connections.change(ref, (one) => ({ next: condemn(one, start), result: undefined }));

    await world.connections.remove(ref);

    const left = await world.plain.connections.find(ref);
    expect([left?.business, left?.grantId, left?.outbox?.length]).toEqual([undefined, undefined, 2]);
    expect(await world.connections.find(ref)).toBeUndefined();
    expect(await world.connections.ofCompany('company-1')).toEqual([]);
    expect(await world.connections.change(ref, (one) => ({ next: one, result: 1 }))).toBeUndefined();
    await world.relayAll();
    expect(await world.plain.connections.find(ref)).toBeUndefined();
    expect(world.typesTold()).toEqual(['connection.created', 'connection.deleted']);
  });

  it('a connection whose events have gone goes at once', async () => {
    const world = await eventsWorldWithCompany();
    await world.plain.connections.insert(condemn(aLinkedConnection(), start));

    await world.connections.remove(ref);

    expect(await world.plain.connections.find(ref)).toBeUndefined();
  });
});
