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
  lostAccess: 'FreshBooks no longer accepts the authorisation.',
};
const running = (authorised: string): Connection =>
  aConnection({
    state: 'Linked',
    epoch: 3,
    lease: { owner: 'run-1', until: '2026-03-01T10:02:00.000Z' },
    authorised,
  });

describe('a run that heard that access is lost', () => {
  it('takes the connection’s link, when the consent is the one it used', () => {
    expect(publishRun(running('2026-02-01T00:00:00.000Z'), refused)?.state).toBe('Deauthorized');
  });

  it('says nothing about a consent that was given while it ran', () => {
    expect(publishRun(running('2026-03-01T10:00:30.000Z'), refused)?.state).toBe('Linked');
  });
});
