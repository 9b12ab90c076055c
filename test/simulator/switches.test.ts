import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type Json, type Row, rowsOf, textOf } from '../../simulator/json.ts';
import { type SwitchName, switchNames, valuesOf } from '../../simulator/switches.ts';
import {
  challenge,
  codeFrom,
  decide,
  exchange,
  pairOf,
  refresh,
  registerRedirect,
  token,
  usersMe,
} from './consent.ts';
import { accounts, type Bench, call, people, refusalOf, rowWithin, startBench, within } from './harness.ts';
import { type Listener, startListener } from './listener.ts';

let now = Date.UTC(2026, 10, 10, 17);
let bench: Bench;
let listener: Listener;
beforeEach(async () => {
  now = Date.UTC(2026, 10, 10, 17);
  bench = await startBench({ now: () => now, postEveryMs: 0 });
  listener = await startListener();
  await registerRedirect(bench);
});
afterEach(async () => {
  await bench.close();
  await listener.close();
});

const totalOf = async (path: string): Promise<Json | undefined> =>
  within((await bench.api('GET', path)).json, 'response', 'result', 'total');

const filtered = (path: string, query: string) => async (): Promise<string> =>
  (await totalOf(`${path}?${query}`)) === (await totalOf(path)) ? 'the full list' : 'filtered';

const put = async (path: string, body: Row): Promise<Row> =>
  rowWithin((await bench.api('PUT', path, { body })).json, 'response', 'result');

const callbacks = `/events/account/${accounts.tiny}/events/callbacks`;

const register = async (event: string): Promise<Row> => {
  const body = { callback: { event, uri: listener.url } };
  const { json } = await call('POST', `${bench.url}${callbacks}`, { token: bench.token, body });
  return rowWithin(json, 'response', 'result', 'callback');
};

/** Registers and confirms a callback, the verifier taken from the control if it did not come; then two new clients. */
const tellOfTwoClients = async (): Promise<readonly string[]> => {
  const { callbackid } = await register('client');
  const { json } = await bench.control('GET', '/callbacks');
  const verifier = textOf(rowWithin(json, 'callbacks', 0), 'verifier');
  const confirm = { token: bench.token, body: { callback: { verifier } } };
  await call('PUT', `${bench.url}${callbacks}/${callbackid}`, confirm);
  await bench.simulator.postNotices();
  listener.heard.length = 0;
  const ids: string[] = [];
  for (const fname of ['Ann', 'Bo']) {
    const { json: made } = await bench.api('POST', 'users/clients', { body: { client: { fname } } });
    ids.push(textOf(rowWithin(made, 'response', 'result', 'client'), 'id'));
  }
  return ids;
};

const postAfter = async (seconds: number): Promise<void> => {
  now += seconds * 1_000;
  await bench.simulator.postNotices();
};

/** Deletes the first row an hour after now; says whether `updated` moved in the reply and afterwards. */
const deletion = (path: string, one: string, many: string) => async (): Promise<string> => {
  const [row] = await bench.list(path, many);
  const at = `${path}/${row?.['id']}`;
  const reply = rowWithin(await put(at, { [one]: { vis_state: 1 } }), one);
  const after = await bench.one(at, one);
  const moved = (shown: Row) => (shown['updated'] === row?.['updated'] ? 'kept' : 'moved');
  return `${moved(reply)} in the reply, ${moved(after)} afterwards`;
};

const bumped = {
  bumped: 'moved in the reply, moved afterwards',
  kept: 'kept in the reply, kept afterwards',
  'after-reply': 'kept in the reply, moved afterwards',
};
const honoured = { honoured: 'filtered', ignored: 'the full list' };
const alive = async (access: string): Promise<string> =>
  (await usersMe(bench, access)).status === 200 ? 'alive' : 'dead';

type Probe = { probe: () => Promise<unknown>; shows: Readonly<Record<string, unknown>> };

