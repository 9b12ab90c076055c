import { describe, expect, it } from '@jest/globals';
import en from '../../../messages/en/health.json' with { type: 'json' };
import fr from '../../../messages/fr-CA/health.json' with { type: 'json' };
import type { Connection } from '../../../src/domain/connection.ts';
import { connectionHealth, datasetHealth, resourceHealth } from '../../../src/domain/connection-health.ts';
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
  isGivenTo: (clientId: string, { grantId }: Connection) => grantId === `${clientId}-900`,
};
const complete: DatasetState = { status: 'Complete', lastRun: start, lastSuccess: start };
const refused: DatasetState = { status: 'PermissionsError', lastRun: start };
const withoutScope: DatasetState = { ...refused, reason: 'missing-scope', scope: 'user:bills:read' };
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
      'whose business lacks a data type',
      linked({ datasets: { invoices: complete, bills: { status: 'NotSupported' } } }),
      'current',
    ],
    [
      'whose plan lacks a data type',
      linked({ datasets: { invoices: complete, bills: { ...refused, reason: 'not-in-plan' } } }),
      'current',
    ],
    [
      'whose person may not read a data type',
      linked({ datasets: { invoices: complete, bills: { ...refused, reason: 'role-may-not-read' } } }),
      'role-may-not-read',
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
    const connection = linked({ ...access(), datasets: { bills: withoutScope } });

    expect(datasetHealth(connection, 'bills', around).reason).toBe('missing-scope');
  });

  it('asks the deployer for a scope that nobody is asked for', () => {
    const scope = 'user:invoices:read';
    const connection = linked({ ...access(), datasets: { invoices: { ...withoutScope, scope } } });

    expect(datasetHealth(connection, 'invoices', around).reason).toBe('scope-not-asked');
  });

  it('asks the customer where FreshBooks does not name the scope', () => {
    const { scope: _scope, ...unnamed } = withoutScope;

    expect(datasetHealth(linked({ datasets: { bills: unnamed } }), 'bills', around).reason).toBe(
      'missing-scope',
    );
  });

  it.each(['not-in-plan', 'role-may-not-read', 'no-permission', 'refused-unexplained'] as const)(
    'is told as the run found it: %s',
    (reason) => {
      const connection = linked({ datasets: { bills: { ...refused, reason } } });

      expect(datasetHealth(connection, 'bills', around)).toEqual({ reason, since: start });
    },
  );

  it('does not say what nobody found out', () => {
    const connection = linked({ datasets: { bills: refused } });

    expect(datasetHealth(connection, 'bills', around).reason).toBe('no-permission');
  });

  it.each([
    ['no-permission', 'client-only'],
    ['role-may-not-read', 'client-only'],
    ['refused-unexplained', 'client-only'],
    ['not-in-plan', 'not-in-plan'],
    ['missing-scope', 'missing-scope'],
  ] as const)('is explained by what became of the person, where that can be: %s', (reason, told) => {
    const standing = { at: start, unfit: 'client-only' as const };
    const connection = linked({ standing, datasets: { bills: { ...refused, reason } } });

    expect(datasetHealth(connection, 'bills', around).reason).toBe(told);
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

describe('the health of a resource', () => {
  const at = plusSeconds(start, 60);
  const proof = {
    ...{ at, complete: true, pages: 1, rowsRead: 1, hiddenRows: 0, held: 1, deleted: 0 },
    ...{ digest: '', warnings: [] },
  };
  const trouble = { status: 'PermissionsError' as const, message: 'bills: …', at };

  it('is why the latest read brought nothing, whatever was read before', () => {
    const state = { proof, trouble: { ...trouble, reason: 'not-in-plan' as const } };

    expect(resourceHealth(linked(), state, around)).toEqual({ reason: 'not-in-plan', since: at });
  });

  it('tells whose turn it is for a scope', () => {
    const without = (scope: string) => ({ trouble: { ...trouble, reason: 'missing-scope' as const, scope } });

    expect(resourceHealth(linked(), without('user:bills:read'), around).reason).toBe('missing-scope');
    expect(resourceHealth(linked(), without('user:teams:read'), around).reason).toBe('scope-not-asked');
  });

  it('is current once it was read', () => {
    expect(resourceHealth(linked(), { proof }, around)).toEqual({ reason: 'current', since: at });
    expect(resourceHealth(linked(), {}, around)).toEqual({ reason: 'not-read-yet' });
    expect(resourceHealth(linked({ state: 'Unlinked' }), { proof }, around).reason).toBe('unlinked');
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
