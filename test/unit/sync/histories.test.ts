import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Problem } from '../../../src/domain/problem.ts';
import { syncWorld } from './sync-world.ts';

const resources = ['invoices', 'payments', 'clients'] as const;
const typeOf = { invoices: 'invoices', payments: 'payments', clients: 'customers' } as const;

const resource = fc.constantFrom(...resources);
const id = fc.integer({ min: 1, max: 30 }).map(String);
/** What can happen to a connection, one after the other. */
const step = fc.oneof(
  fc.record({ kind: fc.constant('edit' as const), resource, id, value: fc.string({ maxLength: 4 }) }),
  fc.record({ kind: fc.constant('remove' as const), resource, id }),
  fc.record({ kind: fc.constant('fail' as const), resource }),
  fc.record({ kind: fc.constant('sync' as const), pages: fc.constantFrom(1, 2, Number.POSITIVE_INFINITY) }),
  fc.record({ kind: fc.constant('race' as const), workers: fc.integer({ min: 2, max: 4 }) }),
);

it('whatever happens, in the end the books are what the vendor says, and every proof is true', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
      const world = await syncWorld();
      const { vendor } = world;
      for (const one of steps) {
        world.advance(3600);
        if (one.kind === 'edit') vendor.edit(one.resource, one.id, one.value);
        if (one.kind === 'remove') vendor.remove(one.resource, one.id);
        if (one.kind === 'fail') vendor.failures.set(one.resource, new Problem('unavailable', 'down'));
        if (one.kind === 'sync') {
          vendor.pagesBeforeDeadline = one.pages;
          await world.sync();
          vendor.failures.clear();
        }
        if (one.kind === 'race') await Promise.all(Array.from({ length: one.workers }, () => world.sync()));
      }
      vendor.failures.clear();
      vendor.pagesBeforeDeadline = Number.POSITIVE_INFINITY;
      await world.nextHour();

      const connection = await world.connection();
      for (const name of resources) {
        const rows = vendor.rows(name);
        const expected = rows.map(([key, row]) => [key, row.deleted ? 'deleted' : row.value]);
        expect(await world.served(typeOf[name])).toEqual(Object.fromEntries(expected));
        expect(connection.resources[name]?.proof).toMatchObject({
          held: rows.filter(([, row]) => !row.deleted).length,
          deleted: rows.filter(([, row]) => row.deleted).length,
        });
      }
      expect(connection).toMatchObject({ serving: {}, wanted: {} });
      expect(connection.lease).toBeUndefined();
    }),
    { numRuns: 40 },
  );
}, 300_000);
