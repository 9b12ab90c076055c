import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Row, rowsOf, textOf } from '../../simulator/json.ts';
import { idOf } from '../../simulator/row-index.ts';
import { accounts, type Bench, call, people, refusalOf, rowWithin, startBench, within } from './harness.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await startBench({ account: accounts.busy });
});
afterAll(() => bench.close());

const served = [
  [
    '§3A.3',
    'invoice_profiles/invoice_profiles',
    'invoice_profiles',
    'invoice_profiles',
    'invoice_profile',
    'invoices',
  ],
  ['§3A.4', 'estimates/estimates', 'estimates', 'estimates', 'estimate', 'estimates'],
  ['§3A.5', 'credit_notes/credit_notes', 'credit_notes', 'credit_notes', 'credit_note', 'credit_notes'],
  ['§3A.9', 'items/items', 'items', 'items', 'item', 'billable_items'],
  ['§3A.9', 'projects/tasks', 'tasks', 'tasks', 'task', 'billable_items'],
  ['§3A.12', 'other_incomes/other_incomes', 'other_income', 'other_income', 'other_income', 'other_income'],
  ['§3A.13', 'bills/bills', 'bills', 'bills', 'bill', 'bills'],
  [
    '§3A.14',
    'bill_payments/bill_payments',
    'bill_payments',
    'bill_payments',
    'bill_payment',
    'bill_payments',
  ],
  ['§3A.15', 'bill_vendors/bill_vendors', 'bill_vendors', 'bill_vendors', 'bill_vendor', 'bill_vendors'],
  ['§3A.21', 'users/staffs', 'staff', 'staffs', 'staff', 'teams'],
] as const;

describe.each(served)('%s %s', (_section, path, resource, many, one, scope) => {
  it('lists what is active or archived, newest first, with the counters of §3.2', async () => {
    const truth = (await bench.truth(resource)).filter((row) => row['vis_state'] !== 1);
    const result = rowWithin((await bench.api('GET', `${path}?per_page=100`)).json, 'response', 'result');

    expect(rowsOf(result, many).map(idOf)).toEqual(
      truth
        .map(idOf)
        .sort((a, b) => b - a)
        .slice(0, 100),
    );
    expect(result).toMatchObject({ page: 1, per_page: 100, total: truth.length });
  });

  it('gives one under its singular key, and errno 1012 for an unknown id', async () => {
    const [row] = await bench.list(path, many);

    expect(await bench.one(`${path}/${idOf(row ?? {})}`, one)).toEqual(row);
    expect(refusalOf(await bench.api('GET', `${path}/1000000000`))).toEqual({ status: 404, errno: 1012 });
  });

  it(`needs user:${scope}:read (§1.9)`, async () => {
    const token = await bench.tokenFor(people.alex, ['user:clients:read']);
    const got = await bench.api('GET', path, { token });

    expect(got.status).toBe(403);
    expect(got.text).toContain(`user:${scope}:read`);
  });
});

