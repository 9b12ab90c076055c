import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { makePapers } from '../../../src/books/papers.ts';
import { makeReadRecords } from '../../../src/books/read-records.ts';
import { plusSeconds, secondsBetween } from '../../../src/domain/instant.ts';
import { sweepDue } from '../../../src/domain/retention.ts';
import { aLinkedConnection, start } from '../../fakes/builders.ts';
import { all } from '../books/book-world.ts';
import {
  daySeconds,
  historyOf,
  reachable,
  recordsAt,
  recordsOf,
  type SweptWorld,
  sweptWorld,
} from './swept-world.ts';
import { ref } from './sync-world.ts';

const types = { invoices: 'invoices', payments: 'payments', clients: 'customers' } as const;
const resources = ['invoices', 'payments', 'clients'] as const;

/** Nothing goes on any more: leases have run out, and two sweeps a day apart have found the same. */
async function quiet(world: SweptWorld): Promise<void> {
  world.vendor.pagesBeforeDeadline = Number.POSITIVE_INFINITY;
  for (let n = 0; n < 4; n += 1) {
    world.advance(3600);
    await world.sync();
    await world.look();
  }
  await world.sweep();
  world.advance(3600);
  await world.sweep();
}

/** That every reader is told the same as if nothing had ever been swept. */
async function expectReadersServed(world: SweptWorld): Promise<void> {
  const [cutoff, now] = [world.cutoff(), world.clock()];
  for (const type of Object.values(types)) {
    for (const part of [0, 0.4, 0.9]) {
      const at = plusSeconds(cutoff, secondsBetween(cutoff, now) * part);
      expect(await recordsAt(world, world.objects, type, at)).toEqual(
        await recordsAt(world, world.archive, type, at),
      );
    }
  }
  for (const resource of resources) {
    for (const [id] of world.vendor.rows(resource).slice(0, 5)) {
      const kept = await historyOf(world, world.objects, resource, id);
      const whole = await historyOf(world, world.archive, resource, id);
      const within = whole?.results.filter(({ at }) => at > cutoff);
      expect(kept?.results.slice(0, within?.length)).toEqual(within);
      expect(kept?.totalResults).toBe(whole?.totalResults);
    }
  }
}

/** That a token handed out for any state that was the current one in the time that is kept still leads to it. */
async function expectTokensServed(world: SweptWorld): Promise<void> {
  const series = (manifest: string): string => manifest.slice(0, manifest.indexOf('/manifest/'));
  const shown = [...world.pointers.values()];
  for (const pointer of shown.filter(({ manifest }) => manifest.includes('/unified/'))) {
    const later = shown.filter(
      (one) => series(one.manifest) === series(pointer.manifest) && (one.since ?? '') > (pointer.since ?? ''),
    );
    const superseded = later.map(({ since = '' }) => since).sort()[0];
    if (superseded !== undefined && superseded <= world.cutoff()) continue;
    expect(await recordsOf(world.objects, pointer)).toEqual(await recordsOf(world.archive, pointer));
  }
}

