import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { amountOf, type Row, textOf } from '../../simulator/json.ts';
import { accounts, type Bench, people, refusalOf, startBench } from './harness.ts';

let bench: Bench;
let messy: Bench;
beforeAll(async () => {
  bench = await startBench({ account: accounts.busy });
  messy = await startBench({ account: accounts.messy, email: people.mireille });
});
afterAll(() => Promise.all([bench.close(), messy.close()]));

// A filter is checked against the truth, not against itself: the same rows, no more and no fewer.
const total = async (path: string, query: string): Promise<number> => {
  const { json } = await bench.api('GET', `${path}?per_page=1&${query}`);
  const match = /"total":(\d+)/.exec(JSON.stringify(json));
  return Number(match?.[1] ?? -1);
};
const truths = new Map<string, readonly Row[]>();
const countOf = async (resource: string, holds: (row: Row) => boolean): Promise<number> => {
  const rows = truths.get(resource) ?? (await bench.truth(resource));
  truths.set(resource, rows);
  return rows.filter(holds).length;
};

type Filtered = readonly [path: string, resource: string, query: string, holds: (row: Row) => boolean];

const known: readonly Filtered[] = [
  ['users/clients', 'clients', 'search[email_like]=.chen', (row) => textOf(row, 'email').includes('.chen')],
  ['users/clients', 'clients', 'search[fname_like]=AMA', (row) => /ama/i.test(textOf(row, 'fname'))],
  ['users/clients', 'clients', 'search[lname_like]=roy', (row) => /roy/i.test(textOf(row, 'lname'))],
  [
    'users/clients',
    'clients',
    'search[organization_like]=yoga',
    (row) => /yoga/i.test(textOf(row, 'organization')),
  ],
  ['users/clients', 'clients', 'search[userid]=700007', (row) => row['userid'] === 700_007],
  [
    'users/clients',
    'clients',
    'search[userids][]=700007&search[userids][]=700009',
    (row) => [700_007, 700_009].includes(Number(row['userid'])),
  ],
  ['users/clients', 'clients', 'search[clientids][]=700003', (row) => row['userid'] === 700_003],
  ['users/clients', 'clients', 'search[address_like]=cedar', (row) => /cedar/i.test(textOf(row, 'p_street'))],
  [
    'users/clients',
    'clients',
    'search[bus_phone_like]=555-1',
    (row) => textOf(row, 'bus_phone').includes('555-1'),
  ],
  [
    'users/clients',
    'clients',
    'search[updated_min]=2026-08-01',
    (row) => textOf(row, 'updated') >= '2026-08-01',
  ],
  [
    'users/clients',
    'clients',
    'search[updated_max]=2026-08-01',
    (row) => textOf(row, 'updated') < '2026-08-01',
  ],
  [
    'invoices/invoices',
    'invoices',
    'search[date_min]=2025-03-10',
    (row) => textOf(row, 'create_date') >= '2025-03-10',
  ],
  [
    'invoices/invoices',
    'invoices',
    'search[date_max]=2025-03-10',
    (row) => textOf(row, 'create_date') < '2025-03-10',
  ],
  ['invoices/invoices', 'invoices', 'search[v3_status]=overdue', (row) => row['v3_status'] === 'overdue'],
  ['invoices/invoices', 'invoices', 'search[customerid]=700011', (row) => row['customerid'] === 700_011],
  [
    'invoices/invoices',
    'invoices',
    'search[updated_min]=2026-05-05',
    (row) => textOf(row, 'updated') >= '2026-05-05',
  ],
  [
    'invoices/invoices',
    'invoices',
    'search[updated_max]=2026-05-05',
    (row) => textOf(row, 'updated') < '2026-05-05',
  ],
  ['invoices/invoices', 'invoices', 'search[paid]=true', (row) => row['payment_status'] === 'paid'],
  ['invoices/invoices', 'invoices', 'search[paid]=False', (row) => row['payment_status'] !== 'paid'],
  [
    'invoices/invoices',
    'invoices',
    'search[outstanding]=true',
    (row) => Number(amountOf(row, 'outstanding')) > 0,
  ],
  [
    'invoices/invoices',
    'invoices',
    'search[amount_min]=9000.5',
    (row) => Number(amountOf(row, 'amount')) >= 9000.5,
  ],
  ['invoices/invoices', 'invoices', 'search[amount_max]=200', (row) => Number(amountOf(row, 'amount')) < 200],
  [
    'invoices/invoices',
    'invoices',
    'search[invoiceids][]=720002&search[invoiceids][]=1',
    (row) => row['id'] === 720_002,
  ],
  [
    'invoices/invoices',
    'invoices',
    'search[number_like]=00123',
    (row) => textOf(row, 'invoice_number').includes('00123'),
  ],
  ['payments/payments', 'payments', 'search[invoiceid]=720001', (row) => row['invoiceid'] === 720_001],
  ['payments/payments', 'payments', 'search[clientid]=700011', (row) => row['clientid'] === 700_011],
  [
    'payments/payments',
    'payments',
    'search[date_min]=2026-01-01',
    (row) => textOf(row, 'date') >= '2026-01-01',
  ],
  [
    'payments/payments',
    'payments',
    'search[date_max]=2026-01-01',
    (row) => textOf(row, 'date') < '2026-01-01',
  ],
  [
    'payments/payments',
    'payments',
    'search[updated_min]=2026-09-09',
    (row) => textOf(row, 'updated') >= '2026-09-09',
  ],
  ['expenses/expenses', 'expenses', 'search[categoryid]=709002', (row) => row['categoryid'] === 709_002],
  [
    'expenses/expenses',
    'expenses',
    'search[vendor]=Metro Transit',
    (row) => row['vendor'] === 'Metro Transit',
  ],
  [
    'expenses/expenses',
    'expenses',
    'search[date_min]=2026-06-01',
    (row) => textOf(row, 'date') >= '2026-06-01',
  ],
  [
    'expenses/expenses',
    'expenses',
    'search[updated_min]=2026-06-01',
    (row) => textOf(row, 'updated') >= '2026-06-01',
  ],
  ['expenses/expenses', 'expenses', 'search[clientid]=0', () => true],
  ['expenses/expenses', 'expenses', 'search[projectid]=7', () => false],
];

