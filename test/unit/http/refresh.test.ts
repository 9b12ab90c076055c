import { describe, expect, it } from '@jest/globals';
import { dataTypes } from '../../../src/domain/data-types.ts';
import { aCompany, aConnection, start } from '../../fakes/builders.ts';
import { ask, makeLinkedWorld, makeWorld, sentenceOf, textAt } from './api-world.ts';

const company = '/companies/company-1';
const ref = { companyId: 'company-1', connectionId: 'connection-1' };

describe('refreshing one data type', () => {
  it('answers the queued pull operation and wakes the worker', async () => {
    const world = await makeLinkedWorld();

    const queued = await ask(world, `POST ${company}/data/queue/invoices`);

    expect(queued.body).toMatchObject({
      companyId: 'company-1',
      connectionId: 'connection-1',
      dataType: 'invoices',
      status: 'Queued',
      requested: start,
      progress: 0,
      isCompleted: false,
      isErrored: false,
    });
    expect(world.takeWoken()).toEqual([{ wake: { kind: 'sync', ref }, delaySeconds: 0 }]);
  });

  it('answers the same operation while it waits', async () => {
    const world = await makeLinkedWorld();
    const first = await ask(world, `POST ${company}/data/queue/invoices?connectionId=connection-1`);

    const second = await ask(world, `POST ${company}/data/queue/invoices`);

    expect(textAt(second, 'id')).toBe(textAt(first, 'id'));
  });

  it.each(['journals', 'nonsense'])('is 404 for %s, which is not read', async (dataType) => {
    const refused = await ask(await makeLinkedWorld(), `POST ${company}/data/queue/${dataType}`);

    expect(refused.status).toBe(404);
    expect(sentenceOf(refused)).toBe(`Datatype [${dataType}] not supported by platform(s) [FreshBooks].`);
  });

  it('is refused while the connection is not linked', async () => {
    const world = await makeWorld();
    await world.companies.insert(aCompany());
    await world.connections.insert(aConnection());

    const refused = await ask(world, `POST ${company}/data/queue/invoices`);

    expect(refused.status).toBe(409);
    expect(sentenceOf(refused)).toContain('PendingAuth');
    expect(world.takeWoken()).toEqual([]);
  });

  it('is 404 for another connection', async () => {
    const refused = await ask(await makeLinkedWorld(), `POST ${company}/data/queue/invoices?connectionId=x`);

    expect(refused.status).toBe(404);
  });
});

describe('refreshing the facts of the business', () => {
  it('answers the pull operation of the data type company', async () => {
    const queued = await ask(await makeLinkedWorld(), `POST ${company}/data/info`);

    expect(queued.body).toMatchObject({ dataType: 'company', status: 'Queued' });
  });
});

describe('refreshing everything', () => {
  it('answers 204, wants every data type and wakes the worker once', async () => {
    const world = await makeLinkedWorld();

    const refreshed = await ask(world, `POST ${company}/data/all`);

    expect([refreshed.status, refreshed.body]).toEqual([204, undefined]);
    expect(Object.keys((await world.connections.find(ref))?.wanted ?? {})).toEqual([...dataTypes]);
    expect(world.takeWoken()).toHaveLength(1);
  });
});

describe('the status of the data', () => {
  it('says of each data type what goes on, what was last and what was last good', async () => {
    const world = await makeLinkedWorld({
      invoices: {
        status: 'Complete',
        lastSuccess: start,
        latestOperation: 'op-2',
        latestSuccessfulOperation: 'op-2',
      },
      payments: {
        status: 'FetchError',
        lastSuccess: start,
        latestOperation: 'op-4',
        latestSuccessfulOperation: 'op-3',
      },
    });
    await ask(world, `POST ${company}/data/queue/payments`);

    const status = await ask(world, `GET ${company}/dataStatus`);

    expect(status.body).toMatchObject({
      invoices: {
        dataType: 'invoices',
        currentStatus: 'Complete',
        lastSuccessfulSync: start,
        latestSyncId: 'op-2',
        latestSuccessfulSyncId: 'op-2',
      },
      payments: { currentStatus: 'Queued', latestSuccessfulSyncId: 'op-3' },
      customers: { dataType: 'customers', currentStatus: 'Initial' },
    });
    expect(textAt(status, 'payments', 'latestSyncId')).not.toBe('op-4');
  });

  it('is empty for a company without a connection', async () => {
    const world = await makeWorld();
    await world.companies.insert(aCompany());

    expect((await ask(world, `GET ${company}/dataStatus`)).body).toEqual({});
  });
});

describe('the history of pulls', () => {
  const withRun = async () => {
    const world = await makeLinkedWorld();
    const run = {
      id: 'run-1',
      requested: '2026-03-01T00:00:00.000Z',
      completed: '2026-03-01T00:01:00.000Z',
      outcomes: {
        invoices: { operationId: 'done', status: 'Complete' as const },
        payments: { operationId: 'failed', status: 'FetchError' as const, message: 'FreshBooks was down.' },
      },
    };
    await world.connections.change(ref, (connection) => ({
      next: { ...connection, runs: [run] },
      result: 0,
    }));
    await ask(world, `POST ${company}/data/queue/customers`);
    return world;
  };

  it('lists the newest first, with how each ended', async () => {
    const listed = await ask(await withRun(), `GET ${company}/data/history`);

    expect(listed.body).toMatchObject({
      totalResults: 3,
      results: [
        { dataType: 'customers', status: 'Queued', isCompleted: false },
        { id: 'done', status: 'Complete', progress: 100, isCompleted: true, isErrored: false },
        { id: 'failed', status: 'FetchError', isErrored: true, errorMessage: 'FreshBooks was down.' },
      ],
    });
  });

  it('is queried and ordered like every list', async () => {
    const listed = await ask(
      await withRun(),
      `GET ${company}/data/history?query=status=Complete||isErrored=true&orderBy=-dataType`,
    );

    expect(listed.body).toMatchObject({ results: [{ id: 'failed' }, { id: 'done' }], totalResults: 2 });
  });

  it('goes back to the runs that no longer fit the connection', async () => {
    const world = await withRun();
    const outcomes = { taxRates: { operationId: 'old', status: 'Complete' as const } };
    const old = {
      id: 'run-0',
      requested: '2026-01-01T00:00:00.000Z',
      completed: '2026-01-01T00:00:09.000Z',
      outcomes,
    };
    const name = await world.runFiles.saveHistory(ref, 1, [old]);
    await world.connections.change(ref, (connection) => ({
      next: { ...connection, history: [name] },
      result: 0,
    }));

    const listed = await ask(world, `GET ${company}/data/history?page=2&pageSize=3`);
    const one = await ask(world, `GET ${company}/data/history/old`);

    expect(listed.body).toMatchObject({ results: [{ id: 'old', dataType: 'taxRates' }], totalResults: 4 });
    expect(one.body).toMatchObject({ id: 'old', completed: '2026-01-01T00:00:09.000Z' });
  });

  it('shows one, and 404 for one that is not there', async () => {
    const world = await withRun();

    expect((await ask(world, `GET ${company}/data/history/done`)).body).toMatchObject({ id: 'done' });
    expect((await ask(world, `GET ${company}/data/history/other`)).status).toBe(404);
  });
});
