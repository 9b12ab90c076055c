import { describe, expect, it } from '@jest/globals';
import en from '../../../messages/en/refusals.json' with { type: 'json' };
import fr from '../../../messages/fr-CA/refusals.json' with { type: 'json' };
import { refusalAdvice } from '../../../src/app/setup/refused-consents.ts';
import { plusSeconds } from '../../../src/domain/instant.ts';
import { aCompany, aLinkedConnection, start } from '../../fakes/builders.ts';
import { keys, makeSetup } from './setup-world.ts';

/** An installation whose app's consents were refused in numbers; a connection of one of them has seen it. */
async function stormy(renewed?: string) {
  const setup = makeSetup();
  await setup.call('PUT', 'integration/keys', keys);
  await setup.companies.insert(aCompany());
  const access = {
    born: start,
    epoch: 1,
    appVersion: 1,
    renewed: start,
    ends: plusSeconds(start, 43_200),
    scopes: [],
    lineage: [],
    held: start,
  };
  await setup.connections.insert(aLinkedConnection({ access }));
  const storm = { since: start, latest: start, count: 40, ...(renewed === undefined ? {} : { renewed }) };
  await setup.refusals.change(keys.clientId, () => ({ next: { lost: [], storm }, result: undefined }));
  return setup;
}

describe('consents that are held', () => {
  it('are none while nothing happened', async () => {
    const { call } = makeSetup();

    const { body } = await call('GET', 'integration/refusals');

    expect(body).toMatchObject({ advice: { code: 'none' }, held: [] });
    expect(body.storm).toBeUndefined();
  });

  it('are told with how many they are and whose, and what to look at', async () => {
    const { call } = await stormy();

    expect((await call('GET', 'integration/refusals')).body).toEqual({
      storm: { since: start, latest: start, count: 40 },
      advice: { code: 'check-app', sentence: expect.stringContaining('Nothing is lost') },
      held: [
        { companyId: 'company-1', companyName: 'Busy Agency', connectionId: 'connection-1', since: start },
      ],
    });
  });

  it('are to be waited for once FreshBooks renews others again', async () => {
    const setup = await stormy(plusSeconds(start, 60));

    const during = (await setup.call('GET', 'integration/refusals')).body;
    setup.advance(3600);
    const after = (await setup.call('GET', 'integration/refusals')).body;

    expect(during).toMatchObject({ advice: { code: 'wait' }, storm: { count: 40 } });
    expect(after.storm).toBeUndefined();
    expect(after.advice.code).toBe('wait');
  });

  it('are believed to be lost when somebody says so, which is logged', async () => {
    const setup = await stormy();

    const { status, body } = await setup.call('PUT', 'integration/refusals', { believed: true });

    expect(status).toBe(200);
    expect(body.storm).toBeUndefined();
    expect(setup.lines.map(({ event }) => event)).toContain('setup.refusals-believed');
  });

  it('cannot be spoken of before keys are saved', async () => {
    expect((await makeSetup().call('PUT', 'integration/refusals', { believed: true })).status).toBe(409);
  });

  it.each([
    ['English', en],
    ['French', fr],
  ])('have a sentence for every advice in %s, and for nothing else', (_name, words) => {
    expect(Object.keys(words).sort()).toEqual(refusalAdvice.map((code) => `advice.${code}`).sort());
  });
});
