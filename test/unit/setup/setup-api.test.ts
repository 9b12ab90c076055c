import { describe, expect, it } from '@jest/globals';
import { readScopes, writeScopes } from '../../../src/domain/scopes.ts';
import { setupOperations } from '../../../src/http/setup/setup-operations.ts';
import { start } from '../../fakes/builders.ts';
import { keys, makeSetup, redirectUri, withLinked } from './setup-world.ts';

describe('an installation that was never set up', () => {
  it('offers the twenty read scopes and their write scopes, and names its redirect URI', async () => {
    const { call } = makeSetup();

    const { status, body } = await call('GET', 'integration');

    expect(status).toBe(200);
    expect(body).toMatchObject({ configured: false, secretSaved: false, enabled: false, redirectUri });
    expect(body.offered.read).toHaveLength(20);
    expect(body.offered.write).toHaveLength(18);
    expect(body.offered.write).not.toContain('user:reports:write');
    expect(body.scopes).toEqual(body.offered.read);
  });

  it.each([
    ['enabled', { enabled: true }],
    ['scopes', { scopes: [...readScopes] }],
  ])('refuses PUT %s until keys are saved', async (path, body) => {
    const { call } = makeSetup();

    const reply = await call('PUT', `integration/${path}`, body);

    expect(reply.status).toBe(409);
    expect(reply.body.error).toContain('Save the keys');
  });
});

