import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { signatureOf, signedText } from '../../simulator/callbacks/signature.ts';
import type { Json, Row } from '../../simulator/json.ts';
import { rowsOf } from '../../simulator/json.ts';
import { accounts, type Bench, call, people, rowWithin, startBench, within } from './harness.ts';
import { type Heard, type Listener, startListener } from './listener.ts';

let now = Date.UTC(2026, 10, 10, 17);
let bench: Bench;
let listener: Listener;
beforeEach(async () => {
  now = Date.UTC(2026, 10, 10, 17);
  bench = await startBench({ now: () => now, postEveryMs: 0 });
  listener = await startListener();
});
afterEach(async () => {
  await bench.close();
  await listener.close();
});

const path = `/events/account/${accounts.tiny}/events/callbacks`;
const events = (method: string, rest = '', body?: Json, token = bench.token) =>
  call(method, `${bench.url}${path}${rest}`, { token, ...(body === undefined ? {} : { body }) });
const post = () => bench.simulator.postNotices();
const plays = (wish: Row) => bench.control('PUT', '/switches', wish);

const register = async (event: string): Promise<Row> => {
  const { json } = await events('POST', '', { callback: { event, uri: listener.url } });
  return rowWithin(json, 'response', 'result', 'callback');
};

/** Registers, takes the verifier from the handshake and confirms it. */
const listen = async (event: string): Promise<{ id: Json | undefined; verifier: string }> => {
  const { callbackid } = await register(event);
  await post();
  const verifier = listener.heard.at(-1)?.form['verifier'] ?? '';
  await events('PUT', `/${callbackid}`, { callback: { verifier } });
  listener.heard.length = 0;
  return { id: callbackid, verifier };
};

const newClient = async (): Promise<Row> => {
  const { json } = await bench.api('POST', 'users/clients', { body: { client: { fname: 'Ann' } } });
  return rowWithin(json, 'response', 'result', 'client');
};

const deliver = async (): Promise<readonly Heard[]> => {
  now += 300_000;
  await post();
  return listener.heard;
};

describe('§5.1 registration of callbacks', () => {
  it('answers without the verifier, which comes by a form of its own', async () => {
    const callback = await register('invoice.create');
    await post();

    expect(callback).toEqual({
      callbackid: callback['callbackid'],
      event: 'invoice.create',
      uri: listener.url,
      verified: false,
      updated_at: '2026-11-10T17:00:00Z',
    });
    expect(listener.heard).toEqual([
      {
        signature: undefined,
        form: {
          name: 'callback.verify',
          object_id: String(callback['callbackid']),
          verifier: expect.stringMatching(/^[0-9a-z]{31,33}$/),
          account_id: accounts.tiny,
          user_id: '1',
        },
      },
    ]);
  });

  it('is verified by the verifier and by nothing else, and sends it again when asked', async () => {
    const { callbackid } = await register('invoice');
    const wrong = await events('PUT', `/${callbackid}`, { callback: { verifier: 'x' } });
    await post();
    await events('PUT', `/${callbackid}`, { callback: { resend: true } });
    await post();
    const [first, second] = listener.heard.map(({ form }) => form['verifier']);
    const right = await events('PUT', `/${callbackid}`, { callback: { verifier: first ?? '' } });

    expect(wrong.status).toBe(422);
    expect(second).toBe(first);
    expect(within(right.json, 'response', 'result', 'callback', 'verified')).toBe(true);
  });

  it.each([
    ['an unknown event', { event: 'moon.create' }, ['event']],
    ['a verb that the noun does not have', { event: 'client.sendByEmail' }, ['event']],
    ['an address that is none', { uri: 'nowhere' }, ['uri']],
    ['both', { event: 'x', uri: 'y' }, ['event', 'uri']],
  ])('refuses %s', async (_what, wish, fields) => {
    const body = { callback: { event: 'invoice.create', uri: listener.url, ...wish } };
    const { status, json } = await events('POST', '', body);
    const violations = rowsOf(rowWithin(json, 'details', 0), 'fieldViolations');

    expect(status).toBe(422);
    expect(violations.map(({ field }) => field)).toEqual(fields);
  });

  it('needs the scope of the object that is listened to', async () => {
    const token = await bench.tokenFor(people.alex, ['user:clients:read']);
    const body = (event: string) => ({ callback: { event, uri: listener.url } });

    expect((await events('POST', '', body('client.create'), token)).status).toBe(200);
    expect((await events('POST', '', body('bill.create'), token)).status).toBe(403);
  });

  it('lists with accounting paging, filters by event and its parent noun, and removes', async () => {
    const empty = await events('GET');
    const { callbackid } = await register('invoice');
    await register('client.create');
    const found = await events('GET', '?search[event]=invoice.create');
    await events('DELETE', `/${callbackid}`);

    expect(within(empty.json, 'response', 'result')).toEqual({
      callbacks: [],
      page: 1,
      pages: 0,
      per_page: 15,
      total: 0,
    });
    expect(within(found.json, 'response', 'result', 'callbacks', 0, 'event')).toBe('invoice');
    expect(within(found.json, 'response', 'result', 'total')).toBe(1);
    expect((await events('GET', `/${callbackid}`)).status).toBe(404);
    expect(within((await events('GET')).json, 'response', 'result', 'total')).toBe(1);
  });

  it('is nothing for a client of the business, nor without a token', async () => {
    const token = await bench.tokenFor(people.kim);

    expect((await events('GET', '', undefined, token)).status).toBe(403);
    expect((await events('GET', '', undefined, 'none')).status).toBe(401);
  });
});

