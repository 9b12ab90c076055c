import { describe, expect, it } from '@jest/globals';
import type { Connection } from '../../../src/domain/connection.ts';
import { link, unlink } from '../../../src/domain/connection-moves.ts';
import { Problem } from '../../../src/domain/problem.ts';
import { pullOperations } from '../../../src/domain/pull-operation.ts';
import { aBusiness, start } from '../../fakes/builders.ts';
import { makeIds } from '../../fakes/clock.ts';
import { everyType } from '../../fakes/sync-settings.ts';
import { ref, syncWorld } from './sync-world.ts';

const statuses = (connection: Connection) =>
  Object.fromEntries(Object.entries(connection.datasets).map(([type, dataset]) => [type, dataset.status]));

const want = (operationId: string) => ({ operationId, requested: start, reason: 'refresh' as const });

async function syncedWorld() {
  const world = await syncWorld();
  for (const id of ['1', '2', '3', '10', '11']) world.vendor.edit('invoices', id, `invoice ${id}`);
  world.vendor.edit('clients', '5', 'client 5');
  await world.sync();
  return world;
}

describe('a first run', () => {
  it('reads everything that is due and publishes it', async () => {
    const world = await syncedWorld();

    const connection = await world.connection();
    expect(new Set(Object.values(statuses(connection)))).toEqual(new Set(['Complete']));
    expect(await world.served('invoices')).toEqual({
      '1': 'invoice 1',
      '2': 'invoice 2',
      '3': 'invoice 3',
      '10': 'invoice 10',
      '11': 'invoice 11',
    });
    expect(await world.served('payments')).toEqual({});
    expect(connection).toMatchObject({ epoch: 1, serving: {}, wanted: {} });
    expect(connection.lease).toBeUndefined();
  });

  it('leaves a proof and a cursor for every resource', async () => {
    const { resources } = await (await syncedWorld()).connection();

    expect(resources['invoices']).toMatchObject({
      cursor: 'cursor',
      proof: { at: start, complete: true, rowsRead: 5, held: 5, deleted: 0, hiddenRows: 0 },
    });
    expect(resources['invoices']?.snapshot?.since).toBe(start);
    expect(resources['invoices']?.proof?.digest).toBe(resources['invoices']?.snapshot?.digest);
  });

  it('reads what no data type is made of as well, for its raw rows', async () => {
    const world = await syncWorld();
    world.vendor.edit('projects', '7', 'project 7');

    await world.sync();

    const { resources } = await world.connection();
    expect(resources['projects']?.proof).toMatchObject({ held: 1 });
  });

  it('serves every data type although a resource that none is made of cannot be read', async () => {
    const world = await syncWorld();
    world.vendor.failures.set('projects', new Problem('no-permission', 'No scope for projects.'));

    await world.sync();

    const connection = await world.connection();
    expect(new Set(Object.values(statuses(connection)))).toEqual(new Set(['Complete']));
    expect(connection.resources['projects']).toMatchObject({
      trouble: { status: 'PermissionsError', message: 'No scope for projects.' },
    });
  });

  it('ends the pulls that were wanted under their own ids', async () => {
    const world = await syncWorld({ wanted: { invoices: want('asked-1') } });

    await world.sync();

    const connection = await world.connection();
    const found = pullOperations(connection).find((operation) => operation.id === 'asked-1');
    expect(found).toMatchObject({
      dataType: 'invoices',
      status: 'Complete',
      isCompleted: true,
      progress: 100,
    });
    expect(connection.datasets['invoices']).toMatchObject({
      latestOperation: 'asked-1',
      latestSuccessfulOperation: 'asked-1',
      lastSuccess: start,
    });
  });
});