describe('the keys of the app', () => {
  it('are saved as a version and the secret is never shown again', async () => {
    const setup = makeSetup();

    const saved = await setup.call('PUT', 'integration/keys', keys);
    const shown = await setup.call('GET', 'integration');

    expect(saved.status).toBe(200);
    expect(saved.body).toMatchObject({
      configured: true,
      secretSaved: true,
      clientId: 'client-1',
      appVersion: 1,
    });
    expect(saved.body).toMatchObject({ enabled: false, keysSaved: start });
    expect(setup.secrets).toEqual([keys]);
    expect(saved.text + shown.text + JSON.stringify(setup.lines)).not.toContain('canary');
  });

  it('make a new version when they are replaced, and the old one is kept for consents given under it', async () => {
    const setup = makeSetup();
    await setup.call('PUT', 'integration/keys', keys);
    await setup.call('PUT', 'integration/enabled', { enabled: true });

    const { body } = await setup.call('PUT', 'integration/keys', { ...keys, clientSecret: 'canary-2' });

    expect(body).toMatchObject({ appVersion: 2, enabled: true });
    expect((await setup.integration.find())?.secretVersions).toEqual({ 1: 'v1', 2: 'v2' });
  });

  it.each([
    ['a space at the end', { ...keys, clientSecret: 'secret ' }, 'Client secret holds white space'],
    ['a line break inside', { ...keys, clientSecret: 'sec\nret' }, 'Client secret holds white space'],
    ['a no-break space', { ...keys, clientId: 'cli\u00a0ent' }, 'Client ID holds white space'],
    ['nothing', { ...keys, clientId: '' }, 'Client ID is empty'],
    ['an invisible character', { ...keys, clientId: 'client\u200b' }, 'Client ID holds characters'],
  ])('are refused with %s, in words, and nothing is saved', async (_, wrong, words) => {
    const setup = makeSetup();

    const { status, body, text } = await setup.call('PUT', 'integration/keys', wrong);

    expect(status).toBe(400);
    expect(body.error).toContain(words);
    expect(text).not.toContain('sec\\nret');
    expect(setup.secrets).toEqual([]);
    expect(await setup.integration.find()).toBeUndefined();
  });

  it('saved by two people at once leave one of them told so', async () => {
    const setup = makeSetup();

    const replies = await Promise.all([
      setup.call('PUT', 'integration/keys', keys),
      setup.call('PUT', 'integration/keys', { ...keys, clientId: 'client-2' }),
    ]);

    expect(replies.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect((await setup.integration.find())?.appVersion).toBe(1);
  });

  it('take the chosen scopes along', async () => {
    const { call } = makeSetup();

    const { body } = await call('PUT', 'integration/keys', {
      ...keys,
      scopes: ['user:invoices:write', 'user:profile:read', 'user:invoices:write'],
    });

    expect(body.scopes).toEqual(['user:profile:read', 'user:invoices:write']);
  });
});

describe('the scopes', () => {
  it.each([
    [['user:profile:read', 'user:horoscope:read'], 'user:horoscope:read'],
    [['user:profile:read', 'user:profile:write'], 'user:profile:write'],
    [['user:invoices:read'], 'user:profile:read'],
  ])('%j are refused', async (scopes, words) => {
    const { call } = makeSetup();
    await call('PUT', 'integration/keys', keys);

    const { status, body } = await call('PUT', 'integration/scopes', { scopes });

    expect(status).toBe(400);
    expect(body.error).toContain(words);
  });

  it('change without asking while nobody is linked', async () => {
    const { call } = makeSetup();
    await call('PUT', 'integration/keys', keys);

    const { status, body } = await call('PUT', 'integration/scopes', {
      scopes: [...readScopes, ...writeScopes],
    });

    expect(status).toBe(200);
    expect(body.scopes).toHaveLength(38);
    expect(body.affectedConnections).toBe(0);
  });

  it('say who has to authorise again before they are saved, and after', async () => {
    const setup = makeSetup();
    await setup.call('PUT', 'integration/keys', keys);
    await withLinked(setup);
    const scopes = [...readScopes, 'user:invoices:write'];

    const asked = await setup.call('PUT', 'integration/scopes', { scopes });
    const before = await setup.call('GET', 'integration');
    const confirmed = await setup.call('PUT', 'integration/scopes', { scopes, confirm: true });

    expect(asked.status).toBe(409);
    expect(asked.body.error).toContain('1 linked connection has to authorise again');
    expect(before.body).toMatchObject({ linkedConnections: 1, affectedConnections: 0 });
    expect(confirmed.body).toMatchObject({ affectedConnections: 1 });
    expect(confirmed.body.awaiting).toEqual([
      { companyId: 'company-1', companyName: 'Busy Agency', connectionId: 'connection-1' },
    ]);
  });

  it('are not changed in silence by saving keys either', async () => {
    const setup = makeSetup();
    await setup.call('PUT', 'integration/keys', keys);
    await withLinked(setup);

    const { status } = await setup.call('PUT', 'integration/keys', {
      ...keys,
      scopes: ['user:profile:read'],
    });

    expect(status).toBe(409);
    expect(setup.secrets).toHaveLength(1);
  });

  it('go back without asking to what the linked ones were authorised with', async () => {
    const setup = makeSetup();
    await setup.call('PUT', 'integration/keys', { ...keys, scopes: ['user:profile:read'] });
    await withLinked(setup);

    const { status, body } = await setup.call('PUT', 'integration/scopes', { scopes: [...readScopes] });

    expect(status).toBe(200);
    expect(body.affectedConnections).toBe(0);
  });
});

describe('the return address', () => {
  it.each([
    'https://app.example/linked?company={companyId}&code={statusCode}&ref={myRef}',
    'http://127.0.0.1:3000/linked',
    'http://localhost/{data.company.companyName}',
  ])('%s is kept', async (redirectUrl) => {
    const { call } = makeSetup();

    const { status } = await call('PUT', 'link-settings', { redirectUrl });

    expect(status).toBe(200);
    expect((await call('GET', 'link-settings')).body).toMatchObject({ redirectUrl });
  });

  it.each([
    'http://app.example/linked',
    'javascript:alert(1)',
    'https://{host}/linked',
    'https://app.{tenant}.example/linked',
    'https://app.example:{port}/',
    '{scheme}://app.example',
    'https://app.example/{unclosed',
    'https://app.example/}',
    'https://app.example/{two words}',
    'https://user:pass@app.example/',
    'https:app.example/x',
    '//app.example/x',
    '/linked',
    'https://app.example/a b',
    `https://app.example/${'x'.repeat(2000)}`,
  ])('%s is refused in words', async (redirectUrl) => {
    const { call } = makeSetup();

    const { status, body } = await call('PUT', 'link-settings', { redirectUrl });

    expect(status).toBe(400);
    expect(body.error).toContain('The return address cannot be used.');
    expect((await call('GET', 'link-settings')).body.redirectUrl).toBeUndefined();
  });

  it('goes back to our own page when it is emptied', async () => {
    const { call } = makeSetup();
    await call('PUT', 'link-settings', { redirectUrl: 'https://app.example/' });

    const { body } = await call('PUT', 'link-settings', { redirectUrl: '' });

    expect(body.redirectUrl).toBeUndefined();
  });
});

describe('links that work once', () => {
  it('are not used until somebody chooses them, for a day unless said otherwise', async () => {
    const { call } = makeSetup();

    expect((await call('GET', 'link-settings')).body.oneTimeLinks).toEqual({
      enabled: false,
      lifetimeHours: 24,
    });
    const { body } = await call('PUT', 'link-settings', { oneTimeLinks: { enabled: true } });
    expect(body.oneTimeLinks).toEqual({ enabled: true, lifetimeHours: 24 });
  });

  it('stay when another setting is saved alone', async () => {
    const { call } = makeSetup();
    const oneTimeLinks = { enabled: true, lifetimeHours: 2 };
    await call('PUT', 'link-settings', { oneTimeLinks });

    const { body } = await call('PUT', 'link-settings', { redirectUrl: 'https://app.example/' });

    expect(body.oneTimeLinks).toEqual(oneTimeLinks);
  });

  it.each([0, 721, 1.5, '24', null])('do not live for %p hours', async (lifetimeHours) => {
    const { call } = makeSetup();

    const { status } = await call('PUT', 'link-settings', { oneTimeLinks: { enabled: true, lifetimeHours } });

    expect(status).toBe(400);
  });
});

describe('how long the past can be read', () => {
  it('is 400 days until somebody chooses, so many days or for ever', async () => {
    const { call } = makeSetup();

    expect((await call('GET', 'retention')).body).toEqual({ days: 400 });
    expect(await call('PUT', 'retention', { days: 30 })).toMatchObject({ status: 200, body: { days: 30 } });
    expect(await call('PUT', 'retention', { days: null })).toMatchObject({ body: { days: null } });
    expect((await call('GET', 'retention')).body).toEqual({ days: null });
  });

  it.each([0, -1, 1.5, 40_000, '30', undefined])('is not %p days', async (days) => {
    const { call } = makeSetup();

    expect((await call('PUT', 'retention', { days })).status).toBe(400);
    expect((await call('GET', 'retention')).body).toEqual({ days: 400 });
  });
});

describe('the set-up API', () => {
  it.each(setupOperations.map(({ method, path }) => [method, path] as const))(
    'keeps %s %s to administrators',
    async (method, path) => {
      const { call } = makeSetup();

      const { status } = await call(
        method,
        path.replace('/setup/', ''),
        method === 'PUT' ? {} : undefined,
        'reader',
      );

      expect(status).toBe(403);
    },
  );

  it('answers in the shape it documents', async () => {
    const setup = makeSetup();
    await withLinked(setup);
    const replies = [
      await setup.call('GET', 'integration'),
      await setup.call('PUT', 'integration/keys', keys),
      await setup.call('PUT', 'integration/enabled', { enabled: true }),
      await setup.call('GET', 'link-settings'),
    ];

    for (const [index, path] of [
      'GET integration',
      'PUT integration/keys',
      'PUT integration/enabled',
      'GET link-settings',
    ].entries()) {
      const operation = setupOperations.find(
        (one) => `${one.method} ${one.path.replace('/setup/', '')}` === path,
      );
      expect(operation?.reply?.safeParse(replies[index]?.body).error).toBeUndefined();
    }
  });

  it('refuses properties it does not know', async () => {
    const { call } = makeSetup();

    expect((await call('PUT', 'integration/keys', { ...keys, enabled: true })).status).toBe(400);
  });
});
