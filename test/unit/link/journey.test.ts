import { describe, expect, it } from '@jest/globals';
import { makeReturnAddress } from '../../../src/app/link/return-address.ts';
import { unlink } from '../../../src/domain/connection-moves.ts';
import { readScopes } from '../../../src/domain/scopes.ts';
import { aCompany, aConnection } from '../../fakes/builders.ts';
import { aPerson, type JourneyScene, makeJourneyScene, theConnection } from './journey-scene.ts';

const several = [
  { businessId: '1', accountId: 'a1', name: 'North' },
  { businessId: '2', accountId: 'a2', name: 'South' },
  { businessId: '3', accountId: '', name: 'East', unfit: 'no-account' as const },
];
const secondCompany = { companyId: 'company-2', connectionId: 'connection-2' };

async function addSecondCompany(scene: JourneyScene) {
  await scene.companies.insert(aCompany({ id: 'company-2', name: 'Second', linkToken: 'company-link-2' }));
  await scene.connections.insert(
    aConnection({ id: 'connection-2', companyId: 'company-2', linkToken: 'link-2' }),
  );
}

/** Nothing of a failed attempt is left but the reason why. */
async function expectNothingHalfMade(scene: JourneyScene, identityId = '900') {
  const connection = await scene.connection();
  expect(connection.state).toBe('PendingAuth');
  expect(connection.grantId ?? connection.business).toBeUndefined();
  expect(connection.wanted).toEqual({});
  expect(await scene.grants.find(scene.grantIdOf(identityId))).toBeUndefined();
}

describe('a customer who opens the link', () => {
  it('is sent to FreshBooks with state, PKCE, the scopes and the exact redirect URI', async () => {
    const scene = await makeJourneyScene();

    const { status, location = '', headers } = await scene.browser().get('/link/link-1');

    const query = Object.fromEntries(new URL(location).searchParams);
    expect(status).toBe(303);
    expect(location).toMatch(/^https:\/\/auth\.freshbooks\.test\/oauth\/authorize\?/);
    expect(query).toMatchObject({
      response_type: 'code',
      client_id: 'app',
      redirect_uri: 'https://ledger.test/oauth/callback',
      scope: readScopes.join(' '),
      code_challenge_method: 'S256',
    });
    expect(query['code_challenge']).toMatch(/^[\w-]{43}$/);
    expect(headers).toMatchObject({ 'referrer-policy': 'no-referrer', 'cache-control': 'no-store' });
  });

  it('leaves with a cookie that only this host over TLS can have set and no script can read', async () => {
    const scene = await makeJourneyScene();
    const reply = await scene.handleWith()({
      method: 'GET',
      path: '/link/link-1',
      query: {},
      headers: {},
      cookies: {},
      body: '',
      requestId: 'r',
    });

    const [cookie = ''] = reply.cookies;
    expect(cookie).toMatch(/^__Host-ledgerlink=[\w-]{16,}; /);
    for (const attribute of ['Path=/', 'Secure', 'HttpOnly', 'SameSite=Lax'])
      expect(cookie).toContain(attribute);
    expect(cookie).not.toContain('Domain');
  });

  it('keeps neither state nor cookie nor verifier readable in the table', async () => {
    const scene = await makeJourneyScene();
    const stored: string[] = [];
    const attempts = {
      ...scene.attempts,
      insert: async (attempt: Parameters<typeof scene.attempts.insert>[0]) => {
        stored.push(JSON.stringify(attempt));
        await scene.attempts.insert(attempt);
      },
    };
    await scene.handleWith({ attempts })({
      method: 'GET',
      path: '/link/link-1',
      query: {},
      headers: {},
      cookies: {},
      body: '',
      requestId: 'r',
    });

    expect(stored).toHaveLength(1);
    expect(stored[0]).not.toMatch(/token-\d/);
  });

  it('ends on our page with the connection linked and its first sync on its way', async () => {
    const scene = await makeJourneyScene();

    const page = await scene.browser().authorise(scene);

    expect(page).toMatchObject({ status: 200 });
    expect(page.text).toContain('FreshBooks is connected');
    expect(page.text).toContain('Busy Agency');
    const connection = await scene.connection();
    expect(connection).toMatchObject({
      state: 'Linked',
      grantId: scene.grantIdOf('900'),
      scopes: readScopes,
      authorised: scene.clock(),
    });
    expect(connection.business).toMatchObject({ accountId: 'xQ8z', businessId: '4200', name: 'Busy Agency' });
    expect(connection.business).not.toHaveProperty('role');
    expect(Object.keys(connection.wanted)).toContain('invoices');
    expect(scene.takeWoken().map(({ wake }) => wake)).toContainEqual({ kind: 'sync', ref: theConnection });
    expect(scene.freshBooks.works(await scene.token('900'))).toBe(true);
  });

  it('may come by the link of the company, which opens its connection', async () => {
    const scene = await makeJourneyScene();
    await scene.companies.insert(aCompany({ id: 'company-3', linkToken: 'company-link-3' }));

    await scene.browser().authorise(scene, '900', '/link/company/company-link-3');

    const [connection, ...others] = await scene.connections.ofCompany('company-3');
    expect(connection?.state).toBe('Linked');
    expect(others).toEqual([]);
  });

  it.each([
    '/link/nothing',
    '/link/company/nothing',
    '/link/%E0%A4%A',
    '/link/company-link-1',
    '/link/a/b/c',
    '/elsewhere',
  ])('is told that %s does not work', async (path) => {
    const scene = await makeJourneyScene();

    const page = await scene.browser().get(path);

    expect(page.status).toBe(404);
    expect(page.text).toContain('This link does not work');
  });

  it('is told that the link does not work when the connection is being deleted', async () => {
    const scene = await makeJourneyScene();
    await scene.connections.change(theConnection, (one) => ({
      next: { ...one, erasing: scene.clock() },
      result: 0,
    }));

    expect((await scene.browser().get('/link/link-1')).status).toBe(404);
  });

  it('is told that FreshBooks is switched off', async () => {
    const scene = await makeJourneyScene();
    await scene.integration.change((one) => ({
      ...(one && { next: { ...one, enabled: false } }),
      result: 0,
    }));

    const page = await scene.browser().get('/link/link-1');

    expect(page.text).toContain('Connecting is switched off');
    expect(scene.freshBooks.authorizations).toEqual([]);
  });
});

