import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type RunningSimulator, startSimulator } from '../../simulator/start-simulator.ts';
import { makeAppKeys } from '../../src/app/grants/app-keys.ts';
import { makeGrantToken } from '../../src/app/grants/grant-token.ts';
import { makeReleaseGrant } from '../../src/app/grants/release-grant.ts';
import { makeReviveConnections } from '../../src/app/grants/revive-connections.ts';
import { makeConsent } from '../../src/freshbooks/source.ts';
import { makeTransport } from '../../src/freshbooks/transport.ts';
import { memorySealAhead } from '../fakes/sealer.ts';
import { memoryRefusals } from '../fakes/settings.ts';
import { type Browser, type JourneyScene, makeJourneyScene, type Seen } from '../unit/link/journey-scene.ts';

const hour = 3600;
let simulator: RunningSimulator;
let scene: JourneyScene;

beforeEach(async () => {
  let now = () => Date.now();
  simulator = await startSimulator({
    redirectUris: ['https://ledger.test/oauth/callback'],
    now: () => now(),
  });
  scene = await makeJourneyScene(({ clock }) => {
    now = () => Date.parse(clock());
    const tools = { sleep: async () => undefined, random: () => 0.5, now };
    const { url } = simulator;
    return {
      openAppKeys: async () => simulator.apps.integration,
      oauth: makeConsent({ apiUrl: url, authUrl: url, transport: makeTransport(), tools }),
    };
  });
});
afterEach(() => simulator.close());

async function control(path: string, body: unknown): Promise<void> {
  const reply = await fetch(`${simulator.url}/_simulator/${path}`, {
    method: 'POST',
    body: JSON.stringify(body),
  });
  if (!reply.ok) throw new Error(`${path}: ${await reply.text()}`);
}

async function requestsTo(path: string): Promise<number> {
  const reply = await fetch(`${simulator.url}/_simulator/requests`);
  return (await reply.text()).split(`"path":"${path}"`).length - 1;
}

/** The person decides on FreshBooks' consent page; answers the address the browser is sent back to. */
async function decide(
  browser: Browser,
  email: string,
  decision = 'allow',
  link = '/link/link-1',
): Promise<string> {
  const { location = '' } = await browser.get(link);
  const form = new URLSearchParams(new URL(location).search);
  form.set('email', email);
  form.set('decision', decision);
  const reply = await fetch(`${simulator.url}/service/auth/oauth/authorize/decision`, {
    method: 'POST',
    body: form,
    redirect: 'manual',
  });
  return reply.headers.get('location') ?? '';
}

async function walk(browser: Browser, email: string, decision?: string, link?: string): Promise<Seen> {
  return browser.follow(await browser.get(await decide(browser, email, decision, link)));
}

const attemptIn = (page: Seen): string => /name="attempt" value="(\w+)"/.exec(page.text)?.[1] ?? '';

/** A worker on the grant of the linked connection, sharing nothing with others but the stores. */
async function worker() {
  const { grantId = '' } = await scene.connection();
  return makeGrantToken({
    ...deps(),
    sealAhead: memorySealAhead(),
    refusals: memoryRefusals(),
    reviveConnections: makeReviveConnections(deps()),
  })(grantId);
}

function deps() {
  const tools = { sleep: async () => undefined, random: () => 0.5, now: () => Date.parse(scene.clock()) };
  const { url } = simulator;
  const openAppKeys = async () => simulator.apps.integration;
  return {
    ...scene,
    appKeys: makeAppKeys({ integration: scene.integration, openAppKeys }),
    oauth: makeConsent({ apiUrl: url, authUrl: url, transport: makeTransport(), tools }),
  };
}

async function answers(token: string): Promise<number> {
  const reply = await fetch(`${simulator.url}/auth/api/v1/users/me`, {
    headers: { authorization: `Bearer ${token}` },
  });
  return reply.status;
}