describe('a later run', () => {
  it("writes nothing but the connection's item when the books are as they were", async () => {
    const world = await syncedWorld();
    const before = { names: world.objects.names(), connection: await world.connection() };

    await world.nextHour();

    const after = await world.connection();
    expect(world.objects.names()).toEqual(before.names);
    expect(after.datasets['invoices']?.snapshot).toEqual(before.connection.datasets['invoices']?.snapshot);
    expect(after.runs).toHaveLength(2);
    expect(after.datasets['invoices']?.lastSuccess).toBe('2026-03-02T16:00:00.000Z');
  });

  it('serves what was changed, added and deleted since', async () => {
    const world = await syncedWorld();
    world.vendor.edit('invoices', '2', 'edited');
    world.vendor.edit('invoices', '12', 'new');
    world.vendor.remove('invoices', '3');

    await world.nextHour();

    expect(await world.served('invoices')).toEqual({
      '1': 'invoice 1',
      '2': 'edited',
      '3': 'deleted',
      '10': 'invoice 10',
      '11': 'invoice 11',
      '12': 'new',
    });
  });

  it('reads what the settings say is due, and what no data type is made of with it', async () => {
    const world = await syncWorld();
    const settings = everyType(
      { syncSchedule: 0, fetchOnFirstLink: false },
      { payments: { syncSchedule: 1 } },
    );
    await world.syncSettings.change(() => ({ next: settings, result: 0 }));
    world.vendor.edit('projects', '7', 'project 7');

    await world.nextHour();

    const { datasets, resources } = await world.connection();
    expect(Object.keys(datasets)).toEqual(['payments']);
    expect(Object.keys(resources).sort()).toEqual(['payments', 'projects']);
  });

  it('projects a data type again when another resource it is made of changed', async () => {
    const world = await syncedWorld();
    world.vendor.edit('payments', '7', 'paid');
    const before = (await world.connection()).datasets['invoices']?.snapshot;

    await world.nextHour();

    expect((await world.connection()).datasets['invoices']?.snapshot).not.toEqual(before);
  });

  it('projects everything again when the mapping is another one', async () => {
    const world = await syncedWorld();
    const before = (await world.connection()).datasets['invoices']?.projectedFrom;
    Object.assign(world.deps, { mapping: 'v2' });

    await world.nextHour();

    expect((await world.connection()).datasets['invoices']?.projectedFrom).not.toBe(before);
  });

  it('does nothing when nothing is due or wanted', async () => {
    const world = await syncedWorld();
    const before = await world.connection();
    world.advance(1800);

    expect(await world.sync()).toBe('idle');
    expect(await world.connection()).toEqual(before);
  });

  it('serves only what is wanted when nothing else is due', async () => {
    const world = await syncedWorld();
    world.advance(600);
    await world.connections.change(ref, (one) => ({
      next: { ...one, wanted: { customers: want('asked-2') } },
      result: 0,
    }));

    await world.sync();

    const { runs } = await world.connection();
    expect(Object.keys(runs.at(-1)?.outcomes ?? {})).toEqual(['customers']);
  });
});