describe('§5.2 delivery', () => {
  it('tells ids only, signed with the verifier, seconds later', async () => {
    const { verifier } = await listen('client.create');
    const { id } = await newClient();
    await post();
    const early = listener.heard.length;
    now += 5_000;
    await post();
    const form = {
      name: 'client.create',
      object_id: String(id),
      account_id: accounts.tiny,
      business_id: '8104533',
      identity_id: '4410021',
      user_id: '1',
    };

    expect(early).toBe(0);
    expect(listener.heard).toEqual([{ form, signature: signatureOf(Object.entries(form), verifier) }]);
  });

  it('tells nothing before the handshake is done', async () => {
    await register('client');
    await post();
    await newClient();

    expect((await deliver()).map(({ form }) => form['name'])).toEqual(['callback.verify']);
  });

  it('tells a bare noun of every verb, and of no other noun', async () => {
    await listen('client');
    const { id } = await newClient();
    await bench.api('PUT', `users/clients/${id}`, { body: { client: { fname: 'Bo' } } });
    await bench.api('PUT', `users/clients/${id}`, { body: { client: { vis_state: 1 } } });
    await bench.api('POST', 'taxes/taxes', { body: { tax: { name: 'X', amount: '5' } } });

    expect((await deliver()).map(({ form }) => form['name'])).toEqual([
      'client.create',
      'client.update',
      'client.delete',
    ]);
  });

  it('takes anything but 2xx for a failure, and does not try again unless the switch says so', async () => {
    await listen('client');
    listener.answers.push(302, 500, 404, 503);
    await newClient();
    await deliver();
    await deliver();
    const once = listener.heard.length;
    await plays({ 'callback-retry': 'thrice' });
    await newClient();
    for (let n = 0; n < 6; n += 1) await deliver();

    expect(once).toBe(1);
    expect(listener.heard.length - once).toBe(4);
  });

  it('survives nobody listening', async () => {
    await listen('client');
    await newClient();
    await listener.close();
    now += 300_000;

    expect(await post()).toMatchObject([{ event: 'client.create', status: 0 }]);
    listener = await startListener();
  });
});

describe('§5.3 signature', () => {
  it('is that of the published example', () => {
    const fields = Object.entries({
      name: 'invoice.create',
      object_id: '1234567',
      account_id: '6BApk',
      business_id: '6543',
      identity_id: '1234',
      user_id: '1',
    });

    expect(signatureOf(fields, '0123456789abcdef0123456789abcdef')).toBe(
      'dkBR4leWvNTJWsNgfuP/Lbu4x0PohAEXaCAtCRmIlHo=',
    );
  });

  it('writes what is not ASCII as Python does', () => {
    expect(signedText([['a/b', 'é"\n😀']])).toBe('{"a/b": "\\u00e9\\"\\n\\ud83d\\ude00"}');
  });
});
