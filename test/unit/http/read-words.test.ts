import { describe, expect, it } from '@jest/globals';
import { problemIn } from '../../../src/freshbooks/classify.ts';
import { isTranslated } from '../../../src/http/in-language.ts';
import { ask, makeLinkedWorld, textAt } from './api-world.ts';

const company = '/companies/company-1';
const ref = { companyId: 'company-1', connectionId: 'connection-1' };
const inFrench = { headers: { 'accept-language': 'fr-CA' } };
const message = 'FreshBooks has nothing that this is made of.';
const french = 'FreshBooks n’a rien dont ceci serait fait.';

/** A world whose payments could not be read, for a reason that is told. */
async function withFailure() {
  const world = await makeLinkedWorld({
    payments: { status: 'NotSupported', message, latestOperation: 'failed' },
  });
  const run = {
    id: 'run-1',
    requested: '2026-03-01T00:00:00.000Z',
    completed: '2026-03-01T00:01:00.000Z',
    outcomes: { payments: { operationId: 'failed', status: 'NotSupported' as const, message } },
  };
  await world.connections.change(ref, (connection) => ({ next: { ...connection, runs: [run] }, result: 0 }));
  return world;
}

describe('what people are told of a read', () => {
  it.each([
    ['the history', `GET ${company}/data/history`, ['results', '0', 'errorMessage']],
    ['one pull', `GET ${company}/data/history/failed`, ['errorMessage']],
    ['what it found wrong', `GET ${company}/sync/failed/validation`, ['errors', '0', 'message']],
    ['the status of the data', `GET ${company}/dataStatus`, ['payments', 'message']],
    ['the doctor', `GET ${company}/connections/connection-1/doctor`, ['dataTypes', '3', 'message']],
  ])('is French for who asks in French: %s', async (_where, operation, path) => {
    const world = await withFailure();

    expect(textAt(await ask(world, operation, inFrench), ...path)).toBe(french);
    expect(textAt(await ask(world, operation), ...path)).toBe(message);
  });

  it('says in French what a refresh waits for', async () => {
    const asked = await ask(await makeLinkedWorld(), `POST ${company}/data/queue/invoices`, inFrench);

    expect(textAt(asked, 'statusDescription')).toBe('En attente de traitement.');
  });

  it.each([400, 401, 403, 404, 429, 500, 503])(
    'has French words for every way in which FreshBooks refuses: HTTP %i',
    (status) => {
      const problem = problemIn('invoices', { status, headers: {}, body: {} }, () => 0);

      expect(problem?.sentence).toMatch(/^invoices: /);
      expect(isTranslated(problem?.sentence ?? '')).toBe(true);
    },
  );
});