describe('a failing resource', () => {
  it.each([
    { failure: new Problem('unavailable', 'FreshBooks did not answer.'), status: 'FetchError' },
    { failure: new Problem('too-many', 'FreshBooks asks to slow down.'), status: 'RateLimitError' },
    { failure: new Problem('no-permission', 'The role may not see it.'), status: 'PermissionsError' },
    { failure: new Error('secret detail'), status: 'InternalError' },
  ])('fails only what is made of it: $status', async ({ failure, status }) => {
    const message = failure instanceof Problem ? failure.sentence : expect.not.stringContaining('secret');
    const world = await syncedWorld();
    world.vendor.failures.set('payments', failure);
    world.vendor.edit('clients', '5', 'edited');

    await world.nextHour();

    const connection = await world.connection();
    expect(statuses(connection)).toMatchObject({ payments: status, invoices: status, customers: 'Complete' });
    expect(connection.datasets['payments']?.message).toEqual(message);
    expect(await world.served('customers')).toEqual({ '5': 'edited' });
    expect(Object.keys((await world.served('invoices')) ?? {})).toHaveLength(5);
    expect(connection.datasets['payments']?.lastSuccess).toBe(start);
  });

  it('says why, with the scope that is missing, until it can be read again', async () => {
    const world = await syncedWorld();
    const why = { reason: 'missing-scope' as const, scope: 'user:payments:read' };
    world.vendor.failures.set('payments', new Problem('no-permission', 'A scope is missing.', why));

    await world.nextHour();
    const refused = await world.connection();
    world.vendor.failures.clear();
    await world.nextHour();
    const read = await world.connection();

    expect(refused.datasets['payments']).toMatchObject(why);
    expect(refused.resources['payments']?.trouble).toMatchObject(why);
    expect(read.datasets['payments']).not.toHaveProperty('reason');
    expect(read.datasets['payments']).not.toHaveProperty('scope');
    expect(read.resources['payments']?.trouble).toBeUndefined();
  });

  it('never puts the words of a fault of ours into the log', async () => {
    const world = await syncWorld();
    world.vendor.failures.set('clients', new Error('Acme owes 12.50'));

    await world.sync();

    expect(JSON.stringify(world.log)).not.toContain('12.50');
    expect(world.log.some((line) => line.event === 'sync.resource.failed')).toBe(true);
  });

  it('is made up for by the next run, although nothing changed since', async () => {
    const world = await syncedWorld();
    world.vendor.failures.set('invoices', new Problem('unavailable', 'down'));
    world.vendor.edit('payments', '7', 'paid');
    await world.nextHour();
    const before = (await world.connection()).datasets['invoices']?.snapshot;
    world.vendor.failures.clear();

    await world.nextHour();

    const { datasets } = await world.connection();
    expect(datasets['invoices']).toMatchObject({ status: 'Complete' });
    expect(datasets['invoices']?.message).toBeUndefined();
    expect(datasets['invoices']?.snapshot).not.toEqual(before);
  });

  it('whose list would not hold still keeps its cursor and serves nothing half read', async () => {
    const world = await syncWorld();
    world.vendor.edit('clients', '5', 'client 5');
    world.vendor.unsteady.add('clients');

    await world.sync();

    expect((await world.connection()).datasets['customers']).toMatchObject({ status: 'FetchError' });
    expect(await world.served('customers')).toBeUndefined();
    world.vendor.unsteady.clear();
    await world.nextHour();
    expect(await world.served('customers')).toEqual({ '5': 'client 5' });
  });
});

describe('a record that cannot be mapped', () => {
  it('is named, and what was held of it stays', async () => {
    const world = await syncedWorld();
    world.vendor.edit('invoices', '2', 'odd');
    world.vendor.unmappable.add('2');

    await world.nextHour();

    const { datasets } = await world.connection();
    expect(datasets['invoices']).toMatchObject({ status: 'Complete', message: expect.stringContaining('2') });
    expect(await world.served('invoices')).toMatchObject({ '2': 'invoice 2' });
  });

  it('stays named while nothing changes', async () => {
    const world = await syncedWorld();
    world.vendor.edit('invoices', '2', 'odd');
    world.vendor.unmappable.add('2');
    await world.nextHour();

    await world.nextHour();

    expect((await world.connection()).datasets['invoices']?.message).toContain('2');
  });
});

describe('access that was lost', () => {
  it('deauthorises the connection, keeps the data and ends every pull', async () => {
    const world = await syncedWorld();
    world.vendor.failures.set('clients', new Problem('access-lost', 'Ask the customer to authorise again.'));

    expect(await world.nextHour()).toBe('lost-access');

    const connection = await world.connection();
    expect(connection).toMatchObject({ state: 'Deauthorized', serving: {}, wanted: {} });
    expect(connection.errors).toMatchObject([
      { statusCode: '401', errorMessage: 'Ask the customer to authorise again.' },
    ]);
    expect(connection.datasets['customers']?.status).toBe('AuthError');
    expect(await world.served('customers')).toEqual({ '5': 'client 5' });
    expect(connection.lease).toBeUndefined();
  });
});

describe('a worker that died', () => {
  it('has what it served served again, and a newer want for the same waits its turn', async () => {
    const world = await syncWorld({
      serving: { customers: want('first') },
      wanted: { customers: want('second') },
      lease: { owner: 'dead', until: start },
      epoch: 3,
    });

    await world.sync();

    const connection = await world.connection();
    expect(connection.datasets['customers']?.latestOperation).toBe('first');
    expect(connection.wanted).toEqual({ customers: want('second') });
    expect(world.take().map((woken) => woken.wake)).toEqual([{ kind: 'sync', ref }]);
  });
});

