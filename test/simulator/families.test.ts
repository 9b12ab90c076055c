import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { isRow, type Row, rowsOf, textOf } from '../../simulator/json.ts';
import { idOf } from '../../simulator/row-index.ts';
import { shapeFaults } from './documented-fields.ts';
import { accounts, type Bench, call, people, rowWithin, startBench, within } from './harness.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await startBench({ account: accounts.busy });
});
afterAll(() => bench.close());

// Of Busy Agency: its three ids (§0.1).
const business = 8_104_417;
const uuid = '5a1c64de-3f0e-4c6b-9b1f-7a4c2d9e0b11';
const get = (path: string, token = bench.token) => call('GET', `${bench.url}${path}`, { token });
const projects = (query = '') => get(`/projects/business/${business}/projects${query}`);

const everyPath: readonly (readonly [string, string, string])[] = [
  ['§3A.18', `/projects/business/${business}/projects`, 'projects'],
  ['§3A.18', `/timetracking/business/${business}/projects`, 'projects'],
  ['§3A.10', `/comments/business/${business}/services`, 'billable_items'],
  ['§3A.10', `/comments/business/${business}/service_rates`, 'billable_items'],
  ['§3A.20', `/comments/business/${business}/retainers`, 'retainers'],
  ['§3A.21', `/auth/api/v1/businesses/${business}/team_members`, 'teams'],
  ['§3A.6', `/accounting/account/${accounts.busy}/expenses/summaries`, 'expenses'],
  ['§3A.21', `/comments/business/${business}/team_member_rates`, 'teams'],
  ['§3A.21', `/auth/api/v1/users/business/${business}`, 'business'],
  ['§3A.17', `/payments/account/${accounts.busy}/gateway`, 'online_payments'],
  ['§3A.17', `/payments/account/${accounts.busy}/payment_options?entity_type=invoice`, 'online_payments'],
  ['§3A.17', `/accounting/account/${accounts.busy}/systems/gateways`, 'online_payments'],
  ['§3A.16', `/accounting/businesses/${uuid}/ledger_accounts/accounts`, 'journal_entries'],
];

describe.each(everyPath)('%s GET %s', (_section, path, scope) => {
  it('answers, and only to a token', async () => {
    expect((await get(path)).status).toBe(200);
    expect((await get(path, 'nobody')).status).toBe(401);
  });

  it(`needs user:${scope}:read, and says so (§1.9)`, async () => {
    const got = await get(path, await bench.tokenFor(people.alex, ['user:clients:read']));

    expect(got.status).toBe(403);
    expect(got.text).toContain(`user:${scope}:read`);
  });

  it('is not for somebody else, nor for an id of another kind (§0.1)', async () => {
    const wrong = path.replace(/8104417|BzAg7q|5a1c64de-[-0-9a-f]+/, '99');

    expect((await get(path, await bench.tokenFor(people.mireille))).status).toBe(403);
    expect((await get(wrong)).status).toBe(404);
  });
});

describe('§3.1 each family has its content type and its error', () => {
  it.each([
    [`/projects/business/${business}/projects`, 'application/vnd.api+json'],
    [`/payments/account/${accounts.busy}/gateway`, 'application/vnd.api+json'],
    [`/auth/api/v1/businesses/${business}/team_members`, 'application/json; charset=utf-8'],
  ])('%s is %s', async (path, type) => {
    expect((await get(path)).headers.get('content-type')).toBe(type);
  });

  it.each([
    [`/projects/business/${business}/project/1`, { error: 'Requested resource could not be found.' }],
    [`/comments/business/${business}/retainer/1`, { error: 'Requested resource could not be found.' }],
    [
      `/payments/account/${accounts.busy}/invoice/1/payment_options`,
      { error_type: 'not_found', message: 'Requested resource could not be found.' },
    ],
  ])('§4.1 %s is 404', async (path, body) => {
    const got = await get(path);

    expect(got.status).toBe(404);
    expect(got.json).toEqual(body);
  });
});