describe('§3.3 known filters', () => {
  it.each(known)('%s (%s) ?%s', async (path, resource, query, holds) => {
    expect(await total(path, query)).toBe(await countOf(resource, holds));
  });

  it('filters are joined by and', async () => {
    const both = await total('invoices/invoices', 'search[v3_status]=paid&search[date_min]=2026-01-01');

    expect(both).toBe(
      await countOf(
        'invoices',
        (row) => row['v3_status'] === 'paid' && textOf(row, 'create_date') >= '2026-01-01',
      ),
    );
  });

  it('an email is matched whatever the case', async () => {
    const [client] = await bench.truth('clients');

    expect(await total('users/clients', `search[email]=${textOf(client ?? {}, 'email').toUpperCase()}`)).toBe(
      1,
    );
  });
});

describe('§3.3, §7 no. 6: what is ignored without a word', () => {
  it.each([
    ['users/clients', 'search[fname]=Amara'],
    ['users/clients', 'search[organization]=x'],
    ['users/clients', 'email=nobody'],
    ['invoices/invoices', 'search[create_date_min]=2030-01-01'],
    ['invoices/invoices', 'search[status]=1'],
    ['invoices/invoices', 'search[statusid]=1'],
    ['invoices/invoices', 'search[payment_status]=paid'],
    ['invoices/invoices', 'search[updated_since]=2030-01-01'],
    ['expenses/expenses', 'search[status]=4'],
    ['taxes/taxes', 'search[updated_min]=2030-01-01'],
    ['taxes/taxes', 'search[name]=HST'],
  ])('%s?%s', async (path, query) => {
    expect(await total(path, query)).toBe(await total(path, ''));
  });
});

describe('§3.3, §4.3 malformed values of known filters', () => {
  it.each([
    ['invoices/invoices', 'search[updated_min]=yesterday', 1023],
    ['invoices/invoices', 'search[date_min]=2026-13-40', 1023],
    ['invoices/invoices', 'search[customerid]=abc', 1024],
    ['invoices/invoices', 'search[vis_state]=gone', 1024],
    ['invoices/invoices', 'search[amount_min]=much', 1024],
    ['invoices/invoices', 'search[paid]=maybe', 1032],
    ['users/clients', 'search[userids]=5', 1034],
    ['users/clients', 'search[userid][]=5', 1037],
  ])('%s?%s is errno %i', async (path, query, errno) => {
    expect(refusalOf(await bench.api('GET', `${path}?${query}`))).toEqual({ status: 422, errno });
  });
});

describe('§3.8 vis_state', () => {
  it.each([
    ['users/clients', 'clients'],
    ['invoices/invoices', 'invoices'],
    ['payments/payments', 'payments'],
    ['expenses/expenses', 'expenses'],
  ])('%s: the default list holds active and archived rows', async (path, many) => {
    const states = (await messy.list(`${path}?per_page=100`, many)).map((row) => row['vis_state']);
    const truth = (await messy.truth(many))
      .filter((row) => row['vis_state'] !== 1)
      .map((row) => row['vis_state']);

    expect(states.sort()).toEqual(truth.sort());
  });

  it.each([0, 1, 2])('search[vis_state]=%i picks that state alone', async (state) => {
    const rows = await messy.list(`invoices/invoices?per_page=100&search[vis_state]=${state}`, 'invoices');

    expect(rows.length).toBeGreaterThan(0);
    expect(new Set(rows.map((row) => row['vis_state']))).toEqual(new Set([state]));
  });

  it('GET by id still answers a deleted row', async () => {
    const [deleted] = await messy.list('invoices/invoices?search[vis_state]=1', 'invoices');

    expect(await messy.one(`invoices/invoices/${deleted?.['id']}`, 'invoice')).toEqual(deleted);
  });

  it('a deleted invoice keeps its payments', async () => {
    const deleted = await messy.list(
      'invoices/invoices?search[vis_state]=1&search[v3_status]=overdue',
      'invoices',
    );
    const [payment] = await messy.list(
      `payments/payments?search[invoiceid]=${deleted[0]?.['id']}`,
      'payments',
    );

    expect(payment?.['vis_state']).toBe(0);
    expect(deleted[0]?.['paid']).toEqual({ amount: '750.00', code: 'USD' });
  });
});