describe('two workers', () => {
  it('at once: one reads, the other leaves', async () => {
    const world = await syncWorld();
    world.vendor.edit('clients', '5', 'client 5');

    const ends = await Promise.all([world.sync(), world.sync()]);

    expect(ends.sort()).toEqual(['busy', 'published']);
    expect((await world.connection()).runs).toHaveLength(1);
  });

  it('one of whom was frozen beyond its lease: the stale one publishes nothing', async () => {
    const world = await syncWorld();
    world.vendor.edit('clients', '5', 'client 5');
    let second: Promise<string> | undefined;
    world.vendor.onPage = async () => {
      if (second !== undefined) return;
      world.advance(61);
      second = world.sync();
      await second;
    };

    const first = await world.sync();

    expect([first, await second]).toEqual(['stale', 'published']);
    const connection = await world.connection();
    expect(connection.runs).toHaveLength(1);
    expect(connection.epoch).toBe(2);
    expect(await world.served('customers')).toEqual({ '5': 'client 5' });
  });

  it('do not meet while the first one renews its lease', async () => {
    const world = await syncWorld();
    world.vendor.edit('clients', '5', 'client 5');
    let second: string | undefined;
    world.vendor.onPage = async () => {
      if (second !== undefined) return;
      for (let n = 0; n < 5; n += 1) {
        world.advance(20);
        await world.timer.tick();
      }
      second = await world.sync();
    };

    expect([await world.sync(), second]).toEqual(['published', 'busy']);
  });
});

describe('what comes while a run is at work', () => {
  it('a new want wakes the connection again', async () => {
    const world = await syncWorld();
    world.vendor.edit('clients', '5', 'client 5');
    world.vendor.onPage = async () => {
      await world.connections.change(ref, (one) => ({
        next: { ...one, wanted: { customers: want('asked-3') } },
        result: 0,
      }));
    };

    await world.sync();

    expect(world.take().map((woken) => woken.wake)).toEqual([{ kind: 'sync', ref }]);
    expect((await world.connection()).wanted).toEqual({ customers: want('asked-3') });
  });

  it('an unlinking: nothing is published', async () => {
    const world = await syncWorld();
    world.vendor.edit('clients', '5', 'client 5');
    world.vendor.onPage = async () => {
      await world.connections.change(ref, (one) =>
        one.state === 'Linked' ? { next: unlink(one, world.clock()), result: 0 } : { result: 0 },
      );
    };

    expect(await world.sync()).toBe('stale');

    const connection = await world.connection();
    expect(connection.state).toBe('Unlinked');
    expect(await world.served('customers')).toBeUndefined();
    expect(new Set(Object.values(statuses(connection)))).toEqual(new Set(['Cancelled']));
  });

  it('an unlinking and a new link: the old worker publishes nothing, and a new one is woken', async () => {
    const world = await syncWorld();
    world.vendor.edit('clients', '5', 'client 5');
    let done = false;
    world.vendor.onPage = async () => {
      if (done) return;
      done = true;
      const relinked = {
        business: aBusiness(),
        grantId: 'grant-2',
        now: start,
        newId: makeIds(),
        fetchTypes: ['invoices'],
      };
      await world.connections.change(ref, (one) => ({ next: link(unlink(one, start), relinked), result: 0 }));
    };

    expect(await world.sync()).toBe('stale');
    expect(await world.served('customers')).toBeUndefined();
    expect(world.take().map((woken) => woken.wake)).toEqual([{ kind: 'sync', ref }]);
    expect(await world.sync()).toBe('published');
  });

  it('the loss of the lease: nothing more is stored', async () => {
    const world = await syncWorld();
    for (let n = 1; n <= 20; n += 1) world.vendor.edit('clients', String(n), `client ${n}`);
    world.vendor.onPage = async () => {
      await world.connections.change(ref, (one) => ({ next: { ...one, epoch: 99 }, result: 0 }));
      await world.timer.tick();
    };

    expect(await world.sync()).toBe('stale');

    expect(world.objects.names()).toEqual([]);
  });

  it('a deletion: nothing comes back', async () => {
    const world = await syncWorld();
    world.vendor.edit('clients', '5', 'client 5');
    world.vendor.onPage = () => world.connections.remove(ref);

    expect(await world.sync()).toBe('stale');

    expect(await world.connections.find(ref)).toBeUndefined();
  });
});

