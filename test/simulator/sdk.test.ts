import { Client } from '@freshbooks/api';
import {
  IncludesQueryBuilder,
  PaginationQueryBuilder,
  SearchQueryBuilder,
  SortQueryBuilder,
} from '@freshbooks/api/dist/models/builders/index.js';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { textOf } from '../../simulator/json.ts';
import { codeFrom, redirectUri, registerRedirect } from './consent.ts';
import { accounts, type Bench, people, startBench } from './harness.ts';

const noon = Date.UTC(2026, 5, 29, 16, 48, 49);
const { tiny } = accounts;
let bench: Bench;
let sdk: Client;
const client = (accessToken?: string, retries = 0) => {
  const { clientId, clientSecret } = bench.simulator.apps.viewer;
  const token = accessToken === undefined ? {} : { accessToken };
  return new Client(clientId, {
    clientSecret,
    redirectUri,
    apiUrl: bench.url,
    retryOptions: { retries },
    ...token,
  });
};
beforeEach(async () => {
  bench = await startBench({ now: () => noon });
  sdk = client(bench.token);
});
afterEach(() => bench.close());

describe('the official Node SDK: tokens', () => {
  beforeEach(async () => {
    await registerRedirect(bench);
  });

  it('exchanges a code and refreshes, and reads when the token ends', async () => {
    const fresh = client();
    const first = await fresh.getAccessToken(await codeFrom(bench));
    const second = await fresh.refreshAccessToken();

    expect(first?.accessTokenExpiresAt).toEqual(new Date(Math.floor(noon / 1_000) * 1_000 + 43_200_000));
    expect(second?.refreshToken).not.toBe(first?.refreshToken);
    expect((await fresh.users.me()).ok).toBe(true);
  });

  it('a spent refresh token throws', async () => {
    const fresh = client();
    const first = await fresh.getAccessToken(await codeFrom(bench));
    await fresh.refreshAccessToken();

    await expect(fresh.refreshAccessToken(first?.refreshToken)).rejects.toMatchObject({ statusCode: '400' });
  });

  it('the authorize URL is FRESHBOOKS_AUTH_URL’s and the simulator knows its path', async () => {
    process.env['FRESHBOOKS_AUTH_URL'] = bench.url;
    const url = client().getAuthRequestUrl(['user:clients:read']);
    delete process.env['FRESHBOOKS_AUTH_URL'];

    expect((await fetch(url)).status).toBe(200);
  });
});

describe('the official Node SDK: users.me', () => {
  it('reads the person, memberships and roles', async () => {
    const { data } = await sdk.users.me();

    expect(data).toMatchObject({ id: '4410021', firstName: 'Alex', email: people.alex });
    expect(data?.businessMemberships?.map(({ business }) => business?.name)).toContain('Paper Plans');
  });

  it('an unknown token throws with the auth family’s sentence', async () => {
    await expect(client('unknown').users.me()).rejects.toMatchObject({
      statusCode: '401',
      message: 'This action requires authentication to continue.',
    });
  });
});

describe('the official Node SDK: clients', () => {
  it('creates, reads, changes and deletes; stamps come out as the moment they were', async () => {
    const made = (await sdk.clients.create({ fName: 'Sam', email: 'sam@sdk.example' }, tiny)).data;
    const id = String(made?.id);
    const changed = (await sdk.clients.update({ note: 'Hi' }, tiny, id)).data;
    const deleted = (await sdk.clients.delete(tiny, id)).data;

    expect(made?.updated).toEqual(new Date(noon));
    expect(made?.signupDate).toEqual(new Date(noon));
    expect(changed).toMatchObject({ fName: 'Sam', note: 'Hi' });
    expect(deleted?.visState).toBe(1);
    expect((await sdk.clients.single(tiny, id)).data?.visState).toBe(1);
  });

  it('lists with paging, search and sort', async () => {
    const paged = (await sdk.clients.list(tiny, [new PaginationQueryBuilder().page(2).perPage(2)])).data;
    const found = (await sdk.clients.list(tiny, [new SearchQueryBuilder().equals('userid', 210_003)])).data;
    const several = (
      await sdk.clients.list(tiny, [new SearchQueryBuilder().in('userids', [210_001, 210_002])])
    ).data;
    const sorted = (await sdk.clients.list(tiny, [new SortQueryBuilder().desc('email')])).data;
    const emails = sorted?.clients.map(({ email }) => email);

    expect(paged?.pages).toEqual({ page: 2, pages: 3, size: 2, total: 5 });
    expect(found?.clients.map(({ id }) => id)).toEqual([210_003]);
    expect(several?.clients.map(({ id }) => id)).toEqual([210_002, 210_001]);
    expect(emails).toEqual([...(emails ?? [])].sort().reverse());
  });

  it('a client that is not there throws errno 1012 in either shape', async () => {
    await expect(sdk.clients.single(tiny, '12345')).rejects.toMatchObject({
      statusCode: '404',
      message: 'Client not found.',
      errors: [{ errorCode: 1012, field: 'userid', object: 'client', value: '12345' }],
    });
  });
});