const probes: Readonly<Record<SwitchName, Probe>> = {
  'updated-filter.clients': {
    probe: filtered('users/clients', 'search[updated_min]=2030-01-01'),
    shows: honoured,
  },
  'updated-filter.invoices': {
    probe: filtered('invoices/invoices', 'search[updated_min]=2030-01-01'),
    shows: honoured,
  },
  'updated-filter.payments': {
    probe: filtered('payments/payments', 'search[updated_min]=2030-01-01'),
    shows: honoured,
  },
  'updated-filter.expenses': {
    probe: filtered('expenses/expenses', 'search[updated_max]=2000-01-01'),
    shows: honoured,
  },
  'updated-filter.taxes': {
    probe: filtered('taxes/taxes', 'search[updated_min]=2030-01-01'),
    shows: honoured,
  },
  'updated-filter.others': {
    probe: filtered('estimates/estimates', 'search[updated_min]=2030-01-01'),
    shows: honoured,
  },
  'plan.payables': {
    probe: async () =>
      Promise.all(
        ['bills/bills', 'bill_payments/bill_payments', 'bill_vendors/bill_vendors'].map(
          async (path) => refusalOf(await bench.api('GET', path)).errno ?? 'rows',
        ),
      ),
    shows: { has: ['rows', 'rows', 'rows'], lacks: [41_001, 41_101, 31_001] },
  },
  'plan.retainers': {
    probe: async () => {
      const path = '/comments/business/8104533/retainers';
      const { status } = await call('GET', `${bench.url}${path}`, { token: bench.token });
      const me = rowWithin(
        (await usersMe(bench, bench.token)).json,
        'response',
        'permissions',
        accounts.tiny,
      );
      return [status, me['retainers_feature.access']];
    },
    shows: { has: [200, true], lacks: [403, false] },
  },
  'plan-flags': {
    probe: async () =>
      Object.keys(rowWithin((await usersMe(bench, bench.token)).json, 'response', 'permissions')).length > 0,
    shows: { told: true, silent: false },
  },
  'role-refusal': {
    probe: async () => {
      const mayNotRead = ['items', 'taxes'];
      const role = { email: people.alex, businessId: 8_104_533, role: 'business_employee', mayNotRead };
      await bench.control('PUT', '/roles', role);
      const refused = [await bench.api('GET', 'items/items'), await bench.api('GET', 'taxes/taxes')];
      return refused.map((reply) => [reply.status, refusalOf(reply).errno]);
    },
    shows: {
      'own-errno': [
        [200, 12_001],
        [403, 1003],
      ],
      forbidden: [
        [403, 1003],
        [403, 1003],
      ],
      'in-200': [
        [200, 1003],
        [200, 1003],
      ],
    },
  },
  'bill-lines': {
    probe: async () => Object.keys((await bench.list('bills/bills', 'bills'))[0] ?? {}).includes('lines'),
    shows: { asked: false, always: true },
  },
  'profit-and-loss-key': {
    probe: async () => {
      const path = '/accounting/businesses/0f6b2a90-52d7-4a5e-8e43-6b0c9d3f1a22/reports/profit_and_loss';
      const { json } = await call('GET', `${bench.url}${path}`, { token: bench.token });
      return Object.keys(rowWithin(json, 'response', 'result'));
    },
    shows: { profit_and_loss: ['profit_and_loss'], profitloss: ['profitloss'] },
  },
  'invoice-filters.unverified': {
    probe: filtered('invoices/invoices', 'search[amount_min]=10000000'),
    shows: honoured,
  },
  'delete-bumps-updated.clients': { probe: deletion('users/clients', 'client', 'clients'), shows: bumped },
  'delete-bumps-updated.invoices': {
    probe: deletion('invoices/invoices', 'invoice', 'invoices'),
    shows: bumped,
  },
  'delete-bumps-updated.payments': {
    probe: deletion('payments/payments', 'payment', 'payments'),
    shows: bumped,
  },
  'delete-bumps-updated.expenses': {
    probe: deletion('expenses/expenses', 'expense', 'expenses'),
    shows: bumped,
  },
  'payment-delete-touches-invoice': {
    probe: async () => {
      const [payment] = await bench.list('payments/payments', 'payments');
      const path = `invoices/invoices/${payment?.['invoiceid']}`;
      const before = await bench.one(path, 'invoice');
      await put(`payments/payments/${payment?.['id']}`, { payment: { vis_state: 1 } });
      const after = await bench.one(path, 'invoice');
      return [
        before['updated'] === after['updated'],
        JSON.stringify(before['paid']) === JSON.stringify(after['paid']),
      ];
    },
    shows: { touched: [false, false], quiet: [true, false] },
  },
  'max-filter': {
    probe: async () => {
      const dates = (await bench.truth('invoices')).map((row) => textOf(row, 'create_date')).sort();
      return totalOf(`invoices/invoices?search[date_max]=${dates[0]}`);
    },
    shows: { below: 0, inclusive: 1 },
  },
  'updated-filter-time': {
    probe: async () => {
      const [first] = await bench.list('users/clients?sort=updated_desc', 'clients');
      const got = await bench.api(
        'GET',
        `users/clients?search[updated_min]=${textOf(first ?? {}, 'updated').slice(0, 10)} 23:59:59`,
      );
      return within(got.json, 'response', 'result', 'total') ?? refusalOf(got).errno;
    },
    shows: { 'by-day': 1, error: 1023 },
  },
  'invoice-lines-on-put': {
    probe: async () => {
      const invoices = await bench.list('invoices/invoices?per_page=100&include[]=lines', 'invoices');
      const long = invoices.find((row) => rowsOf(row, 'lines').length === 3);
      const lines = [
        { lineid: 2, name: 'Changed' },
        { name: 'Added', qty: 1, unit_cost: { amount: '5.00' } },
      ];
      const changed = await put(`invoices/invoices/${long?.['id']}?include[]=lines`, { invoice: { lines } });
      return rowsOf(rowWithin(changed, 'invoice'), 'lines').map((line) =>
        ['Changed', 'Added'].indexOf(textOf(line, 'name')),
      );
    },
    shows: { replaced: [0, 1], merged: [-1, 0, -1, 1] },
  },
  'default-list': {
    probe: async () => {
      const before = Number(await totalOf('users/clients'));
      await put('users/clients/210002', { client: { vis_state: 2 } });
      return Number(await totalOf('users/clients')) - before;
    },
    shows: { 'active-and-archived': 0, 'active-only': -1 },
  },
  'total-counts-hidden': {
    probe: async () => {
      await bench.control('POST', '/hide', {
        accountId: bench.account,
        resource: 'clients',
        ids: [210_002, 210_003],
      });
      return [await totalOf('users/clients'), (await bench.list('users/clients', 'clients')).length];
    },
    shows: { counted: [5, 3], left: [3, 3] },
  },
  'foreign-account': {
    probe: async () =>
      refusalOf(await bench.api('GET', 'users/clients', { token: await bench.tokenFor(people.noa) })),
    shows: { forbidden: { status: 403, errno: 1003 }, 'not-found': { status: 404, errno: 404 } },
  },
  'missing-scope-body': {
    probe: async () => {
      const got = await bench.api('GET', 'users/clients', { token: await bench.tokenFor(people.alex, []) });
      return [got.status, ...Object.keys(rowWithin(got.json)), got.text.includes('user:clients:read')];
    },
    shows: {
      accounting: [403, 'response', true],
      message: [403, 'message', true],
      gateway: [403, 'error', 'error_description', true],
    },
  },
  'accounting-401-body': {
    probe: async () =>
      Object.keys(rowWithin((await bench.api('GET', 'users/clients', { token: 'none' })).json)),
    shows: { accounting: ['response'], gateway: ['error', 'error_description'] },
  },
  'rate-limit-body': {
    probe: async () => {
      await bench.control('POST', '/faults', { kind: 'status', status: 429 });
      return Object.keys(rowWithin((await bench.api('GET', 'users/clients')).json));
    },
    shows: { family: ['response'], auth: ['error', 'error_description'] },
  },
  'system-addressed-by': {
    probe: async () => [
      (await bench.api('GET', 'systems/systems/5210071')).status,
      (await bench.api('GET', 'systems/systems/8104533')).status,
    ],
    shows: { either: [200, 200], 'system-id': [200, 404] },
  },
  'refresh-redirect-uri': {
    probe: async () => {
      const tokens = await pairOf(bench);
      return (await token(bench, { grant_type: 'refresh_token', refresh_token: tokens.refresh })).status;
    },
    shows: { optional: 200, required: 400 },
  },
  'living-refresh-token': {
    probe: async () => {
      const pair = await pairOf(bench);
      const { status } = await refresh(bench, pair.refresh);
      return [status, await alive(pair.access)];
    },
    shows: { honoured: [200, 'alive'], refused: [400, 'alive'] },
  },
  'spent-refresh-token': {
    probe: async () => {
      const first = await pairOf(bench);
      const second = rowWithin((await refresh(bench, first.refresh)).json);
      await refresh(bench, first.refresh);
      return [
        await alive(textOf(second, 'access_token')),
        (await refresh(bench, textOf(second, 'refresh_token'))).status,
      ];
    },
    shows: { refused: ['alive', 200], 'revokes-family': ['dead', 400] },
  },
  'second-authorization': {
    probe: async () => {
      const first = await pairOf(bench);
      await pairOf(bench);
      return alive(first.access);
    },
    shows: { 'old-access-lives': 'alive', 'old-access-dies': 'dead' },
  },
  'refresh-keeps-old-access': {
    probe: async () => {
      const first = await pairOf(bench);
      await refresh(bench, first.refresh);
      return alive(first.access);
    },
    shows: { lives: 'alive', dies: 'dead' },
  },
  pkce: {
    probe: async () => {
      const without = await decide(bench);
      const code = await codeFrom(bench, { code_challenge: challenge, code_challenge_method: 'S256' });
      return [without.status, (await exchange(bench, code, { code_verifier: 'wrong' })).status];
    },
    shows: { checked: [302, 400], required: [400, 400], ignored: [302, 200] },
  },
  'callback-events': {
    probe: async () => 'callbackid' in (await register('tax.create')),
    shows: { listed: false, all: true },
  },
  'callback-handshake': {
    probe: async () => {
      await register('client');
      await bench.simulator.postNotices();
      return listener.heard.map(({ signature }) => typeof signature);
    },
    shows: { unsigned: ['undefined'], signed: ['string'], lost: [] },
  },
  'callback-fields': {
    probe: async () => {
      await tellOfTwoClients();
      await postAfter(300);
      return Object.keys(listener.heard[0]?.form ?? {}).length;
    },
    shows: { newer: 6, older: 4 },
  },
  'callback-delay': {
    probe: async () => {
      await tellOfTwoClients();
      await postAfter(5);
      return listener.heard.length;
    },
    shows: { seconds: 2, minutes: 0 },
  },
  'callback-delivery': {
    probe: async () => {
      const ids = await tellOfTwoClients();
      await postAfter(300);
      return listener.heard.map(({ form }) => ids.indexOf(form['object_id'] ?? ''));
    },
    shows: { once: [0, 1], twice: [0, 0, 1, 1], backwards: [1, 0], lost: [] },
  },
  'callback-retry': {
    probe: async () => {
      await tellOfTwoClients();
      listener.answers.push(...Array.from({ length: 20 }, () => 500));
      for (let n = 0; n < 8; n += 1) await postAfter(300);
      return listener.heard.length;
    },
    shows: { never: 2, thrice: 8 },
  },
  'callback-hide': {
    probe: async () => {
      const [id] = await tellOfTwoClients();
      await bench.api('PUT', `users/clients/${id}`, { body: { client: { vis_state: 1 } } });
      await postAfter(300);
      return listener.heard.at(-1)?.form['name'];
    },
    shows: { delete: 'client.delete', update: 'client.update' },
  },
  'revoke-reach': {
    probe: async () => {
      const first = await pairOf(bench);
      const second = rowWithin((await refresh(bench, first.refresh)).json);
      await token(bench, { token: first.access }, '/auth/oauth/revoke');
      return [await alive(first.access), await alive(textOf(second, 'access_token'))];
    },
    shows: { consent: ['dead', 'dead'], token: ['dead', 'alive'] },
  },
};

