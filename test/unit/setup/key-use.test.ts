import { describe, expect, it } from '@jest/globals';
import en from '../../../messages/en/key-use.json' with { type: 'json' };
import fr from '../../../messages/fr-CA/key-use.json' with { type: 'json' };
import { grantIdOf } from '../../../src/app/grants/grant-id.ts';
import { keyAdvice } from '../../../src/app/setup/show-key-use.ts';
import type { Connection } from '../../../src/domain/connection.ts';
import type { GrantFacts } from '../../../src/domain/grant-facts.ts';
import { plusSeconds } from '../../../src/domain/instant.ts';
import { aBusiness, aCompany, aLinkedConnection, start } from '../../fakes/builders.ts';
import { keys, makeSetup, type Setup } from './setup-world.ts';

const access = (appVersion: number, with_: Partial<GrantFacts> = {}): GrantFacts => ({
  born: start,
  epoch: 1,
  appVersion,
  renewed: start,
  ends: plusSeconds(start, 43_200),
  scopes: [],
  lineage: [],
  ...with_,
});

/** A company whose customer agreed to an app, by default the present one. */
async function holds(setup: Setup, id: string, with_: Partial<Connection>, clientId = keys.clientId) {
  const companyId = `company-${id}`;
  await setup.companies.insert(aCompany({ id: companyId, name: `Company ${id}` }));
  const person = { business: aBusiness({ identityId: '900' }), grantId: grantIdOf(clientId, '900') };
  await setup.connections.insert(
    aLinkedConnection({ id: `connection-${id}`, companyId, ...person, ...with_ }),
  );
}

/** Keys that were saved twice, the second time longer ago than anybody takes to link. */
async function rotated(secondKeys: Partial<typeof keys> = { clientSecret: 'canary-newer' }): Promise<Setup> {
  const setup = makeSetup();
  await setup.call('PUT', 'integration/keys', keys);
  await setup.call('PUT', 'integration/keys', { ...keys, ...secondKeys });
  setup.advance(600);
  return setup;
}

const shown = async (setup: Setup) => (await setup.call('GET', 'integration/keys')).body;

describe('who still hangs on older keys of the app', () => {
  it('is nobody before any were saved, and before they were replaced', async () => {
    const setup = makeSetup();

    const before = await shown(setup);
    await setup.call('PUT', 'integration/keys', keys);
    await holds(setup, '1', { access: access(1) });

    expect(before).toMatchObject({ advice: { code: 'save-keys' }, versions: [], onOlderKeys: [] });
    expect(await shown(setup)).toMatchObject({
      current: 1,
      advice: { code: 'no-older-keys' },
      versions: [{ version: 1, consents: 1, connections: 1 }],
      onOlderKeys: [],
    });
  });

  it('is told by connection, with when its next renewal moves it', async () => {
    const setup = await rotated();
    await holds(setup, '1', { access: access(1) });

    expect(await shown(setup)).toMatchObject({
      current: 2,
      advice: { code: 'wait', sentence: expect.stringContaining('by themselves') },
      versions: [
        { version: 2, consents: 0, connections: 0 },
        { version: 1, consents: 1, connections: 1 },
      ],
      onOlderKeys: [
        {
          companyId: 'company-1',
          companyName: 'Company 1',
          connectionId: 'connection-1',
          version: 1,
          sameApp: true,
          movesAfter: plusSeconds(start, 21_600),
        },
      ],
    });
  });

  it('counts a consent once however many connections stand on it, as the latest of them saw it', async () => {
    const setup = await rotated();
    await holds(setup, '1', { access: access(1) });
    await holds(setup, '2', { access: access(2, { epoch: 2 }) });

    expect(await shown(setup)).toMatchObject({
      advice: { code: 'remove-old-secret' },
      versions: [{ version: 2, consents: 1, connections: 2 }],
      onOlderKeys: [],
    });
  });

  it('are those who agreed to another app, until they authorise again', async () => {
    const setup = await rotated({ clientId: 'client-2' });
    await holds(setup, '1', { access: access(1) });

    const body = await shown(setup);

    expect(body.advice.code).toBe('authorise-again');
    expect(body.onOlderKeys).toMatchObject([{ version: 1, sameApp: false }]);
    expect(body.onOlderKeys[0].movesAfter).toBeUndefined();
  });

  it.each<[string, Partial<Connection>, string]>([
    [
      'whose consent is lost',
      { access: access(1, { loss: { at: start, reason: 'refused' } }) },
      'remove-old-secret',
    ],
    ['that waits for its customer', { state: 'Deauthorized', access: access(1) }, 'remove-old-secret'],
    ['that was unlinked and has yet to be given back', { state: 'Unlinked', access: access(1) }, 'wait'],
  ])('for a connection %s: %j', async (_what, with_, advice) => {
    const setup = await rotated();
    await holds(setup, '1', with_);

    expect((await shown(setup)).advice.code).toBe(advice);
  });

  it('may be somebody who began to link with them, for ten minutes', async () => {
    const setup = makeSetup();
    await setup.call('PUT', 'integration/keys', keys);
    await setup.call('PUT', 'integration/keys', { ...keys, clientSecret: 'canary-newer' });

    const atOnce = await shown(setup);
    setup.advance(600);

    expect(atOnce.advice.code).toBe('wait');
    expect((await shown(setup)).advice.code).toBe('remove-old-secret');
  });

  it('is told in French, and without the secret', async () => {
    const setup = await rotated();
    const headers = { 'accept-language': 'fr-CA' };
    const request = { method: 'GET', path: '/setup/integration/keys', query: {}, cookies: {}, body: '' };

    const reply = await setup.handle({ ...request, headers, requestId: 'r-1' });

    expect(String(reply.body)).toContain('l’ancien secret peut être supprimé');
    expect(String(reply.body)).not.toContain('canary');
  });

  it.each([
    ['English', en],
    ['French', fr],
  ])('has a sentence for every advice in %s, and for nothing else', (_name, words) => {
    expect(Object.keys(words).sort()).toEqual(keyAdvice.map((code) => `advice.${code}`).sort());
  });
});