describe('a link that was used before', () => {
  it('says so and offers to connect again', async () => {
    const scene = await makeJourneyScene();
    await scene.browser().authorise(scene);

    const page = await scene.browser().get('/link/link-1?ref=7');

    expect(page.status).toBe(200);
    expect(page.text).toContain('connected already');
    expect(page.text).toContain('/link/link-1?ref=7&amp;again=yes');
    expect(page.text).not.toContain('Busy Agency');
  });

  it('connects the same business again', async () => {
    const scene = await makeJourneyScene();
    await scene.browser().authorise(scene);
    scene.advance(60);

    const page = await scene.browser().authorise(scene, '900', '/link/link-1?again=yes');

    expect(page.text).toContain('FreshBooks is connected');
    expect((await scene.grants.find(scene.grantIdOf('900')))?.epoch).toBe(2);
    expect(scene.freshBooks.works(await scene.token('900'))).toBe(true);
  });

  it('connects an unlinked connection again', async () => {
    const scene = await makeJourneyScene();
    await scene.browser().authorise(scene);
    await scene.connections.change(theConnection, (one) => ({ next: unlink(one, scene.clock()), result: 0 }));

    await scene.browser().authorise(scene);

    expect((await scene.connection()).state).toBe('Linked');
  });

  it('refuses another business in words, and goes on with the first', async () => {
    const scene = await makeJourneyScene();
    await scene.browser().authorise(scene);
    scene.freshBooks.addPerson(aPerson('901', [{ businessId: '77', accountId: 'other', name: 'Other' }]));

    const page = await scene.browser().authorise(scene, '901', '/link/link-1?again=yes');

    expect(page.text).toContain('That is another business');
    expect(page.text).toContain('Busy Agency');
    expect(await scene.connection()).toMatchObject({
      state: 'Linked',
      grantId: scene.grantIdOf('900'),
      errors: [],
    });
    expect(await scene.grants.find(scene.grantIdOf('901'))).toBeUndefined();
    expect(scene.freshBooks.works(await scene.token('900'))).toBe(true);
  });

  it('takes the consent of a colleague with the same business, and gives the former one back', async () => {
    const scene = await makeJourneyScene();
    await scene.browser().authorise(scene);
    scene.freshBooks.addPerson(aPerson('901', [{}, ...several]));

    const page = await scene.browser().authorise(scene, '901', '/link/link-1?again=yes');

    expect(page.text).toContain('FreshBooks is connected');
    expect((await scene.connection()).grantId).toBe(scene.grantIdOf('901'));
    expect(await scene.grants.find(scene.grantIdOf('900'))).toBeUndefined();
  });
});