const cases = switchNames.flatMap((name) => (valuesOf(name) ?? []).map((value) => [name, value] as const));

describe('where the reference is unsure, both ways are played', () => {
  it.each(cases)('%s = %s', async (name, value) => {
    const found = new Map(Object.entries(probes)).get(name);
    const shows = found?.shows ?? {};
    await bench.control('PUT', '/switches', { [name]: value });

    expect(await found?.probe()).toEqual(shows[value]);
    expect(shows).toHaveProperty([value]);
  });

  it.each(switchNames)('%s shows a difference for each of its values', (name) => {
    const shown = new Map(Object.entries(probes)).get(name)?.shows ?? {};

    expect(new Set(Object.values(shown).map((value) => JSON.stringify(value))).size).toBe(
      valuesOf(name)?.length,
    );
  });
});

describe('the switches themselves', () => {
  it('stand at the first value until set, and PUT merges', async () => {
    await bench.control('PUT', '/switches', { pkce: 'required' });
    const { json } = await bench.control('PUT', '/switches', { 'max-filter': 'inclusive' });
    const defaults = Object.fromEntries(switchNames.map((name) => [name, valuesOf(name)?.[0]]));

    expect(json).toEqual({ ...defaults, pkce: 'required', 'max-filter': 'inclusive' });
  });

  it.each([{ pkce: 'maybe' }, { nonsense: 'yes' }])('refuses %o and changes nothing', async (wish) => {
    const got = await bench.control('PUT', '/switches', { 'max-filter': 'inclusive', ...wish });

    expect(got.status).toBe(422);
    expect(within((await bench.control('GET', '/switches')).json, 'max-filter')).toBe('below');
  });

  it('tell their section, question and meanings', async () => {
    const { json } = await call('GET', `${bench.url}/_simulator/switches/catalogue`);

    for (const name of switchNames) expect(textOf(rowWithin(json, name), 'section')).toMatch(/^§/);
  });
});
