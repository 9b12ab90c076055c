import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { textOf } from '../../simulator/json.ts';
import { accounts, type Bench, refusalOf, rowWithin, startBench, within } from './harness.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await startBench({ account: accounts.busy });
});
afterAll(() => bench.close());

const page = async (path: string) => rowWithin((await bench.api('GET', path)).json, 'response', 'result');
const ids = (rows: readonly { readonly [field: string]: unknown }[]) => rows.map((row) => Number(row['id']));

describe('§3.2 paging', () => {
  it.each([
    ['15 rows when nothing is asked', '', { page: 1, per_page: 15, pages: 27, total: 400 }],
    ['100 rows at most, without a word', '?per_page=500', { page: 1, per_page: 100, pages: 4, total: 400 }],
    ['page 0 is page 1', '?page=0&per_page=10', { page: 1, per_page: 10, pages: 40, total: 400 }],
    [
      'past the end the counters stay',
      '?page=99&per_page=100',
      { page: 99, per_page: 100, pages: 4, total: 400 },
    ],
    ['an empty list has no pages', '?search[email]=nobody', { page: 1, per_page: 15, pages: 0, total: 0 }],
  ])('%s', async (_name, query, counters) => {
    const { clients: _rows, ...echoed } = await page(`users/clients${query}`);

    expect(echoed).toEqual(counters);
  });

  it('is empty past the end', async () => {
    expect((await page('users/clients?page=99'))['clients']).toEqual([]);
  });

  it.each([
    ['page=-1', 1014],
    ['page=two', 1014],
    ['page=1.5', 1014],
    ['per_page=-5', 1013],
    ['per_page=0', 1013],
    ['per_page=many', 1013],
  ])('?%s is errno %i', async (query, errno) => {
    expect(refusalOf(await bench.api('GET', `users/clients?${query}`))).toEqual({ status: 422, errno });
  });

  it('gives each row once over all pages', async () => {
    const pages = await Promise.all(
      [1, 2, 3, 4].map((n) => bench.list(`users/clients?per_page=100&page=${n}`, 'clients')),
    );

    expect(new Set(ids(pages.flat())).size).toBe(400);
  });
});

describe('§3.4 order', () => {
  it.each([
    ['users/clients', 'clients'],
    ['invoices/invoices', 'invoices'],
    ['payments/payments', 'payments'],
  ])('%s come newest id first', async (path, many) => {
    const found = ids(await bench.list(`${path}?per_page=50`, many));

    expect(found).toEqual([...found].sort((a, b) => b - a));
  });

  it('expenses come by date, latest first', async () => {
    const dates = (await bench.list('expenses/expenses?per_page=100', 'expenses')).map((row) =>
      textOf(row, 'date'),
    );

    expect(dates).toEqual([...dates].sort().reverse());
    expect(new Set(dates).size).toBeGreaterThan(1);
  });

  it('categories come by name', async () => {
    const names = (await bench.list('expenses/categories?per_page=100', 'categories')).map((row) =>
      textOf(row, 'category'),
    );

    expect(names).toEqual([...names].sort((a, b) => a.localeCompare(b, 'en')));
    expect(names).toHaveLength(60);
  });

  it.each(['updated:asc', 'nonsense', 'invoice_date', 'create_date_asc', 'updated_desc'])(
    'sort=%s is not known for invoices and gives ascending ids',
    async (sort) => {
      const found = ids(await bench.list(`invoices/invoices?per_page=20&sort=${sort}`, 'invoices'));

      expect(found).toEqual(Array.from({ length: 20 }, (_, at) => 720_001 + at));
    },
  );

  it.each(['asc', 'desc'])('sort=invoice_date_%s orders by create_date', async (way) => {
    const dates = (
      await bench.list(`invoices/invoices?per_page=100&sort=invoice_date_${way}`, 'invoices')
    ).map((row) => textOf(row, 'create_date'));
    const ascending = [...dates].sort();

    expect(dates).toEqual(way === 'asc' ? ascending : ascending.reverse());
    expect(dates[0]).toBe(way === 'asc' ? '2023-11-01' : '2026-10-29');
  });

  it.each([
    ['organization_name', 'organization'],
    ['email', 'email'],
    ['updated', 'updated'],
    ['fullname', 'fname'],
  ])('clients sort by %s both ways', async (key, field) => {
    const up = (await bench.list(`users/clients?per_page=100&sort=${key}_asc`, 'clients')).map((row) =>
      textOf(row, field).toLowerCase(),
    );
    const down = (await bench.list(`users/clients?per_page=100&sort=${key}_desc`, 'clients')).map((row) =>
      textOf(row, field).toLowerCase(),
    );

    expect(up).toEqual([...up].sort());
    expect(down).toEqual([...down].sort().reverse());
    expect(up[0]).not.toBe(down[0]);
  });
});

describe('§3.5 includes', () => {
  it('invoices have no lines key unless it is asked for', async () => {
    const [plain] = await bench.list('invoices/invoices?per_page=1', 'invoices');
    const [lined] = await bench.list('invoices/invoices?per_page=1&include[]=lines', 'invoices');

    expect(plain).not.toHaveProperty('lines');
    expect(within(lined, 'lines', 0, 'lineid')).toBe(1);
  });

  it('takes several includes and ignores unknown ones', async () => {
    const row = await bench.one(
      'invoices/invoices/720001?include[]=presentation&include[]=lines&include[]=nonsense',
      'invoice',
    );

    expect(row).toHaveProperty('lines');
    expect(row).toHaveProperty('presentation.theme_layout', 'simple');
    expect(row).not.toHaveProperty('nonsense');
  });

  it('clients tell what they owe, one money per currency, doubly nested', async () => {
    const [client] = await bench.list(
      'users/clients?per_page=1&include[]=outstanding_balance&include[]=grand_total_balance',
      'clients',
    );

    expect(within(client, 'outstanding_balance', 0, 'amount')).toEqual({
      amount: expect.any(String),
      code: 'CAD',
    });
    expect(within(client, 'grand_total_balance', 0, 'amount')).toEqual({
      amount: expect.any(String),
      code: 'CAD',
    });
  });

  it('an expense tells its category', async () => {
    const [expense] = await bench.list('expenses/expenses?per_page=1&include[]=category', 'expenses');

    expect(within(expense, 'category', 'categoryid')).toBe(expense?.['categoryid']);
  });
});