describe('one person with two companies', () => {
  it('links the second and leaves the first syncing with the new pair', async () => {
    const scene = await makeJourneyScene();
    await addSecondCompany(scene);
    scene.freshBooks.addPerson(aPerson('900', several.slice(0, 2)));
    const first = scene.browser();
    await first.authorise(scene);
    await first.request('POST', '/oauth/choose', { attempt: attemptOf(first), business: '1' });
    scene.advance(3600);

    const second = scene.browser();
    await second.authorise(scene, '900', '/link/link-2');
    const renewed = (await scene.connection()).authorised;
    const midway = await scene.token('900');
    await second.request('POST', '/oauth/choose', { attempt: attemptOf(second), business: '2' });
    scene.advance(7 * 3600);

    expect(scene.freshBooks.works(midway)).toBe(true);
    expect(renewed).toBe('2026-03-02T16:00:00.000Z');
    expect((await scene.connection()).business?.businessId).toBe('1');
    expect((await scene.connection(secondCompany)).business?.businessId).toBe('2');
    expect(scene.freshBooks.works(await scene.token('900'))).toBe(true);
    expect((await scene.grants.find(scene.grantIdOf('900')))?.status).toBe('live');
  });

  it('leaves the first one syncing even when the second walk is abandoned at the choice', async () => {
    const scene = await makeJourneyScene();
    await addSecondCompany(scene);
    await scene.browser().authorise(scene);
    scene.freshBooks.addPerson(aPerson('900', [{}, ...several]));
    await scene.browser().authorise(scene, '900', '/link/link-2');
    scene.advance(901);

    for (const { wake } of scene.takeWoken()) if (wake.kind === 'resume') await scene.resume(wake.attemptId);

    scene.advance(7 * 3600);
    expect(scene.freshBooks.works(await scene.token('900'))).toBe(true);
    expect((await scene.connection(secondCompany)).state).toBe('PendingAuth');
  });

  it('gives the first one its access back when the second consent is given after it was lost', async () => {
    const scene = await makeJourneyScene();
    await addSecondCompany(scene);
    await scene.browser().authorise(scene);
    await scene.connections.change(theConnection, (one) => ({
      next: { ...one, state: 'Deauthorized' },
      result: 0,
    }));
    scene.takeWoken();

    await scene.browser().authorise(scene, '900', '/link/link-2');

    expect((await scene.connection()).state).toBe('Linked');
    expect(scene.takeWoken().map(({ wake }) => wake)).toContainEqual({ kind: 'sync', ref: theConnection });
  });
});

function attemptOf(browser: { cookies: Record<string, string> }): string {
  return browser.cookies['__Host-ledgerlink']?.split('.')[1] ?? '';
}

