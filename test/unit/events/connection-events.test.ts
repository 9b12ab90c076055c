import { describe, expect, it } from '@jest/globals';
import { publishRun } from '../../../src/app/sync/publish-run.ts';
import type { Connection, Want } from '../../../src/domain/connection.ts';
import { connectionEvents } from '../../../src/domain/connection-events.ts';
import { condemn, link, lose, unlink } from '../../../src/domain/connection-moves.ts';
import type { PullStatus } from '../../../src/domain/dataset.ts';
import { aBusiness, aConnection, aLinkedConnection, start } from '../../fakes/builders.ts';
import { makeIds } from '../../fakes/clock.ts';

const typesOf = (before: Connection | undefined, after: Connection) =>
  connectionEvents(before, after).map(({ type }) => type);
const relinked = (connection: Connection) =>
  link(connection, { business: aBusiness(), grantId: 'g', now: start, newId: makeIds(), fetchTypes: [] });
const refused = {
  statusCode: '401',
  statusText: 'Unauthorized',
  errorMessage: 'FreshBooks refuses us.',
  reason: 'consent-withdrawn',
} as const;
const lost = lose(aLinkedConnection(), refused, start);
const unlinked = unlink(aLinkedConnection(), start);
const error = { statusCode: '403', statusText: 'User cancelled.', errorMessage: 'No.', erroredOn: start };

describe('what a change of a connection is told as', () => {
  it.each<[string, Connection | undefined, Connection, string[]]>([
    ['made', undefined, aConnection(), ['connection.created']],
    ['linked', aConnection(), relinked(aConnection()), ['connection.connected']],
    ['refused by FreshBooks', aLinkedConnection(), lost, ['connection.disconnected']],
    ['unlinked', aLinkedConnection(), unlinked, ['connection.disconnected']],
    ['unlinked when it was lost', lost, unlink(lost, start), []],
    ['linked again when it was lost', lost, relinked(lost), ['connection.reconnected']],
    ['linked again when it was unlinked', unlinked, relinked(unlinked), ['connection.reconnected']],
    ['linked once more', aLinkedConnection(), relinked(aLinkedConnection()), []],
    ['deleted', aLinkedConnection(), condemn(aLinkedConnection(), start), ['connection.deleted']],
    ['not authorised after all', aConnection(), aConnection({ errors: [error] }), ['connection.failed']],
    ['touched', aLinkedConnection(), aLinkedConnection({ slot: 3 }), []],
  ])('%s', (_name, before, after, types) => {
    expect(typesOf(before, after)).toEqual(types);
  });

  it('is nothing more once it is being deleted', () => {
    const condemned = condemn(aLinkedConnection({ wanted: { invoices: wantOf('o', 'refresh') } }), start);

    expect(typesOf(condemned, { ...condemned, state: 'Unlinked', epoch: 9 })).toEqual([]);
  });
});

function wantOf(operationId: string, reason: Want['reason']): Want {
  return { operationId, requested: start, reason };
}

/** A connection in the middle of a run of these wants, and the same with the run published. */
function published(
  wants: Record<string, Want>,
  failures: Record<string, PullStatus>,
  held: Partial<Connection> = {},
) {
  const before = aLinkedConnection({
    lease: { owner: 'run-1', until: '2026-03-02T16:00:00.000Z' },
    serving: wants,
    ...held,
  });
  const outcome = (type: string) => {
    const status = failures[type];
    if (status !== undefined) return { kind: 'failed' as const, failure: { status, message: 'It failed.' } };
    const snapshot = { manifest: `${type}-1`, count: 3, digest: 'd' };
    return { kind: 'held' as const, snapshot, projectedFrom: 'p', changed: type === 'invoices' ? 3 : 0 };
  };
  const after = publishRun(before, {
    id: 'run-1',
    epoch: before.epoch,
    started: start,
    completed: start,
    wants,
    outcomes: new Map(Object.keys(wants).map((type) => [type, outcome(type)])),
    resources: {},
    troubles: {},
  });
  if (after === undefined) throw new Error('the lease was lost');
  return { before, after };
}