const resource = fc.constantFrom(...resources);
const id = fc.integer({ min: 1, max: 12 }).map(String);
const hours = fc.constantFrom(1, 5, 25, 60);
const killed = fc.record({
  at: fc.integer({ min: 1, max: 60 }),
  side: fc.constantFrom('before' as const, 'after' as const),
});
const pages = fc.constantFrom(1, 2, Number.POSITIVE_INFINITY);
const step = fc.oneof(
  fc.record({
    kind: fc.constant('edit' as const),
    resource,
    ids: fc.array(id, { minLength: 1, maxLength: 3 }),
    value: fc.string({ maxLength: 3 }),
  }),
  fc.record({ kind: fc.constant('remove' as const), resource, id }),
  fc.record({ kind: fc.constant('sync' as const), hours, pages }),
  fc.record({ kind: fc.constant('sync killed' as const), hours, pages, killed }),
  fc.record({ kind: fc.constant('sweep' as const), hours }),
  fc.record({ kind: fc.constant('sweep killed' as const), hours, killed }),
  fc.record({ kind: fc.constant('sweep beside a sync' as const), hours, pages }),
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

async function take(world: SweptWorld, one: Step): Promise<void> {
  const { vendor } = world;
  if ('hours' in one) world.advance(one.hours * 3600);
  if ('pages' in one) vendor.pagesBeforeDeadline = one.pages;
  switch (one.kind) {
    case 'edit':
      for (const row of one.ids) vendor.edit(one.resource, row, one.value);
      return;
    case 'remove':
      return vendor.remove(one.resource, one.id);
    case 'sync':
      await world.sync();
      break;
    case 'sync killed':
      await world.killedAt(one.killed.at, one.killed.side, world.sync);
      break;
    case 'sweep':
      await world.sweep();
      break;
    case 'sweep killed':
      await world.killedAt(one.killed.at, one.killed.side, world.sweep);
      break;
    case 'sweep beside a sync':
      await Promise.all([world.sync(), world.sweep(), world.sweep()]);
  }
  await world.look();
}

describe('a sweep', () => {
  it('takes nothing from any reader, whatever runs, crashes and sweeps came before, and leaves nothing unread', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 20 }), async (steps) => {
        const world = await sweptWorld();
        for (const name of resources) {
          for (let row = 1; row <= 10; row += 1) world.vendor.edit(name, String(row), 'first');
        }
        await world.sync();
        await world.look();
        for (const one of steps) {
          await take(world, one);
          if (one.kind === 'sweep killed') await expectReadersServed(world);
        }
        await quiet(world);

        await expectReadersServed(world);
        await expectTokensServed(world);
        const expected = await reachable(world);
        expect(world.objects.names().filter((name) => !expected.has(name))).toEqual([]);
        for (const name of resources) {
          expect(await world.served(types[name])).toEqual(world.vendor.served(name));
        }
      }),
      { numRuns: 25 },
    );
  }, 300_000);

  it('killed at any of its calls is gone on with by the next, and takes nothing from a reader meanwhile', async () => {
    const counting = await agedWorld(4);
    await counting.killedAt(Number.POSITIVE_INFINITY, 'before', counting.sweep);
    const steps = counting.killer.crossed;
    const swept = counting.objects.names();

    // Killed before its next step it leaves just what it leaves when it is killed after this one.
    for (let at = 1; at <= steps; at += 1) {
      const world = await agedWorld(4);
      await world.killedAt(at, 'after', world.sweep);
      await expectReadersServed(world);

      await world.sweep();

      expect(world.objects.names()).toEqual(swept);
    }
    expect(steps).toBeGreaterThan(20);
    expect(swept.length).toBeLessThan((await agedWorld(4)).objects.names().length);
  }, 300_000);

  it.each([
    { worker: 'at it', seconds: 1 },
    { worker: 'frozen beyond its lease', seconds: 3 * daySeconds },
  ])(
    'touches nothing of a worker that is $worker, at whichever of its steps',
    async ({ seconds }) => {
      const edited = async () => {
        const world = await sweptWorld();
        await world.sync();
        for (let id = 1; id < 10; id += 1) world.vendor.edit('invoices', String(id), 'one');
        world.advance(3600);
        world.killer.crossed = 0;
        return world;
      };
      const counting = await edited();
      await counting.sync();
      const steps = counting.killer.crossed;

      for (let at = 1; at <= steps; at += 1) {
        const world = await edited();
        const act = async () => {
          world.advance(seconds);
          await world.sweep();
        };
        world.killer.meanwhile = { at, act };
        await world.sync();

        const { snapshot } = (await world.connection()).datasets['invoices'] ?? {};
        expect(snapshot).toBeDefined();
        expect(await world.served('invoices')).toEqual(
          snapshot?.count === 0 ? {} : counting.vendor.served('invoices'),
        );
        world.advance(3600);
        await world.sync();
        expect(await world.served('invoices')).toEqual(counting.vendor.served('invoices'));
      }
      expect(steps).toBeGreaterThan(20);
    },
    300_000,
  );

  it('keeps the rows that a worker near its time-out left, until they were taken up', async () => {
    const world = await sweptWorld();
    for (let id = 1; id < 10; id += 1) world.vendor.edit('invoices', String(id), 'one');
    world.vendor.pagesBeforeDeadline = 2;
    await world.sync();

    await world.sweep();
    world.vendor.pagesBeforeDeadline = Number.POSITIVE_INFINITY;
    world.vendor.onPage = async () => undefined;
    world.advance(61);
    await world.sync();

    expect(await world.served('invoices')).toMatchObject({ '1': 'one', '9': 'one' });
    await world.sweep();
    expect(world.objects.names().filter((name) => name.includes('/spool/'))).toEqual([]);
  });

  it('removes printed invoices, which are fetched again', async () => {
    const world = await sweptWorld();
    await world.sync();
    const papers = makePapers({ objects: world.objects });
    await papers.keep(ref, { invoiceId: '1', version: 'v' }, Buffer.from('%PDF-'));
    await papers.refuse(ref, 'ask', { kind: 'broken', sentence: 'No.', retryAfterSeconds: undefined });

    await world.sweep();

    expect(world.objects.names().filter((name) => name.includes('/papers/'))).toEqual([]);
  });

  it('keeps every past state where they are to be readable for ever', async () => {
    const world = await agedWorld();
    await world.retention.save({ days: null });
    const before = world.objects.names().filter((name) => name.includes('/manifest/'));

    await world.sweep();

    expect(world.objects.names()).toEqual(expect.arrayContaining(before));
  });

  it('leaves alone what it does not know, and a series whose published snapshot is missing', async () => {
    const world = await agedWorld();
    const strange = `books/${ref.companyId}/${ref.connectionId}/something/new.bin`;
    await world.objects.put(strange, new Uint8Array([1]), 'text/plain');
    const current = (await world.connection()).datasets['invoices']?.snapshot?.manifest ?? '';
    await world.objects.remove([current]);
    const before = world.objects.names().filter((name) => name.includes('/unified/invoices/'));

    await world.sweep();

    expect(world.objects.names()).toEqual(expect.arrayContaining([strange, ...before]));
  });

  it('goes on in another message when its time is up', async () => {
    const world = await agedWorld();
    world.take();

    await world.sweepUntil(world.clock());

    expect(world.take()).toEqual([{ wake: { kind: 'sweep', ref }, delaySeconds: 0 }]);
    expect((await world.connection()).swept).toBeUndefined();
  });

  it('lets a reader who opened a state long ago know that it is gone, and does not call it broken', async () => {
    const world = await agedWorld();
    const [oldest] = [...world.pointers.values()].filter(({ manifest }) =>
      manifest.includes('/unified/invoices/'),
    );
    if (oldest === undefined) throw new Error('nothing was published');
    const read = makeReadRecords({ objects: world.objects });
    // Only the manifest: the page lies behind the end.
    await read(oldest, { page: 100, pageSize: 100 });

    await world.sweep();

    await expect(read(oldest, { page: 1, pageSize: 100 })).rejects.toMatchObject({ kind: 'not-found' });
    expect(
      await all(world.deps.books.rawRows((await world.connection()).resources['invoices']?.snapshot)),
    ).toHaveLength(6);
  });
});