describe('a person with several businesses', () => {
  async function atTheChoice() {
    const scene = await makeJourneyScene();
    scene.freshBooks.addPerson(aPerson('900', several));
    const browser = scene.browser();
    const page = await browser.authorise(scene);
    return { scene, browser, page, attempt: attemptOf(browser) };
  }

  it('chooses among those that fit and sees why the others do not', async () => {
    const { page } = await atTheChoice();

    expect(page.text).toContain('Which business do you want to connect?');
    expect(page.text.match(/type="radio"/g)).toHaveLength(2);
    expect(page.text).toContain('East');
    expect(page.text).toContain('it has no accounting in FreshBooks');
    expect(page.text).not.toContain('code=');
  });

  it('links the chosen one', async () => {
    const { scene, browser, attempt } = await atTheChoice();

    const page = await browser.follow(
      await browser.request('POST', '/oauth/choose', { attempt, business: '2' }),
    );

    expect(page.text).toContain('South');
    expect((await scene.connection()).business).toMatchObject({ businessId: '2', accountId: 'a2' });
  });

  it.each([
    ['nothing', {}],
    ['one that does not fit', { business: '3' }],
    ['one that was not offered', { business: '4' }],
  ])('is asked again after choosing %s', async (_, choice) => {
    const { scene, browser, attempt } = await atTheChoice();

    const page = await browser.request('POST', '/oauth/choose', { attempt, ...choice });

    expect(page.text).toContain('Choose one of the businesses first.');
    expect((await scene.connection()).state).toBe('PendingAuth');
  });

  it('has made one choice, however often and differently the form is sent', async () => {
    const { scene, browser, attempt } = await atTheChoice();

    const replies = await Promise.all(
      Array.from({ length: 10 }, (_, n) =>
        browser.request('POST', '/oauth/choose', { attempt, business: String(1 + (n % 2)) }),
      ),
    );

    expect(replies.map(({ status }) => status)).toEqual(Array(10).fill(303));
    const connection = await scene.connection();
    const page = await browser.get('/oauth/done');
    expect(connection).toMatchObject({ state: 'Linked', errors: [] });
    expect(page.text).toContain('FreshBooks is connected');
    expect(page.text).toContain(connection.business?.name);
  });

  it('cannot be chosen for by another browser, or from another site', async () => {
    const { scene, browser, attempt } = await atTheChoice();
    const stranger = scene.browser();
    await stranger.get('/link/link-1');
    const crossSite = scene.browser({ 'sec-fetch-site': 'cross-site' });
    Object.assign(crossSite.cookies, browser.cookies);

    const replies = [
      await stranger.request('POST', '/oauth/choose', { attempt, business: '1' }),
      await crossSite.request('POST', '/oauth/choose', { attempt, business: '1' }),
    ];

    expect(replies.map(({ status }) => status)).toEqual([410, 410]);
    expect((await scene.connection()).state).toBe('PendingAuth');
  });

  it('is not shown to a browser that only knows the name of the attempt', async () => {
    const { scene, attempt } = await atTheChoice();
    const stranger = scene.browser();
    await stranger.get('/link/link-1');
    stranger.cookies['__Host-ledgerlink'] += `.${attempt}`;

    const seen = await stranger.get('/oauth/choose');
    const sent = await stranger.request('POST', '/oauth/choose', { attempt, business: '1' });

    expect(seen.text).not.toContain('North');
    expect((await stranger.follow(sent)).status).toBe(410);
    expect((await scene.connection()).state).toBe('PendingAuth');
  });

  it('cannot choose two businesses for one connection in two tabs', async () => {
    const { scene, browser, attempt } = await atTheChoice();
    await browser.authorise(scene);
    const other = attemptOf(browser);
    await browser.request('POST', '/oauth/choose', { attempt, business: '1' });

    const page = await browser.follow(
      await browser.request('POST', '/oauth/choose', { attempt: other, business: '2' }),
    );

    expect(page.text).toContain('That is another business');
    expect(await scene.connection()).toMatchObject({ state: 'Linked', business: { businessId: '1' } });
    expect(scene.freshBooks.works(await scene.token('900'))).toBe(true);
  });

  it('has ten minutes, after which the consent is given back', async () => {
    const { scene, browser } = await atTheChoice();
    scene.advance(601);

    const page = await browser.follow(await browser.get('/oauth/choose'));

    expect(page.text).toContain('That took too long');
    await expectNothingHalfMade(scene);
  });

  it('who never comes back leaves nothing behind', async () => {
    const { scene } = await atTheChoice();
    scene.advance(901);

    for (const { wake } of scene.takeWoken()) if (wake.kind === 'resume') await scene.resume(wake.attemptId);

    await expectNothingHalfMade(scene);
    expect(scene.freshBooks.calls).toContain('revoke');
  });
});

