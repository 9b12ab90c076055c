import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { condemn, link, unlink } from '../../../src/domain/connection-moves.ts';
import { aBusiness, aCompany, aConnection, aLinkedConnection, start } from '../../fakes/builders.ts';
import { eventsWorld, eventsWorldWithCompany, ref } from './events-world.ts';

/** Makes the nth call of any of these methods die, before or after it did its work. */
function dying(at: number, after: boolean) {
  let calls = 0;
  return <T extends object>(real: T): T =>
    new Proxy(real, {
      get: (target, name) => {
        const method: unknown = Reflect.get(target, name);
        if (typeof method !== 'function') return method;
        return async (...words: unknown[]) => {
          calls += 1;
          const dies = calls === at;
          if (dies && !after) throw new Error('killed before');
          const result: unknown = await Reflect.apply(method, target, words);
          if (dies) throw new Error('killed after');
          return result;
        };
      },
    });
}

describe('moving events to the feed', () => {
  it('keeps their order, clears the outbox, and shows the company with its tags', async () => {
    const world = await eventsWorldWithCompany();
    await world.connections.insert(aConnection());
    await world.connections.change(ref, (one) => ({
      next: link(one, { business: aBusiness(), grantId: 'g', now: start, newId: () => 'o', fetchTypes: [] }),
      result: undefined,
    }));

    await world.relay(ref);

    expect(world.told()).toMatchObject([
      { eventType: 'connection.created', companySequence: 1, companyTags: ['region:west'] },
      { eventType: 'connection.connected', companySequence: 2 },
    ]);
    expect(world.told()[0]?.payload).toMatchObject({
      referenceCompany: {
        id: 'company-1',
        name: 'Busy Agency',
        links: { portal: 'https://books.example.com/portal/companies/company-1' },
      },
      connection: { id: 'connection-1', status: 'PendingAuth' },
    });
    expect((await world.plain.connections.find(ref))?.outbox).toBeUndefined();
  });

  it('leaves an event alone that came while it worked', async () => {
    const world = await eventsWorldWithCompany({
      feed: (real) => ({
        ...real,
        append: async (...words) => {
          await real.append(...words);
          await world.connections.change(ref, (one) => ({ next: unlink(one, start), result: undefined }));
        },
      }),
    });
    await world.connections.insert(aLinkedConnection());

    await world.relay(ref);

    const left = (await world.plain.connections.find(ref))?.outbox;
    expect(left?.map(({ type }) => type)).toEqual(['connection.disconnected']);
  });

  it('does nothing where nothing waits or nobody is', async () => {
    const world = await eventsWorldWithCompany();

    expect(await world.relay({ companyId: 'company-1' })).toEqual([]);
    expect(await world.relay({ companyId: 'nobody' })).toEqual([]);
    expect(await world.relay({ companyId: 'nobody', connectionId: 'nothing' })).toEqual([]);
    expect(world.told()).toEqual([]);
  });

  it('tells each event once, in its order, however often and wherever it is killed', async () => {
    const life = ['company.created', 'connection.created', 'connection.deleted', 'company.deleted'];
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 14 }),
        fc.boolean(),
        fc.boolean(),
        async (at, after, twice) => {
          const wear = dying(at, after);
          const world = await eventsWorld({ companies: wear, connections: wear, feed: wear });
          await world.companies.insert(aCompany());
          await world.relayAll().catch(() => undefined);
          await world.connections.insert(aConnection());
          await world.connections.change(ref, (one) => ({ next: condemn(one, start), result: undefined }));
          await world.connections.remove(ref);
          await world.companies.remove('company-1');

          const relays = [world.relay({ companyId: 'company-1' }), twice ? world.relay(ref) : undefined];
          await Promise.allSettled(relays);
          await world.relayAll().catch(() => undefined);
          await world.relayAll();

          expect(world.typesTold()).toEqual(life);
          expect(world.told().map(({ companySequence }) => companySequence)).toEqual([1, 2, 3, 4]);
          expect(await world.plain.companies.all()).toEqual([]);
          expect(await world.plain.connections.ofCompany('company-1')).toEqual([]);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('goes on when two move the same at the same moment', async () => {
    const world = await eventsWorldWithCompany();
    await world.connections.insert(aLinkedConnection());

    await Promise.all([world.relay(ref), world.relay(ref), world.relay({ companyId: 'company-1' })]);

    expect(world.typesTold()).toEqual(['connection.created']);
  });
});
