import { describe, expect, it } from '@jest/globals';
import type { Connection, RunRecord } from '../../../src/domain/connection.ts';
import { plusSeconds } from '../../../src/domain/instant.ts';
import { aCompany, aLinkedConnection, start } from '../../fakes/builders.ts';
import { ref, syncWorld } from '../sync/sync-world.ts';
import { ask, makeWorld } from './api-world.ts';

const run = (n: number, outcome: RunRecord['outcomes'][string]): RunRecord => ({
  id: `run-${n}`,
  requested: plusSeconds(start, n),
  completed: plusSeconds(start, n + 7),
  outcomes: { invoices: outcome },
});
const issues = [{ itemId: '7', message: 'It has no date.' }];
const unmapped = {
  status: 'Complete' as const,
  message: 'Could not be mapped and keep what was held before: 7.',
};

async function withRuns(runs: RunRecord[], history: Connection['history'] = []) {
  const world = await makeWorld();
  await world.companies.insert(aCompany());
  await world.connections.insert(aLinkedConnection({ runs, history }));
  return world;
}

describe('what a dataset found wrong', () => {
  it('is the records that could not be mapped, as warnings', async () => {
    const world = await withRuns([run(1, { operationId: 'op-1', ...unmapped, issues })]);

    const { body } = await ask(world, 'GET /companies/company-1/sync/op-1/validation');

    const warning = {
      ruleId: 'unmapped',
      itemId: '7',
      message: 'It has no date.',
      validatorName: 'ledgerlink',
    };
    expect(body).toEqual({ errors: [], warnings: [warning] });
  });

  it('is what the one before found, when nothing was mapped anew', async () => {
    const world = await withRuns([
      run(1, { operationId: 'op-1', ...unmapped, issues }),
      run(2, { operationId: 'op-2', ...unmapped }),
      run(3, { operationId: 'op-3', status: 'Complete' }),
    ]);
    const warningsOf = async (id: string) =>
      (await ask(world, `GET /companies/company-1/sync/${id}/validation`)).body;

    expect(await warningsOf('op-2')).toMatchObject({ warnings: [{ itemId: '7' }] });
    expect(await warningsOf('op-3')).toEqual({ errors: [], warnings: [] });
  });

  it('is why it failed, as an error', async () => {
    const world = await withRuns([
      run(1, { operationId: 'op-1', status: 'PermissionsError', message: 'No scope for invoices.' }),
    ]);

    const { body } = await ask(world, 'GET /companies/company-1/sync/op-1/validation');

    expect(body).toMatchObject({
      errors: [{ ruleId: 'PermissionsError', message: 'No scope for invoices.' }],
    });
  });

  it('is 404 for a dataset that is not the company’s', async () => {
    const world = await withRuns([]);

    expect((await ask(world, 'GET /companies/company-1/sync/op-1/validation')).status).toBe(404);
  });
});

describe('the history of datasets', () => {
  it('says how long each took, what it changed and what was held', async () => {
    const world = await withRuns([
      run(1, { operationId: 'op-1', status: 'Complete', changed: 3, count: 40 }),
    ]);

    const { body } = await ask(world, 'GET /companies/company-1/data/history/op-1');

    expect(body).toMatchObject({ durationSeconds: 7, recordsModified: 3, recordsHeld: 40 });
  });

  it('is told by the runs themselves', async () => {
    const world = await syncWorld({ companyId: ref.companyId });
    for (const id of ['1', '2', '3']) world.vendor.edit('clients', id, `client ${id}`);
    world.vendor.unmappable.add('2');

    await world.sync();

    const [outcome] = (await world.connection()).runs.map(({ outcomes }) => outcomes['customers']);
    expect(outcome).toMatchObject({ changed: 2, count: 2, issues: [{ itemId: '2', message: 'test' }] });
  });
});
