import { describe, expect, it } from '@jest/globals';
import {
  isFailure,
  pullOperation,
  pullOperations,
  requestRefresh,
} from '../../../src/domain/pull-operation.ts';
import { aConnection, aLinkedConnection, start } from '../../fakes/builders.ts';
import { makeIds } from '../../fakes/clock.ts';

const later = '2026-03-02T16:00:00.000Z';
const want = (operationId: string, requested = start) => ({
  operationId,
  requested,
  reason: 'refresh' as const,
});
const run = {
  id: 'run-1',
  requested: start,
  completed: '2026-03-02T15:00:09.000Z',
  outcomes: {
    invoices: { operationId: 'done', status: 'Complete' as const },
    payments: { operationId: 'failed', status: 'FetchError' as const, message: 'FreshBooks did not answer.' },
  },
};

describe('pull operations', () => {
  it('are those asked for, those at work and those of the runs, newest first', () => {
    const connection = aLinkedConnection({
      wanted: { invoices: want('asked', later) },
      serving: { customers: want('at-work', '2026-03-02T15:30:00.000Z') },
      runs: [run],
    });

    const found = pullOperations(connection).map(({ id, status, progress }) => [id, status, progress]);

    expect(found).toEqual([
      ['asked', 'Queued', 0],
      ['at-work', 'Fetching', 10],
      ['done', 'Complete', 100],
      ['failed', 'FetchError', 100],
    ]);
  });

  it('say of a failure why, and when it ended', () => {
    expect(pullOperation(aLinkedConnection({ runs: [run] }), 'failed')).toEqual({
      id: 'failed',
      companyId: 'company-1',
      connectionId: 'connection-1',
      dataType: 'payments',
      status: 'FetchError',
      statusDescription: 'FreshBooks did not answer.',
      errorMessage: 'FreshBooks did not answer.',
      requested: start,
      completed: '2026-03-02T15:00:09.000Z',
      durationSeconds: 9,
      progress: 100,
      isCompleted: true,
      isErrored: true,
    });
  });

  it('reach back into older runs that are given', () => {
    expect(pullOperation(aLinkedConnection(), 'done', [run])?.status).toBe('Complete');
    expect(pullOperation(aLinkedConnection(), 'done')).toBeUndefined();
  });

  it.each([
    { status: 'Complete', failure: false },
    { status: 'Cancelled', failure: false },
    { status: 'PermissionsError', failure: true },
  ] as const)('count $status as a failure: $failure', ({ status, failure }) => {
    expect(isFailure(status)).toBe(failure);
  });
});

describe('asking for a refresh', () => {
  it('makes one operation per data type', () => {
    const { connection, operations } = requestRefresh(
      aLinkedConnection(),
      ['invoices', 'payments'],
      later,
      makeIds(),
    );

    expect(operations.map(({ dataType, status }) => [dataType, status])).toEqual([
      ['invoices', 'Queued'],
      ['payments', 'Queued'],
    ]);
    expect(operations.map((operation) => operation.id)).toEqual(
      Object.values(connection.wanted).map((one) => one.operationId),
    );
  });

  it('of what waits already answers the operation that waits', () => {
    const { connection, operations } = requestRefresh(
      aLinkedConnection({ wanted: { invoices: want('waits') } }),
      ['invoices'],
      later,
      makeIds(),
    );

    expect(operations[0]).toMatchObject({ id: 'waits', requested: start });
    expect(connection.wanted).toEqual({ invoices: want('waits') });
  });

  it('of what is being read makes one more, for the running one may have passed the change', () => {
    const { connection } = requestRefresh(
      aLinkedConnection({ serving: { invoices: want('at-work') } }),
      ['invoices'],
      later,
      makeIds(),
    );

    expect(connection.serving['invoices']?.operationId).toBe('at-work');
    expect(connection.wanted['invoices']?.operationId).not.toBe('at-work');
  });

  it('is refused while the connection is not linked', () => {
    expect(() => requestRefresh(aConnection(), ['invoices'], later, makeIds())).toThrow(/PendingAuth/);
  });
});
