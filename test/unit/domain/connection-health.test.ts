import { describe, expect, it } from '@jest/globals';
import en from '../../../messages/en/health.json' with { type: 'json' };
import fr from '../../../messages/fr-CA/health.json' with { type: 'json' };
import type { Connection } from '../../../src/domain/connection.ts';
import { connectionHealth, datasetHealth } from '../../../src/domain/connection-health.ts';
import type { DatasetState } from '../../../src/domain/dataset.ts';
import { actions, reasonNames, reasons } from '../../../src/domain/health.ts';
import { plusSeconds } from '../../../src/domain/instant.ts';
import type { Integration } from '../../../src/domain/integration.ts';
import { aConnection, aLinkedConnection, start } from '../../fakes/builders.ts';

const integration: Integration = {
  clientId: 'app',
  appVersion: 2,
  secretVersions: {},
  scopes: ['user:profile:read', 'user:bills:read'],
  enabled: true,
  changed: start,
};
const around = {
  integration,
  now: plusSeconds(start, 7200),
  scopesOf: (type: string) => [`user:${type}:read`],
  isGivenTo: (clientId: string, { grantId }: Connection) => grantId === `${clientId}-900`,
};
const complete: DatasetState = { status: 'Complete', lastRun: start, lastSuccess: start };
const refused: DatasetState = { status: 'PermissionsError', lastRun: start };
const access = (
  with_: Partial<NonNullable<Connection['access']>> = {},
): { access: Connection['access'] } => ({
  access: {
    born: start,
    epoch: 3,
    appVersion: 2,
    renewed: start,
    ends: plusSeconds(start, 43_200),
    scopes: ['user:profile:read'],
    lineage: [],
    ...with_,
  },
});
const linked = (with_: Partial<Connection> = {}): Connection =>
  aLinkedConnection({
    grantId: 'app-900',
    datasets: { invoices: complete },
    scopes: integration.scopes,
    ...with_,
  });

describe('the health of a connection', () => {
  it.each<[string, Connection, string]>([
    ['current', linked(), 'current'],
    ['not authorised yet', aConnection(), 'not-authorised-yet'],
    ['just linked', linked({ datasets: {} }), 'not-read-yet'],
    ['unlinked', linked({ state: 'Unlinked' }), 'unlinked'],
    ['being deleted', linked({ erasing: start }), 'being-deleted'],
    [
      'revoked by its customer',
      linked({ state: 'Deauthorized', loss: 'consent-withdrawn' }),
      'consent-withdrawn',
    ],
    ['without a way to renew', linked({ state: 'Deauthorized', loss: 'access-ended' }), 'access-ended'],
    [
      'reading on with an access that cannot be renewed',
      linked(access({ loss: { at: start, reason: 'rotation-lost' } })),
      'rotation-lost',
    ],
    [
      'reading on with an access that came back from a backup',
      linked(access({ loss: { at: start, reason: 'restored' } })),
      'restored',
    ],
    ['not renewed for the keys', linked(access({ keysRefused: start })), 'keys-failing'],
    ['refused among many', linked({ ...access({ held: start }), grantId: 'app-900' }), 'consents-held'],
    [
      'whose place another business has',
      linked({ state: 'Unlinked', replacedBy: 'connection-2' }),
      'replaced',
    ],
    ['given to an app that was replaced', linked({ ...access(), grantId: 'former-900' }), 'app-replaced'],
    ['authorised for other scopes', linked({ scopes: ['user:profile:read'] }), 'scopes-changed'],
    [
      'waiting for half an hour',
      linked({ wanted: { invoices: { operationId: 'o', requested: start, reason: 'refresh' } } }),
      'late',
    ],
    [
      'left by its person',
      linked({ standing: { at: start, unfit: 'membership-gone' }, datasets: { invoices: refused } }),
      'membership-gone',
    ],
    [
      'read through an outage',
      linked({ datasets: { invoices: complete, customers: { status: 'FetchError', lastRun: start } } }),
      'freshbooks-down',
    ],
    [
      'whose plan lacks a data type',
      linked({ datasets: { invoices: complete, bills: { status: 'NotSupported' } } }),
      'current',
    ],
  ])('%s', (_what, connection, reason) => {
    expect(connectionHealth(connection, around).reason).toBe(reason);
  });

  it('tells the deployer first what only the deployer can do', () => {
    expect(connectionHealth(linked(), { ...around, integration: undefined }).reason).toBe('not-set-up');
    const off = { ...integration, enabled: false };
    expect(connectionHealth(linked(), { ...around, integration: off }).reason).toBe('disabled');
  });
});

describe('the health of a data type', () => {
  it('asks the customer again for a scope that is asked for now', () => {
    const connection = linked({ ...access(), datasets: { bills: refused } });

    expect(datasetHealth(connection, 'bills', around).reason).toBe('missing-scope');
  });

  it('asks the deployer for a scope that nobody is asked for', () => {
    const connection = linked({ ...access(), datasets: { invoices: refused } });

    expect(datasetHealth(connection, 'invoices', around).reason).toBe('scope-not-asked');
  });

  it('blames the role or the plan where every scope is granted', () => {
    const scopes = ['user:profile:read', 'user:bills:read'];
    const connection = linked({ ...access({ scopes }), datasets: { bills: refused } });

    expect(datasetHealth(connection, 'bills', around).reason).toBe('no-permission');
  });

  it('shows what goes on now before how the last read ended', () => {
    const want = { operationId: 'o', requested: plusSeconds(start, 7190), reason: 'refresh' as const };
    const connection = linked({ datasets: { bills: refused }, wanted: { bills: want } });

    expect(datasetHealth(connection, 'bills', around)).toEqual({ reason: 'queued', since: want.requested });
    expect(datasetHealth({ ...connection, serving: { bills: want } }, 'bills', around).reason).toBe(
      'reading',
    );
  });
});

describe('the sentences', () => {
  const codes = [
    ...reasonNames.map((name) => `reason.${name}`),
    ...actions.map((name) => `action.${name}`),
  ].sort();

  it.each([
    ['English', en],
    ['French', fr],
  ])('are there for every reason and action in %s, and for nothing else', (_name, words) => {
    expect(Object.keys(words).sort()).toEqual(codes);
  });

  it('leave no action unused', () => {
    const used = new Set<string>(reasonNames.map((name) => reasons[name].action));

    expect(actions.filter((action) => !used.has(action))).toEqual([]);
  });
});