/** Days of edits, of which two are kept; and what a dead worker left. */
async function agedWorld(days = 10) {
  const world = await sweptWorld();
  for (let day = 1; day <= days; day += 1) {
    for (const row of ['1', '2', '3', '4', '5', '6']) world.vendor.edit('invoices', row, `day ${day}`);
    world.vendor.edit('clients', String(day), 'new');
    await world.sync();
    await world.look();
    world.advance(daySeconds);
  }
  world.vendor.edit('invoices', '2', 'never published');
  await world.killedAt(40, 'after', world.sync);
  world.advance(61);
  await world.sync();
  await world.look();
  return world;
}

describe('the schedule', () => {
  it('wakes for a sweep once a day, beside the run that is due', async () => {
    const world = await sweptWorld();
    world.vendor.edit('invoices', '1', 'one');
    await world.sync();
    const wakes: string[][] = [];
    for (let hour = 0; hour < 50; hour += 1) {
      world.advance(3600);
      await world.plan();
      const woken = world.take().map(({ wake }) => wake.kind);
      wakes.push(woken);
      if (woken.includes('sync')) await world.sync();
      if (woken.includes('sweep')) await world.sweep();
    }

    expect(wakes.filter((woken) => woken.includes('sweep'))).toHaveLength(2);
    expect(wakes.every((woken) => woken.includes('sync'))).toBe(true);
  });

  it('sweeps what is held of a connection that was unlinked, not one that is erased or was never read', () => {
    const later = plusSeconds(start, daySeconds);

    expect(sweepDue(aLinkedConnection({ state: 'Unlinked', epoch: 3 }), later)).toBe(true);
    expect(sweepDue(aLinkedConnection({ epoch: 0 }), later)).toBe(false);
    expect(sweepDue(aLinkedConnection({ epoch: 3, erasing: start }), later)).toBe(false);
    expect(sweepDue(aLinkedConnection({ epoch: 3 }), plusSeconds(start, 3600))).toBe(false);
  });
});