describe('a worker near its time-out', () => {
  it('hands on, and the next one goes on where it stopped', async () => {
    const world = await syncWorld({ wanted: { customers: want('asked-4') } });
    for (let n = 1; n <= 20; n += 1) world.vendor.edit('clients', String(n), `client ${n}`);
    world.vendor.edit('taxes', '1', 'tax');
    world.vendor.pagesBeforeDeadline = 2;
    const ends: string[] = [await world.sync()];

    const between = await world.connection();
    expect(between.datasets['taxRates']?.status).toBe('Complete');
    expect(between.serving).toEqual({ customers: want('asked-4') });
    expect(pullOperations(between).find((one) => one.id === 'asked-4')?.status).toBe('Fetching');
    expect(await world.served('customers')).toBeUndefined();
    while (world.take().length > 0) ends.push(await world.sync());

    expect(ends).toEqual(['handed-on', 'handed-on', 'handed-on', 'published']);
    expect(Object.keys((await world.served('customers')) ?? {})).toHaveLength(20);
    const connection = await world.connection();
    expect(connection.journal).toBeUndefined();
    expect(connection.datasets['customers']?.latestSuccessfulOperation).toBe('asked-4');
    expect(world.objects.names().filter((name) => name.includes('/spool/'))).toEqual([]);
  });

  it('whose books were published by somebody else is followed by a read from the beginning', async () => {
    const world = await syncedWorld();
    for (let n = 6; n <= 20; n += 1) world.vendor.edit('clients', String(n), `client ${n}`);
    world.vendor.pagesBeforeDeadline = 2;
    await world.nextHour();
    await world.connections.change(ref, ({ resources: { clients: _, ...resources }, ...one }) => ({
      next: { ...one, resources },
      result: 0,
    }));
    let pages = 0;
    world.vendor.pagesBeforeDeadline = 100;
    world.vendor.onPage = async (resource) => {
      if (resource === 'clients') pages += 1;
    };

    await world.sync();

    expect(pages).toBe(6);
  });

  it('leaves the mapping to the next one when reading took all its time', async () => {
    const world = await syncWorld();
    world.vendor.edit('clients', '5', 'client 5');
    world.vendor.onPage = async () => {
      for (let n = 0; n < 31; n += 1) {
        world.advance(20);
        await world.timer.tick();
      }
    };

    expect(await world.sync()).toBe('handed-on');
    world.vendor.onPage = async () => undefined;
    expect(await world.sync()).toBe('published');
    expect(await world.served('customers')).toEqual({ '5': 'client 5' });
  });

  it('whose journal is gone is followed by a read from the beginning', async () => {
    const world = await syncWorld();
    for (let n = 1; n <= 20; n += 1) world.vendor.edit('clients', String(n), `client ${n}`);
    world.vendor.pagesBeforeDeadline = 2;
    await world.sync();
    await world.objects.remove(world.objects.names().filter((name) => name.includes('/spool/')));
    world.vendor.pagesBeforeDeadline = 100;

    await world.sync();

    expect(Object.keys((await world.served('customers')) ?? {})).toHaveLength(20);
  });
});

describe('the history', () => {
  it('keeps no more than fifty runs in the item, and every run in all', async () => {
    const world = await syncedWorld();

    for (let n = 0; n < 60; n += 1) await world.nextHour();

    const { runs, history } = await world.connection();
    const older = await world.deps.runFiles.history(history);
    expect(runs.length).toBeLessThanOrEqual(50);
    expect(new Set([...older, ...runs].map((run) => run.id)).size).toBe(61);
    expect(history).toHaveLength(1);
  });
});