describe('what a run is told as', () => {
  it('the first read of data types, with what it changed', () => {
    const wants = { invoices: wantOf('o1', 'first-link'), customers: wantOf('o2', 'first-link') };
    const { before, after } = published(wants, {});

    expect(connectionEvents(before, after)).toEqual([
      {
        type: 'read.completed.initial',
        status: 'Linked',
        outcomes: [
          { dataType: 'invoices', operationId: 'o1', status: 'Complete', modified: 3 },
          { dataType: 'customers', operationId: 'o2', status: 'Complete', modified: 0 },
        ],
      },
    ]);
  });

  it('one event for the first reads and one for the others', () => {
    const wants = { invoices: wantOf('o1', 'schedule'), customers: wantOf('o2', 'first-link') };
    const { before, after } = published(wants, {});

    expect(typesOf(before, after)).toEqual(['read.completed.initial', 'read.completed']);
  });

  it('a failure once, and again when it is another', () => {
    const wants = { invoices: wantOf('o1', 'schedule') };
    const first = published(wants, { invoices: 'FetchError' });
    const same = published(wants, { invoices: 'FetchError' }, { datasets: first.after.datasets });
    const other = published(wants, { invoices: 'PermissionsError' }, { datasets: first.after.datasets });

    expect(typesOf(first.before, first.after)).toEqual(['read.completed', 'dataset.failed']);
    expect(typesOf(same.before, same.after)).toEqual(['read.completed']);
    expect(typesOf(other.before, other.after)).toEqual(['read.completed', 'dataset.failed']);
  });

  it('a failure again when the reason is another, although the status is the same', () => {
    const wants = { invoices: wantOf('o1', 'schedule') };
    const refused = (reason: 'not-in-plan' | 'missing-scope') => ({
      datasets: { invoices: { status: 'PermissionsError' as const, reason } },
    });
    const still = published(wants, { invoices: 'PermissionsError' }, refused('not-in-plan'));
    const next = { ...still.after, ...refused('missing-scope') };
    const same = { ...still.after, ...refused('not-in-plan') };

    expect(typesOf(still.before, next)).toEqual(['read.completed', 'dataset.failed']);
    expect(typesOf(still.before, same)).toEqual(['read.completed']);
  });

  it('lost access ends what was asked for, and is told after the state', () => {
    const before = aLinkedConnection({ wanted: { invoices: wantOf('o1', 'refresh') } });

    const events = connectionEvents(before, lose(before, refused, start));

    expect(events.map(({ type }) => type)).toEqual([
      'connection.disconnected',
      'read.completed',
      'dataset.failed',
    ]);
    expect(events[1]?.outcomes).toMatchObject([{ dataType: 'invoices', status: 'AuthError', modified: 0 }]);
  });
});

describe('totals that differ from FreshBooks’ reports', () => {
  const total = (verdict: 'agrees' | 'differs', window = '2026-01') => ({
    report: 'profitloss',
    window,
    currency: 'CAD',
    ours: 5,
    theirs: 4,
    verdict,
  });
  const holding = (...controls: ReturnType<typeof total>[]) =>
    aLinkedConnection({ datasets: { invoices: { status: 'Complete', controls } } });

  it('are told when they begin to, each by its report and without its amounts', () => {
    const events = connectionEvents(
      holding(total('agrees'), total('differs', '2025-12')),
      holding(total('differs'), total('differs', '2025-12')),
    );

    expect(events).toEqual([
      {
        type: 'dataset.mismatch',
        status: 'Linked',
        mismatch: {
          dataType: 'invoices',
          totals: [{ report: 'profitloss', window: '2026-01', currency: 'CAD' }],
        },
      },
    ]);
  });

  it('are not told while they go on to, nor when they agree again', () => {
    expect(typesOf(holding(total('differs')), holding(total('differs')))).toEqual([]);
    expect(typesOf(holding(total('differs')), holding(total('agrees')))).toEqual([]);
  });
});

describe('fields and values that are new to us', () => {
  const seen = (field: string, rows = 1) => ({ resource: 'invoices', field, rows });
  const holding = (...drift: ReturnType<typeof seen>[]) =>
    aLinkedConnection({ datasets: { invoices: { status: 'Complete', drift } } });

  it('are told when they are first seen', () => {
    expect(
      connectionEvents(holding(seen('colour')), holding(seen('colour', 9), seen('vis_state=7'))),
    ).toEqual([
      {
        type: 'dataset.drift',
        status: 'Linked',
        drift: { dataType: 'invoices', found: [seen('vis_state=7')] },
      },
    ]);
  });

  it('are not told while they go on to be there, nor when they are gone', () => {
    expect(typesOf(holding(seen('colour')), holding(seen('colour', 2)))).toEqual([]);
    expect(typesOf(holding(seen('colour')), holding())).toEqual([]);
  });
});
