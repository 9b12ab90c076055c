import { describe, expect, it } from '@jest/globals';
import { publishRun, type RunResult } from '../../../src/app/sync/publish-run.ts';
import type { Connection } from '../../../src/domain/connection.ts';
import { aConnection } from '../../fakes/builders.ts';

const started = '2026-03-01T10:00:00.000Z';
const refused: RunResult = {
  id: 'run-1',
  epoch: 3,
  started,
  completed: '2026-03-01T10:01:00.000Z',
  wants: {},
  outcomes: new Map(),
  resources: {},
  troubles: {},
  lostAccess: { status: 'AuthError', message: 'FreshBooks no longer accepts the authorisation.' },
};
const running = (authorised: string): Connection =>
  aConnection({
    state: 'Linked',
    epoch: 3,
    lease: { owner: 'run-1', until: '2026-03-01T10:02:00.000Z' },
    authorised,
  });

describe('what a run publishes', () => {
  const pointer = (epoch: number) => ({ manifest: `m/${epoch}.json`, count: 1, digest: `d${epoch}` });
  const run = (epoch: number, completed: string): RunResult => ({
    id: 'run-1',
    epoch: 3,
    started,
    completed,
    wants: { invoices: { operationId: 'o', requested: started, reason: 'refresh' } },
    outcomes: new Map([
      ['invoices', { kind: 'held', snapshot: pointer(epoch), projectedFrom: 'x', changed: 1 }],
    ]),
    resources: { invoices: { snapshot: pointer(epoch) } },
    troubles: {},
  });
  const since = (epoch: number, completed: string) => {
    const held = { ...pointer(1), since: '2026-03-01T09:00:00.000Z' };
    const connection = {
      ...running('2026-02-01T00:00:00.000Z'),
      datasets: { invoices: { status: 'Complete' as const, snapshot: held } },
      resources: { invoices: { snapshot: held } },
    };
    const after = publishRun(connection, run(epoch, completed));
    return [after?.datasets['invoices']?.snapshot?.since, after?.resources['invoices']?.snapshot?.since];
  };

  it.each([
    ['is current since then', 2, '2026-03-01T10:01:00.000Z', '2026-03-01T10:01:00.000Z'],
    [
      'is current since it first was, when it is the same',
      1,
      '2026-03-01T10:01:00.000Z',
      '2026-03-01T09:00:00.000Z',
    ],
    [
      'is never before what it replaces, when the clock is behind',
      2,
      '2026-03-01T08:59:00.000Z',
      '2026-03-01T09:00:00.000Z',
    ],
  ])('%s', (_case, epoch, completed, expected) => {
    expect(since(epoch, completed)).toEqual([expected, expected]);
  });

  it('says why a resource could not be read, and keeps what was held of it', () => {
    const held = {
      ...running(started),
      resources: { invoices: { snapshot: pointer(1), cursor: '2026-02-28' } },
    };
    const why = {
      status: 'PermissionsError' as const,
      message: 'invoices: a scope is missing.',
      reason: 'missing-scope' as const,
      scope: 'user:invoices:read',
    };

    const failed = publishRun(held, {
      ...run(2, '2026-03-01T10:01:00.000Z'),
      resources: {},
      troubles: { invoices: why },
    });

    expect(failed?.resources['invoices']).toEqual({
      snapshot: pointer(1),
      cursor: '2026-02-28',
      trouble: { ...why, at: started },
    });
  });
});

describe('a run that heard that access is lost', () => {
  it('takes the connection’s link, when the consent is the one it used', () => {
    expect(publishRun(running('2026-02-01T00:00:00.000Z'), refused)?.state).toBe('Deauthorized');
  });

  it('says nothing about a consent that was given while it ran', () => {
    expect(publishRun(running('2026-03-01T10:00:30.000Z'), refused)?.state).toBe('Linked');
  });
});