describe('a person whose books cannot be linked', () => {
  it.each([
    ['no-business', [], 'FreshBooks Classic'],
    ['classic', [{ unfit: 'classic' as const }], 'FreshBooks Classic is not supported'],
    ['client-only', [{ unfit: 'client-only' as const }], 'You are a client of this business'],
    ['no-account', [{ accountId: '', unfit: 'no-account' as const }], 'no books in FreshBooks'],
    ['inactive', [{ unfit: 'inactive' as const }], 'not active'],
  ])('is told so: %s', async (outcome, businesses, words) => {
    const scene = await makeJourneyScene();
    scene.freshBooks.addPerson(aPerson('900', businesses));

    const page = await scene.browser().authorise(scene);

    expect(page.text).toContain(words);
    await expectNothingHalfMade(scene);
    expect((await scene.connection()).errors).toMatchObject([{ statusCode: '501' }]);
    expect(scene.totals.get(`link.${outcome}`)).toBe(1);
    expect(scene.freshBooks.calls).toContain('revoke');
  });

  it('is linked to the one business that fits, without a choice', async () => {
    const scene = await makeJourneyScene();
    scene.freshBooks.addPerson(
      aPerson('900', [{ unfit: 'classic' }, { businessId: '9', accountId: 'a9', name: 'New' }]),
    );

    await scene.browser().authorise(scene);

    expect((await scene.connection()).business?.businessId).toBe('9');
  });
});