describe('§3A.18 projects', () => {
  const shown = async (query: string): Promise<readonly Row[]> =>
    rowsOf(rowWithin((await projects(query)).json), 'projects');
  const truth = async (holds: (row: Row) => boolean): Promise<readonly number[]> =>
    (await bench.truth('projects')).filter((row) => row['active'] === true && holds(row)).map(idOf);
  const ascending = (rows: readonly Row[]) => rows.map(idOf).sort((a, b) => a - b);

  it('§3.2 are thirty to a page, newest first, with a sort among the counters', async () => {
    const { json } = await projects();
    const all = await truth(() => true);

    expect(rowsOf(rowWithin(json), 'projects').map(idOf)).toEqual(all.toReversed().slice(0, 30));
    expect(rowWithin(json, 'meta')).toEqual({ page: 1, pages: 3, per_page: 30, total: 69, sort: [] });
  });

  it('§3.2 page 0 is page 1, and per_page stops at 100', async () => {
    expect(rowWithin((await projects('?page=0&per_page=500')).json, 'meta')).toMatchObject({
      page: 1,
      per_page: 100,
    });
  });

  const filters: readonly (readonly [string, (row: Row) => boolean])[] = [
    ['client_id=700001', (row) => row['client_id'] === 700_001],
    ['complete=True', (row) => row['complete'] === true],
    ['internal=false', (row) => row['internal'] === false],
    ['updated_since=2025-01-01T00:00:00Z', (row) => textOf(row, 'updated_at') >= '2025-01-01'],
    ['search[title]=x', () => true],
    ['title=x', () => true],
  ];
  it.each(filters)('§3.3 %s', async (query, holds) => {
    expect(ascending(await shown(`?per_page=100&${query}`))).toEqual(await truth(holds));
  });

  it('shows a deleted one to active=false alone', async () => {
    const rows = await shown('?active=false');

    expect(rows.map((row) => row['active'])).toEqual([false]);
  });

  it('§3.3 a malformed value is 422 errno 2001', async () => {
    const got = await projects('?updated_since=x');

    expect(got.status).toBe(422);
    expect(within(got.json, 'errno')).toBe(2001);
    expect(rowWithin(got.json, 'error')).toHaveProperty('updated_since');
  });

  it('§3.4 sort by title, back with a minus, and by id when it is not known; meta echoes it', async () => {
    const up = await shown('?sort=due_date&per_page=100&client_id=700001');
    const odd = await projects('?sort=updated:asc');

    expect((await shown('?sort=title'))[0]?.['title']).toBe('Projet n° 1');
    expect((await shown('?sort=-title'))[0]?.['title']).toBe('Projet n° 9');
    expect(up).toHaveLength(1);
    expect(rowsOf(rowWithin(odd.json), 'projects').map(idOf)).toEqual((await truth(() => true)).slice(0, 30));
    expect(within(odd.json, 'meta', 'sort')).toEqual(['updated:asc']);
  });

  it('one has its group and abilities where the list has the group’s id', async () => {
    const [listed = {}] = await shown('');
    const { json } = await get(`/projects/business/${business}/project/${idOf(listed)}`);
    const project = rowWithin(json, 'project');

    expect(project).not.toHaveProperty('group_id');
    expect(rowWithin(project, 'group')['id']).toBe(listed['group_id']);
    expect(rowsOf(rowWithin(json), 'abilities').length).toBeGreaterThan(0);
    expect(shapeFaults('projects', project)).toEqual([]);
  });

  it('§2.2 are there, empty, where a business has no account', async () => {
    const got = await get('/projects/business/8104777/projects');

    expect(got.json).toEqual({ projects: [], meta: { page: 1, pages: 0, per_page: 30, total: 0, sort: [] } });
  });
});

describe('§3A.10 services and rates', () => {
  it('each task has its service, and each service its rate, in the list and alone', async () => {
    const services = rowsOf(
      rowWithin((await get(`/comments/business/${business}/services`)).json),
      'services',
    );
    const rates = rowsOf(
      rowWithin((await get(`/comments/business/${business}/service_rates`)).json),
      'service_rates',
    );
    const id = idOf(services[0] ?? {});
    const one = await get(`/comments/business/${business}/service/${id}`);
    const rate = await get(`/comments/business/${business}/service/${id}/rate`);

    expect(services.map((row) => row['name'])).toEqual(
      (await bench.list('projects/tasks', 'tasks')).map((row) => row['name']),
    );
    expect(rates.map(idOf).sort()).toEqual(services.map(idOf).sort());
    expect(one.json).toEqual({ service: services[0] });
    expect(rate.json).toEqual({ service_rate: rates.find((row) => row['service_id'] === id) });
  });
});

describe('§3A.20 retainers', () => {
  it('have no counters, ended ones too, and one for a client at most', async () => {
    const { json } = await get(`/comments/business/${business}/retainers`);
    const rows = rowsOf(rowWithin(json), 'retainers');
    const one = await get(`/comments/business/${business}/retainer/${idOf(rows[0] ?? {})}`);

    expect(Object.keys(rowWithin(json))).toEqual(['retainers']);
    expect(rows.some((row) => row['active'] === false)).toBe(true);
    expect(new Set(rows.map((row) => row['client_user_id'])).size).toBe(rows.length);
    expect(one.json).toEqual({ retainer: rows[0] });
  });
});

