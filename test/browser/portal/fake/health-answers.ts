import { type Answers, ok, refuse } from './answers.ts';
import { of } from './company-answers.ts';
import { healthOf, healthOfType } from './fake-health.ts';
import type { FakeLedgerlink } from './fake-ledgerlink.ts';

const at = '2026-03-03T09:00:00.000Z';

/** Why things are as they are, and what proves what was read. */
export const healthAnswers: Answers = {
  getDataStatus: of((server, company, { language }) => {
    const connection = company.connections[0];
    return ok(
      Object.fromEntries(
        Object.entries(server.statuses).map(([dataType, currentStatus]) => [
          dataType,
          {
            dataType,
            currentStatus,
            ...(currentStatus === 'Complete' ? { lastSuccessfulSync: '2026-03-03T08:15:00.000Z' } : {}),
            health: healthOfType(server, connection?.id ?? 'none', currentStatus, language),
          },
        ]),
      ),
    );
  }),
  diagnoseConnection: of((server, company, { params, language }) => {
    const connection = company.connections.find(({ id }) => id === params['connectionId']);
    if (!connection) return refuse(404, 'There is no such connection.');
    const lost = connection.status === 'Deauthorized';
    return ok({
      companyId: company.id,
      connectionId: connection.id,
      at,
      health: healthOf(server, connection, language),
      integration: { setUp: server.keys !== undefined, enabled: server.enabled, keysVersion: 2 },
      scheduleTickedSecondsAgo: 31,
      nextDue: '2026-03-03T09:15:00.000Z',
      ...(connection.status === 'PendingAuth' ? {} : { consent: consentOf(server, lost) }),
      waiting: [{ dataType: 'invoices', reason: 'schedule', waitingSeconds: 95, taken: false }],
      lastRuns: [
        {
          id: 'run-1',
          completed: '2026-03-03T08:15:00.000Z',
          completedSecondsAgo: 2700,
          tookSeconds: 4,
          dataTypes: 3,
          failed: lost ? ['invoices'] : [],
        },
      ],
      troubles: [
        {
          resource: 'estimates',
          status: 'FetchError',
          message: 'FreshBooks did not answer in time.',
          triedSecondsAgo: 2700,
          health: healthOfType(server, connection.id, 'FetchError', language),
        },
      ],
      dataTypes: Object.entries(server.statuses).map(([dataType, status]) => ({
        dataType,
        status,
        lastSuccessSecondsAgo: 2700,
        health: healthOfType(server, connection.id, status, language),
      })),
    });
  }),
  getProof: of((server, company, { params }) =>
    ok({
      dataType: params['dataType'],
      connectionId: company.connections[0]?.id ?? 'none',
      complete: server.controls.every(({ verdict }) => verdict !== 'differs'),
      lastSuccessfulSync: '2026-03-03T08:15:00.000Z',
      records: { count: 1200, digest: 'b5bb9d8014a0f9b1' },
      resources: [
        {
          resource: 'invoices',
          projected: true,
          certificate: {
            at: '2026-03-03T08:14:56.000Z',
            complete: true,
            pages: 12,
            rowsRead: 1198,
            sourceTotal: 1200,
            hiddenRows: 2,
            held: 1150,
            deleted: 48,
            digest: '7d865e959b2466918c9863afca942d0f',
            repaired: 1,
            warnings: ['2 rows are counted by FreshBooks and not shown.'],
          },
        },
        {
          resource: 'taxes',
          projected: true,
          trouble: { status: 'PermissionsError', message: 'The role may not read taxes.', at },
        },
      ],
      controls: server.controls,
      drift: [{ resource: 'invoices', field: 'vis_state=7', rows: 3 }],
    }),
  ),
};

function consentOf({ scopes }: FakeLedgerlink, lost: boolean) {
  return {
    state: lost ? 'lost' : 'live',
    ...(lost ? { lossReason: 'consent-withdrawn' } : {}),
    renewedSecondsAgo: 7200,
    accessEndsInSeconds: lost ? -60 : 36_000,
    keysVersion: 1,
    keysCurrent: false,
    sameApp: true,
    scopes,
    missingScopes: ['user:reports:read'],
    lineage: [
      { epoch: 1, hash: '3f1c9a', at: '2026-03-01T14:05:00.000Z' },
      { epoch: 2, hash: 'a04be2', at: '2026-03-03T07:00:00.000Z' },
    ],
  };
}