describe('the official Node SDK: invoices and payments', () => {
  const line = {
    name: 'Work',
    qty: 3,
    unitCost: { amount: '10.00', code: 'CAD' },
    taxName1: 'HST',
    taxAmount1: 13,
  };
  const makeInvoice = () =>
    sdk.invoices.update(tiny, '230001', { lines: [line] }, [new IncludesQueryBuilder().includes('lines')]);

  it('creates an invoice and sees its money, its dates and no lines', async () => {
    const { data } = await sdk.invoices.create(
      { customerId: 210_001, currencyCode: 'CAD', createDate: new Date(2026, 5, 20), lines: [line] },
      tiny,
    );

    expect(data).toMatchObject({
      amount: { amount: '33.90', code: 'CAD' },
      createdAt: new Date(noon),
      v3Status: 'draft',
    });
    expect(data?.lines).toBeUndefined();
  });

  it('includes lines when asked', async () => {
    const { data } = await makeInvoice();

    expect(data?.lines).toMatchObject([{ name: 'Work', qty: '3', amount: { amount: '30.00', code: 'USD' } }]);
  });

  it('searches between days', async () => {
    const search = new SearchQueryBuilder().between('date', { min: '2026-01-01', max: '2026-12-31' });
    const { data } = await sdk.invoices.list(tiny, [search]);
    const truth = (await bench.truth('invoices')).filter((row) => textOf(row, 'create_date') >= '2026-01-01');

    expect(data?.pages.total).toBe(truth.length);
    expect(truth.length).toBeGreaterThan(0);
  });

  it('marks as sent, shares a link, deletes', async () => {
    const sent = await sdk.invoices.update(tiny, '230001', { actionMarkAsSent: true });
    const link = await sdk.invoices.shareLink(tiny, '230001');
    const deleted = await sdk.invoices.delete(tiny, '230001');

    expect(sent.data?.status).not.toBe(1);
    expect(link.data).toMatchObject({ resourceId: '230001' });
    expect(deleted.data?.visState).toBe(1);
  });

  it('pays, changes and deletes a payment', async () => {
    const { data: invoice } = await sdk.invoices.create(
      { customerId: 210_001, currencyCode: 'CAD', createDate: new Date(2026, 5, 20), lines: [line] },
      tiny,
    );
    const paid = await sdk.payments.create(tiny, {
      invoiceId: invoice?.id,
      amount: { amount: '3.90', code: 'CAD' },
      date: new Date(2026, 5, 21),
      type: 'Check',
    });
    const id = String(paid.data?.id);
    const changed = await sdk.payments.update(tiny, id, { note: 'late' });
    const deleted = await sdk.payments.delete(tiny, id);
    const listed = await sdk.payments.list(tiny, [
      new SearchQueryBuilder().equals('invoiceid', Number(invoice?.id)),
    ]);

    expect(paid.data).toMatchObject({ amount: { amount: '3.90', code: 'CAD' }, updated: new Date(noon) });
    expect(changed.data?.note).toBe('late');
    expect(deleted.data?.visState).toBe(1);
    expect(listed.data?.payments).toEqual([]);
    expect((await sdk.payments.single(tiny, id)).data?.visState).toBe(1);
  });
});