describe('a callback', () => {
  it('that was refused at FreshBooks leaves the connection waiting, and says so', async () => {
    const scene = await makeJourneyScene();
    const browser = scene.browser();
    const { location = '' } = await browser.get('/link/link-1');
    const state = new URL(location).searchParams.get('state') ?? '';

    const page = await browser.follow(
      await browser.get(`/oauth/callback?error=access_denied&state=${state}`),
    );

    expect(page.text).toContain('You did not give access');
    expect(page.text).toContain('/link/link-1?again=yes');
    await expectNothingHalfMade(scene);
    expect((await scene.connection()).errors).toMatchObject([
      { statusCode: '403', statusText: 'User cancelled.' },
    ]);
  });

  it('leads away from the address with the code at once', async () => {
    const scene = await makeJourneyScene();

    const reply = await scene.browser().comeBack(scene);

    expect(reply).toMatchObject({ status: 303, location: '/oauth/done', text: '' });
    expect(reply.headers['referrer-policy']).toBe('no-referrer');
  });

  it('that comes ten times at once is exchanged once', async () => {
    const scene = await makeJourneyScene();
    const browser = scene.browser();
    const address = await browser.callback(scene);

    const replies = await Promise.all(Array.from({ length: 10 }, () => browser.get(address)));

    const page = await browser.get('/oauth/done');
    expect(replies.map(({ location }) => location)).toEqual(Array(10).fill('/oauth/done'));
    expect(scene.freshBooks.calls).toEqual(['exchange', 'whoIs']);
    expect(page.text).toContain('FreshBooks is connected');
  });

  it('that is replayed shows how it ended and exchanges nothing', async () => {
    const scene = await makeJourneyScene();
    const browser = scene.browser();
    const address = await browser.callback(scene);
    await browser.follow(await browser.get(address));

    const page = await browser.follow(await browser.get(address));

    expect(page.text).toContain('FreshBooks is connected');
    expect(scene.freshBooks.calls.filter((call) => call === 'exchange')).toHaveLength(1);
  });

  it('of another browser is refused, and the right one can still finish', async () => {
    const scene = await makeJourneyScene();
    const browser = scene.browser();
    const address = await browser.callback(scene);
    const victim = scene.browser();
    await victim.get('/link/link-1');

    const refused = [await scene.browser().get(address), await victim.get(address)];
    const finished = await browser.follow(await browser.get(address));

    expect(refused.map(({ status }) => status)).toEqual([403, 403]);
    expect(refused[0]?.text).toContain('another browser');
    expect(finished.text).toContain('FreshBooks is connected');
  });

  it.each([
    ['no state', '/oauth/callback?code=abc'],
    ['a state nobody made', '/oauth/callback?code=abc&state=invented'],
    ['two states', '/oauth/callback?code=abc&state=a&state=b'],
    ['nothing', '/oauth/callback'],
  ])('with %s is refused', async (_, address) => {
    const scene = await makeJourneyScene();

    const page = await scene.browser().get(address);

    expect(page.status).toBe(410);
    expect(scene.freshBooks.calls).toEqual([]);
  });

  it('of another authorisation server is refused', async () => {
    const scene = await makeJourneyScene();
    const browser = scene.browser();
    const address = await browser.callback(scene);

    const page = await browser.get(`${address}&iss=https%3A%2F%2Fevil.test`);

    expect(page.status).toBe(410);
    expect(scene.freshBooks.calls).toEqual([]);
  });

  it('that comes after ten minutes is refused', async () => {
    const scene = await makeJourneyScene();
    const browser = scene.browser();
    const address = await browser.callback(scene);
    scene.advance(600);

    const page = await browser.follow(await browser.get(address));

    expect(page.text).toContain('That took too long');
    expect(scene.freshBooks.calls).toEqual([]);
    await expectNothingHalfMade(scene);
  });

  it('that comes after FreshBooks was switched off exchanges nothing', async () => {
    const scene = await makeJourneyScene();
    const browser = scene.browser();
    const address = await browser.callback(scene);
    await scene.integration.change((one) => ({
      ...(one && { next: { ...one, enabled: false } }),
      result: 0,
    }));

    const page = await browser.follow(await browser.get(address));

    expect(page.text).toContain('Connecting is switched off');
    expect(scene.freshBooks.calls).toEqual([]);
  });

  it('whose code FreshBooks refuses ends without a grant', async () => {
    const scene = await makeJourneyScene();
    const browser = scene.browser();
    const address = (await browser.callback(scene)).replace(/code=[^&]+/, 'code=stolen');

    const page = await browser.follow(await browser.get(address));

    expect(page.text).toContain('did not confirm the access');
    await expectNothingHalfMade(scene);
  });

  it('while FreshBooks is down ends in words, and the link works afterwards', async () => {
    const scene = await makeJourneyScene();
    const browser = scene.browser();
    const address = await browser.callback(scene);
    scene.freshBooks.fail('exchange', 'lost-before');

    const page = await browser.follow(await browser.get(address));
    await expectNothingHalfMade(scene);
    const again = await browser.authorise(scene);

    expect(page).toMatchObject({ status: 503 });
    expect(page.text).toContain('FreshBooks is not answering');
    expect(again.text).toContain('FreshBooks is connected');
  });

  it('whose app keys are refused tells the customer whom to ask', async () => {
    const scene = await makeJourneyScene();
    scene.freshBooks.dropSecret({ clientId: 'app', clientSecret: 'canary-secret' });

    const page = await scene.browser().authorise(scene);

    expect(page.text).toContain('refused the keys of their application');
    await expectNothingHalfMade(scene);
  });

  it('waits with the customer when FreshBooks cannot say who it is, and goes on by itself', async () => {
    const scene = await makeJourneyScene();
    const browser = scene.browser();
    const address = await browser.callback(scene);
    scene.freshBooks.fail('whoIs', 'lost-before', 'lost-before');

    const first = await browser.follow(await browser.get(address));
    scene.advance(20);
    const second = await browser.get('/oauth/done');
    const third = await browser.get('/oauth/done');

    expect(first.text).toContain('One moment, please');
    expect(first.headers['refresh']).toBe('2');
    expect(second.text).toContain('FreshBooks is slow to answer');
    expect(third.text).toContain('FreshBooks is connected');
    expect(scene.freshBooks.calls.filter((call) => call === 'exchange')).toHaveLength(1);
  });

  it('for a connection deleted meanwhile says so and gives the consent back', async () => {
    const scene = await makeJourneyScene();
    const browser = scene.browser();
    const address = await browser.callback(scene);
    await scene.connections.remove(theConnection);

    const page = await browser.follow(await browser.get(address));

    expect(page.text).toContain('no longer exists');
    expect(await scene.grants.find(scene.grantIdOf('900'))).toBeUndefined();
    expect(scene.freshBooks.calls).toContain('revoke');
  });
});