describe('filters', () => {
  const cases: readonly (readonly [string, string, string, (row: Row) => boolean])[] = [
    ['§3A.5', 'credit_notes', 'date_min=2025-01-01', (row) => textOf(row, 'create_date') >= '2025-01-01'],
    ['§3A.5', 'credit_notes', 'date_max=2025-01-01', (row) => textOf(row, 'create_date') < '2025-01-01'],
    ['§3A.4', 'estimates', 'updated_min=2025-06-01', (row) => textOf(row, 'updated') >= '2025-06-01'],
    ['§3A.9', 'items', 'sku=SKU-7', (row) => row['sku'] === 'SKU-7'],
    ['§3A.9', 'items', 'itemid=710003', (row) => row['itemid'] === 710_003],
    ['§3A.13', 'bills', 'vendorid=754003', (row) => row['vendorid'] === 754_003],
    ['§3A.13', 'bills', 'currency_code=USD', (row) => row['currency_code'] === 'USD'],
    [
      '§3A.13',
      'bills',
      'ids][]=750001&search[ids][]=750009',
      (row) => [750_001, 750_009].includes(Number(row['id'])),
    ],
    ['§3A.13', 'bills', 'statuses][]=overdue', (row) => row['status'] === 'overdue'],
    ['§3A.12', 'other_income', 'category_name=rentals', (row) => row['category_name'] === 'rentals'],
    ['§3A.12', 'other_income', 'incomeid=756002', (row) => row['incomeid'] === 756_002],
  ];

  it.each(cases)('%s %s search[%s', async (_section, resource, filter, holds) => {
    const path = served.find(([, , name]) => name === resource)?.[1] ?? '';
    const [key = '', ...rest] = filter.split('=');
    const query = `search[${key.replace(/\]\[\]$/, '][]')}${key.includes(']') ? '' : ']'}=${rest.join('=')}`;
    const { json } = await bench.api('GET', `${path}?per_page=1&${query}`);
    const rows = await bench.truth(resource);
    const wanted = rows.filter(holds).length;

    expect(within(json, 'response', 'result', 'total')).toBe(wanted);
    expect(wanted).toBeGreaterThan(0);
    expect(wanted).toBeLessThan(rows.length);
  });

  it.each([
    ['§3A.14', 'bill_payments/bill_payments?search[billid]=1'],
    ['§3A.15', 'bill_vendors/bill_vendors?search[vendorid]=1'],
    ['§3A.5', 'credit_notes/credit_notes?search[create_date_min]=2030-01-01'],
    ['§3A.13', 'bills/bills?search[date_min]=2030-01-01'],
  ])('%s %s is ignored', async (_section, path) => {
    const whole = await bench.api('GET', path.replace(/\?.*/, ''));

    expect((await bench.api('GET', path)).text).toBe(whole.text);
  });
});

describe('includes (§3.5)', () => {
  it.each([
    ['estimates/estimates', 'estimates'],
    ['credit_notes/credit_notes', 'credit_notes'],
    ['invoice_profiles/invoice_profiles', 'invoice_profiles'],
    ['bills/bills', 'bills'],
  ])('%s has lines only when asked for', async (path, many) => {
    const [plain] = await bench.list(path, many);
    const [asked] = await bench.list(`${path}?include[]=lines`, many);

    expect(plain).not.toHaveProperty('lines');
    expect(rowsOf(asked ?? {}, 'lines').length).toBeGreaterThan(0);
  });

  it('§3A.13 a bill shows its payments and its vendor when asked', async () => {
    const rows = await bench.list(
      'bills/bills?include[]=bill_payments&include[]=vendor&search[statuses][]=paid',
      'bills',
    );

    for (const row of rows) {
      expect(rowsOf(row, 'bill_payments')[0]?.['billid']).toBe(row['id']);
      expect(rowWithin(row, 'vendor')['vendorid']).toBe(row['vendorid']);
    }
  });
});

describe('who may not look', () => {
  it.each([
    ['§2.2 items', 'items/items', 200, 12_001],
    ['§3A.13', 'bills/bills', 200, 41_001],
    ['§3A.14', 'bill_payments/bill_payments', 200, 41_101],
    ['§3A.15', 'bill_vendors/bill_vendors', 200, 31_001],
    ['§3A.12', 'other_incomes/other_incomes', 403, 1003],
  ])('%s: a client gets %s as %d with errno %d', async (_section, path, status, errno) => {
    const token = await bench.tokenFor(people.kim);
    const got = await call('GET', `${bench.url}/accounting/account/${accounts.harbour}/${path}`, { token });

    expect(refusalOf(got)).toEqual({ status, errno });
  });

  it('§3A.21 a staff row is not written by the API', async () => {
    const got = await bench.api('PUT', 'users/staffs/1', { body: { staff: { fname: 'X' } } });

    expect(got.status).toBe(403);
    expect(refusalOf(got).errno).toBe(1003);
  });
});
