import { describe, expect, it } from '@jest/globals';
import { type Connection, connectionStates } from '../../../src/domain/connection.ts';
import {
  condemn,
  handOver,
  leaseIsLive,
  link,
  lose,
  type MoveName,
  mayMove,
  moves,
  unlink,
} from '../../../src/domain/connection-moves.ts';
import { pendingSince } from '../../../src/domain/pending-since.ts';
import { pullOperations } from '../../../src/domain/pull-operation.ts';
import { aBusiness, aConnection, aLinkedConnection, start } from '../../fakes/builders.ts';
import { makeIds } from '../../fakes/clock.ts';

const now = '2026-03-02T15:30:00.000Z';
const want = (operationId: string) => ({ operationId, requested: start, reason: 'refresh' as const });
const said = { statusCode: '401', statusText: 'Unauthorized', errorMessage: 'Authorise again.' };
const lost = { ...said, reason: 'consent-withdrawn' } as const;
const linked = (connection: Connection, with_: Partial<Parameters<typeof link>[1]> = {}) =>
  link(connection, {
    business: aBusiness(),
    grantId: 'grant-1',
    now,
    newId: makeIds(),
    fetchTypes: ['invoices', 'customers'],
    ...with_,
  });

describe('linking', () => {
  it('makes a connection linked and wants its first data', () => {
    const connection = linked(aConnection());

    expect(connection).toMatchObject({ state: 'Linked', stateSince: now, grantId: 'grant-1' });
    expect(connection.business).toEqual(aBusiness());
    expect(Object.keys(connection.wanted)).toEqual(['invoices', 'customers']);
    expect(connection.wanted['invoices']).toMatchObject({ requested: now, reason: 'first-link' });
  });

  it('again resolves the errors and refreshes what is held', () => {
    const before = lose(
      aLinkedConnection({ datasets: { invoices: { status: 'Complete', lastSuccess: start } } }),
      lost,
      start,
    );

    const connection = linked(before);

    expect(connection.errors).toEqual([{ ...said, erroredOn: start, resolvedOn: now }]);
    expect(connection.wanted['invoices']?.reason).toBe('refresh');
    expect(connection.wanted['customers']?.reason).toBe('first-link');
  });

  it('keeps a want that is there', () => {
    const connection = linked(aLinkedConnection({ wanted: { invoices: want('asked') } }));

    expect(connection.wanted['invoices']?.operationId).toBe('asked');
    expect(connection.stateSince).toBe(start);
  });

  it('refuses another business than the one it was linked to', () => {
    const other = aBusiness({ accountId: 'other', name: 'Other' });

    expect(() => linked(aLinkedConnection(), { business: other })).toThrow(/Busy Agency/);
  });

  it('takes the same business under a new name', () => {
    const renamed = aBusiness({ name: 'Busier Agency' });

    expect(linked(aLinkedConnection(), { business: renamed }).business?.name).toBe('Busier Agency');
  });
});

describe('losing access', () => {
  it('keeps what is held, remembers the error and ends every pull', () => {
    const connection = lose(
      aLinkedConnection({ wanted: { invoices: want('w') }, serving: { customers: want('s') }, epoch: 4 }),
      lost,
      now,
    );

    expect(connection).toMatchObject({
      state: 'Deauthorized',
      stateSince: now,
      epoch: 5,
      grantId: 'grant-1',
    });
    expect(connection.errors).toEqual([{ ...said, erroredOn: now }]);
    const ended = pullOperations(connection).map(({ id, status, isErrored }) => ({ id, status, isErrored }));
    expect(ended).toEqual(
      expect.arrayContaining([
        { id: 'w', status: 'AuthError', isErrored: true },
        { id: 's', status: 'AuthError', isErrored: true },
      ]),
    );
    expect(pendingSince(connection)).toBeUndefined();
  });
});

describe('unlinking', () => {
  it('ends every pull as cancelled and fences the worker off', () => {
    const connection = unlink(aLinkedConnection({ serving: { customers: want('s') }, epoch: 4 }), now);

    expect(connection).toMatchObject({ state: 'Unlinked', epoch: 5, serving: {} });
    expect(pullOperations(connection)).toMatchObject([{ id: 's', status: 'Cancelled', isErrored: false }]);
    expect(pendingSince(connection)).toBe(now);
  });
});

describe('condemning', () => {
  it('unlinks what is linked and waits to be erased', () => {
    const connection = condemn(aLinkedConnection({ wanted: { customers: want('s') } }), now);

    expect(connection).toMatchObject({ state: 'Unlinked', erasing: now, wanted: {} });
    expect(connection.epoch).toBeGreaterThan(0);
    expect(pendingSince(connection)).toBe(now);
  });

  it('again changes nothing', () => {
    const connection = condemn(aConnection(), start);

    expect(condemn(connection, now)).toBe(connection);
  });

  it('is the end: no move leads back', () => {
    const connection = condemn(aLinkedConnection(), now);

    expect(() => linked(connection)).toThrow(/being deleted/);
    expect(() => unlink(connection, now)).toThrow(/being deleted/);
  });
});

describe('every move', () => {
  const make: Record<MoveName, (connection: Connection) => Connection> = {
    link: linked,
    relink: linked,
    lose: (connection) => lose(connection, lost, now),
    handOver: (connection) => handOver(connection, now),
    unlink: (connection) => unlink(connection, now),
  };
  const names: MoveName[] = ['lose', 'handOver', 'unlink'];
  const rows = names.flatMap((name) => connectionStates.map((state) => ({ name, state })));

  it.each(rows)('$name from $state is made or refused as the table says', ({ name, state }) => {
    const connection = aLinkedConnection({ state });

    if (mayMove(connection, name)) expect(make[name](connection).state).toBe(moves[name].to);
    else expect(() => make[name](connection)).toThrow(expect.objectContaining({ kind: 'conflict' }));
  });
});

it.each([
  { until: '2026-03-02T15:30:00.001Z', live: true },
  { until: now, live: false },
])('a lease until $until is live at half past: $live', ({ until, live }) => {
  expect(leaseIsLive(aLinkedConnection({ lease: { owner: 'w', until } }), now)).toBe(live);
});