describe('the way out', () => {
  const redirectUrl =
    'https://app.example/done?c={companyId}&k={connectionId}&p={platform}&s={statusCode}&n={data.company.companyName}&r={ref}&x={other}';

  it('is the return address, filled with what happened', async () => {
    const scene = await makeJourneyScene();
    await scene.linkSettings.save({ redirectUrl });

    const { status, location } = await scene
      .browser()
      .authorise(scene, '900', '/link/link-1?ref=a%26b&lang=en');

    expect(status).toBe(303);
    expect(location).toBe(
      'https://app.example/done?c=company-1&k=connection-1&p=vxvy&s=200&n=Busy%20Agency&r=a%26b&x=',
    );
  });

  it('stands on the page of a failure too, with its status', async () => {
    const scene = await makeJourneyScene();
    await scene.linkSettings.save({ redirectUrl });
    scene.freshBooks.addPerson(aPerson('900', []));

    const page = await scene.browser().authorise(scene);

    expect(page.status).toBe(422);
    expect(page.text).toContain('s=501');
  });

  it.each([
    ['linked', '200||'],
    ['left', '201||'],
    ['cancelled', '403|User cancelled.|User cancelled.'],
    ['classic', '501|Not supported.|Not supported. This is a FreshBooks Classic account.'],
    ['freshbooks-down', '500|Unknown error occurred.|FreshBooks did not answer.'],
  ] as const)(
    'of one that is %s carries what clients compare with, and what happened',
    async (how, filled) => {
      const scene = await makeJourneyScene();
      await scene.linkSettings.save({
        redirectUrl: 'https://app.example/{statusCode}|{errorMessage}|{statusText}',
      });

      const leave = await makeReturnAddress(scene)({ ref: theConnection, how, parameters: {} });

      expect(decodeURIComponent(leave ?? '')).toBe(`https://app.example/${filled}`);
    },
  );

  it('is offered as 201 to those who leave without doing anything', async () => {
    const scene = await makeJourneyScene();
    await scene.linkSettings.save({ redirectUrl });
    await scene.browser().authorise(scene);

    expect((await scene.browser().get('/link/link-1')).text).toContain('s=201');
  });

  it('comes from the settings alone', async () => {
    const scene = await makeJourneyScene();

    const page = await scene
      .browser()
      .authorise(scene, '900', '/link/link-1?redirectUrl=https%3A%2F%2Fevil.test');

    expect(page.status).toBe(200);
    expect(page.text).not.toContain('evil.test');
  });

  it('never climbs in the path by a parameter of the link', async () => {
    const scene = await makeJourneyScene();
    await scene.linkSettings.save({ redirectUrl: 'https://app.example/a/{ref}/b' });

    const { location } = await scene.browser().authorise(scene, '900', '/link/link-1?ref=..');

    expect(location).toBe('https://app.example/a//b');
  });
});

describe('what is logged of a journey', () => {
  it('holds no code, state, token or secret', async () => {
    const scene = await makeJourneyScene();
    await scene.browser().authorise(scene);
    scene.freshBooks.fail('exchange', 'lost-after');
    await scene.browser().authorise(scene, '900', '/link/link-1?again=yes');

    const log = JSON.stringify(scene.lines);
    expect(scene.lines.length).toBeGreaterThan(4);
    expect(log).not.toMatch(/canary|token-\d|Busy|oauth\/callback/);
  });
});