describe('§3A.21 team and business', () => {
  it('five members to a page, with counters that lack pages; one by uuid', async () => {
    const { json } = await get(`/auth/api/v1/businesses/${business}/team_members`);
    const rows = rowsOf(rowWithin(json), 'response');
    const one = await get(`/auth/api/v1/businesses/${business}/team_members/${rows[0]?.['uuid']}`);

    expect(rowWithin(json, 'meta')).toEqual({ page: 1, per_page: 5, total: 6 });
    expect(rows).toHaveLength(5);
    expect(rows.flatMap((row) => shapeFaults('team_members', row))).toEqual([]);
    expect(one.json).toEqual({ response: rows[0] });
  });

  it('rates of those who have joined, without counters', async () => {
    const { json } = await get(`/comments/business/${business}/team_member_rates`);
    const rows = rowsOf(rowWithin(json), 'team_member_rates');

    expect(Object.keys(rowWithin(json))).toEqual(['team_member_rates']);
    expect(rows).toHaveLength(5);
    expect(rows.flatMap((row) => shapeFaults('team_member_rates', row))).toEqual([]);
  });

  it('a business tells its account and its members', async () => {
    const response = rowWithin((await get(`/auth/api/v1/users/business/${business}`)).json, 'response');

    expect(response).toMatchObject({ id: business, account_id: accounts.busy, name: 'Busy Agency' });
    expect(rowsOf(rowWithin(response, 'business_group'), 'members')[0]).toMatchObject({ role: 'owner' });
  });
});

describe('§3A.6 summaries of expenses', () => {
  it('are what all, archived and active ones come to in each currency', async () => {
    const { json } = await get(`/accounting/account/${accounts.busy}/expenses/summaries`);
    const rows = rowsOf(rowWithin(json, 'response', 'result'), 'summaries');

    expect(rows.map((row) => row['id'])).toEqual(['grand_total', 'archived', 'active']);
    expect(rows.flatMap((row) => shapeFaults('expense_summaries', row))).toEqual([]);
    expect(rows[0]?.['counts']).toBe(Number(rows[1]?.['counts']) + Number(rows[2]?.['counts']));
    expect(Number(rows[0]?.['counts'])).toBeGreaterThan(0);
  });
});

describe('§3A.17 online payments', () => {
  it('the account’s options and an invoice’s have the documented fields', async () => {
    for (const path of ['payment_options?entity_type=invoice', 'invoice/720001/payment_options']) {
      const { json } = await get(`/payments/account/${accounts.busy}/${path}`);

      expect(shapeFaults('payment_options', rowWithin(json, 'payment_options'))).toEqual([]);
    }
  });
});

describe('§3A.16 ledger accounts', () => {
  it('are the whole chart, sub-accounts inside, each to be had by its uuid', async () => {
    const path = `/accounting/businesses/${uuid}/ledger_accounts/accounts`;
    const rows = rowsOf(rowWithin((await get(path)).json), 'data');
    const subs = rows.flatMap((row) => rowsOf(row, 'sub_accounts'));
    const one = await get(`${path}/${subs[0]?.['uuid']}`);

    expect([...rows, ...subs].flatMap((row) => shapeFaults('ledger_accounts', row))).toEqual([]);
    expect(new Set([...rows, ...subs].map((row) => row['uuid'])).size).toBe(rows.length + subs.length);
    expect(
      rows.every((row) => rowsOf(row, 'sub_accounts').every((sub) => sub['parent_account'] === row['uuid'])),
    ).toBe(true);
    expect(one.json).toEqual({ data: subs[0] });
  });

  it('§4.1 an unknown one is 404 in the family’s own shape', async () => {
    const got = await get(`/accounting/businesses/${uuid}/ledger_accounts/accounts/none`);

    expect(got.status).toBe(404);
    expect(isRow(got.json) && rowWithin(got.json, 'errors')['status']).toBe(404);
  });
});

describe('faults meet these resources by name', () => {
  it.each([
    ['projects', `/projects/business/${business}/projects`],
    ['team_members', `/auth/api/v1/businesses/${business}/team_members`],
  ])('%s', async (resource, path) => {
    await bench.control('POST', '/faults', { match: { resource }, kind: 'status', status: 503, times: 1 });

    expect((await get(path)).status).toBe(503);
    expect((await get(path)).status).toBe(200);
  });
});