describe('the link journey over HTTP', () => {
  it('links a person with one business', async () => {
    const page = await walk(scene.browser(), 'mireille@messy.example');

    expect(page.text).toContain('FreshBooks is connected');
    expect((await scene.connection()).business).toMatchObject({
      accountId: 'MsF1l5',
      businessId: '8201006',
      name: 'Messy & Fils',
    });
    expect(await answers(await (await worker()).token())).toBe(200);
  });

  it('offers a person with several businesses those that fit, and links the chosen one', async () => {
    const browser = scene.browser();
    const choice = await walk(browser, 'alex@busyagency.example');

    expect(choice.text.match(/type="radio"/g)).toHaveLength(2);
    for (const reason of ['uses FreshBooks Classic', 'no accounting', 'only a client']) {
      expect(choice.text).toContain(reason);
    }
    const form = { attempt: attemptIn(choice), business: '8104417' };
    await browser.follow(await browser.request('POST', '/oauth/choose', form));
    expect((await scene.connection()).business?.accountId).toBe('BzAg7q');
    // The big book is made when it is first asked for.
  }, 300_000);

  it.each([
    ['ingrid@classic.example', 'FreshBooks Classic is not supported'],
    ['kim@client.example', 'You are a client of this business'],
    ['noa@newcomer.example', 'No business was found'],
  ])('tells %s why nothing can be linked, and gives the consent back', async (email, words) => {
    const page = await walk(scene.browser(), email);

    expect(page.text).toContain(words);
    expect((await scene.connection()).state).toBe('PendingAuth');
    expect(await requestsTo('/auth/oauth/revoke')).toBeGreaterThan(0);
  });

  it('takes no for an answer', async () => {
    const page = await walk(scene.browser(), 'mireille@messy.example', 'refuse');

    expect(page.text).toContain('You did not give access');
    expect(await requestsTo('/auth/oauth/token')).toBe(0);
  });

  it('exchanges a code once although the callback comes ten times', async () => {
    const browser = scene.browser();
    const address = await decide(browser, 'mireille@messy.example');

    await Promise.all(Array.from({ length: 10 }, () => browser.get(address)));

    expect(await requestsTo('/auth/oauth/token')).toBe(1);
    expect((await scene.connection()).state).toBe('Linked');
  });

  it('says so when the answer to the exchange is lost, and works the next time', async () => {
    await control('faults', { kind: 'drop-after', match: { resource: 'token' }, times: 1 });

    const lost = await walk(scene.browser(), 'mireille@messy.example');
    const again = await walk(scene.browser(), 'mireille@messy.example');

    expect(lost.text).toContain('FreshBooks is not answering');
    expect(again.text).toContain('FreshBooks is connected');
  });
});

describe('a linked grant over HTTP', () => {
  beforeEach(async () => {
    await walk(scene.browser(), 'mireille@messy.example');
  });

  it('is refreshed once at half-life by many workers at once', async () => {
    const before = await (await worker()).token();
    scene.advance(6 * hour);

    await Promise.all(Array.from({ length: 8 }, async () => (await worker()).token()));

    const after = await (await worker()).token();
    expect(await requestsTo('/auth/oauth/token')).toBe(2);
    expect(after).not.toBe(before);
    expect([await answers(before), await answers(after)]).toEqual([200, 200]);
  });

  it('survives the consent of the same person for another company', async () => {
    await scene.companies.insert({
      id: 'c2',
      name: 'Two',
      tags: {},
      created: scene.clock(),
      linkToken: 'two',
    });
    const page = await walk(scene.browser(), 'mireille@messy.example', 'allow', '/link/company/two');

    scene.advance(7 * hour);

    expect(page.text).toContain('FreshBooks is connected');
    expect(await answers(await (await worker()).token())).toBe(200);
  });

  it('is read on while the answer to a refresh is lost, and asks for consent when that was the only one', async () => {
    scene.advance(6 * hour);
    await control('faults', { kind: 'drop-after', match: { resource: 'token' }, times: 1 });
    const reader = await worker();

    const during = await reader.token();
    scene.advance(hour);
    const later = await reader.token();
    scene.advance(6 * hour);

    expect([during, later].map((token) => token === during)).toEqual([true, true]);
    await expect(reader.token()).rejects.toMatchObject({ kind: 'access-lost' });
  });

  it('is lost when the person takes the consent back', async () => {
    const reader = await worker();
    const token = await reader.token();
    await control('consents/revoke', {
      email: 'mireille@messy.example',
      clientId: simulator.apps.integration.clientId,
    });

    expect(await answers(token)).toBe(401);
    await expect(reader.refused(token)).rejects.toMatchObject({ kind: 'access-lost' });
  });

  it('is dead at FreshBooks once it was given back', async () => {
    const token = await (await worker()).token();
    const { grantId = '' } = await scene.connection();

    expect(await makeReleaseGrant(deps())(grantId)).toEqual({ told: true });
    expect(await answers(token)).toBe(401);
  });
});