describe('the official Node SDK: expenses and categories', () => {
  it('creates, lists with its category and deletes an expense', async () => {
    const fields = {
      amount: { amount: '39.991', code: 'CAD' },
      categoryId: 219_002,
      staffId: 1,
      date: new Date(2026, 5, 28),
    };
    const made = await sdk.expenses.create(fields, tiny);
    const id = String(made.data?.id);
    const single = await sdk.expenses.single(tiny, id, [new IncludesQueryBuilder().includes('category')]);
    const deleted = await sdk.expenses.delete(tiny, id);

    expect(made.data).toMatchObject({ amount: { amount: '39.991', code: 'CAD' }, updated: new Date(noon) });
    expect(single.data?.category).toMatchObject({ id: 219_002 });
    expect(deleted.data?.visState).toBe(1);
  });

  it('lists and reads categories', async () => {
    const { data } = await sdk.expenseCategories.list(tiny);
    const first = data?.categories[0];

    expect(data?.pages.total).toBe(9);
    expect((await sdk.expenseCategories.single(tiny, String(first?.id))).data?.category).toBe(
      first?.category,
    );
  });
});

describe('the SDK’s own faults, shown (listed in simulator/README.md)', () => {
  it('boolean() sends the bare key, which accounting ignores', async () => {
    const all = (await sdk.invoices.list(tiny)).data?.pages.total;
    const asked = (await sdk.invoices.list(tiny, [new SearchQueryBuilder().boolean('paid', true)])).data
      ?.pages.total;
    const meant = (await sdk.invoices.list(tiny, [new SearchQueryBuilder().equals('paid', 'true')])).data
      ?.pages.total;

    expect(asked).toBe(all);
    expect(meant).not.toBe(all);
  });

  it('like() does not add _like: the key it sends is another filter, or none', async () => {
    const bare = await sdk.clients.list(tiny, [
      new SearchQueryBuilder().like('organization', 'no such name'),
    ]);
    const full = await sdk.clients.list(tiny, [
      new SearchQueryBuilder().like('organization_like', 'no such name'),
    ]);

    expect([bare.data?.pages.total, full.data?.pages.total]).toEqual([5, 0]);
  });

  it('its own names of statuses are refused: FreshBooks wants the number (errno 1015)', async () => {
    await expect(sdk.invoices.update(tiny, '230001', { status: 'sent' })).rejects.toMatchObject({
      errors: [{ errorCode: 1015 }],
    });
  });

  it('an expense or a payment without a date never leaves the SDK', async () => {
    // @ts-expect-error the types demand a date; a JavaScript caller leaves it out
    await expect(sdk.expenses.update({ notes: 'x' }, tiny, '270001')).rejects.toBeInstanceOf(TypeError);
    await expect(sdk.payments.create(tiny, { invoiceId: 230_001 })).rejects.toBeInstanceOf(TypeError);
  });

  it('a 200 that carries errors is called ok', async () => {
    await bench.control('POST', '/faults', { kind: 'errors-in-200', errno: 12_001 });
    const result = await sdk.clients.list(tiny);

    expect(result.ok).toBe(true);
    expect(result.data).toMatchObject({ errors: [{ errorCode: 12_001 }] });
  });

  it('a dropped connection ends in a TypeError of its retry rule, by default', async () => {
    await bench.control('POST', '/faults', { kind: 'drop-before' });
    const { clientId } = bench.simulator.apps.viewer;
    const usual = new Client(clientId, { apiUrl: bench.url, accessToken: bench.token });

    await expect(usual.users.me()).rejects.toThrow(/reading 'status'/);
  });

  it('an HTML page ends in a SyntaxError, not in an API error', async () => {
    await bench.control('POST', '/faults', { kind: 'html' });

    await expect(sdk.users.me()).rejects.toBeInstanceOf(SyntaxError);
  });

  it('ids of expenses become text, those of clients stay numbers', async () => {
    const expense = (await sdk.expenses.list(tiny)).data?.expenses[0];
    const someone = (await sdk.clients.list(tiny)).data?.clients[0];

    expect([typeof expense?.id, typeof someone?.id]).toEqual(['string', 'number']);
  });
});
