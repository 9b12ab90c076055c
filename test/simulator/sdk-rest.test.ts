import { Client } from '@freshbooks/api';
import { IncludesQueryBuilder, PaginationQueryBuilder } from '@freshbooks/api/dist/models/builders/index.js';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parseJson, rowsOf } from '../../simulator/json.ts';
import { idOf } from '../../simulator/row-index.ts';
import { accounts, type Bench, rowWithin, startBench } from './harness.ts';

const { tiny } = accounts;
const business = 8_104_533;
let bench: Bench;
let sdk: Client;
beforeAll(async () => {
  bench = await startBench({ now: () => Date.UTC(2026, 5, 29, 16, 48, 49) });
  const { clientId, clientSecret } = bench.simulator.apps.viewer;
  sdk = new Client(clientId, {
    clientSecret,
    redirectUri: 'https://localhost/viewer',
    apiUrl: bench.url,
    accessToken: bench.token,
    retryOptions: { retries: 0 },
  });
});
afterAll(() => bench.close());

const page = () => [new PaginationQueryBuilder().page(1).perPage(100)];
const ids = async (resource: string, from = tiny): Promise<readonly string[]> =>
  (await bench.truth(resource, from))
    .filter((row) => row['vis_state'] !== 1 && row['active'] !== false)
    .map((row) => String(idOf(row)))
    .sort();
const sorted = (values: readonly unknown[] | undefined): readonly string[] =>
  (values ?? []).map(String).sort();

// Its types name other keys (`vendors`, `timeEntries`) than the ones it gives.
const untyped = (data: unknown, key: string) => rowsOf(rowWithin(parseJson(JSON.stringify(data))), key);

describe('the official Node SDK reads what it has a class for', () => {
  it.each([
    ['items', async () => (await sdk.items.list(tiny, page())).data?.items.map(({ id }) => id)],
    ['tasks', async () => (await sdk.tasks.list(tiny, page())).data?.tasks.map(({ id }) => id)],
    ['bills', async () => (await sdk.bills.list(tiny, page())).data?.bills.map(({ id }) => id)],
    [
      'bill_payments',
      async () => (await sdk.billPayments.list(tiny, page())).data?.billPayments.map(({ id }) => id),
    ],
    [
      'bill_vendors',
      async () =>
        untyped((await sdk.billVendors.list(tiny, page())).data, 'bill_vendors').map(
          (row) => row['vendorId'],
        ),
    ],
    [
      'credit_notes',
      async () => (await sdk.creditNotes.list(tiny, page())).data?.creditNotes.map(({ id }) => id),
    ],
    [
      'other_income',
      async () =>
        (await sdk.otherIncomes.list(tiny, page())).data?.otherIncomes.map(({ incomeId }) => incomeId),
    ],
    ['projects', async () => (await sdk.projects.list(business)).data?.projects.map(({ id }) => id)],
    [
      'services',
      async () => untyped((await sdk.services.list(business)).data, 'services').map((row) => row['id']),
    ],
    [
      'journal_entry_accounts',
      async () =>
        (await sdk.journalEntryAccounts.list(tiny, page())).data?.journalEntryAccounts.map(({ id }) => id),
    ],
  ] as const)('%s: every one of them', async (resource, read) => {
    const found = await read();

    expect(found?.length).toBeGreaterThan(0);
    expect(sorted(found)).toEqual(await ids(resource));
  });

  it('a bill with its lines and payments', async () => {
    const includes = new IncludesQueryBuilder().includes('lines').includes('bill_payments');
    const bills = (await sdk.bills.list(tiny, [includes])).data?.bills ?? [];

    expect(bills.every((bill) => (bill.lines?.length ?? 0) > 0)).toBe(true);
    expect(bills.some((bill) => (bill.billPayments?.length ?? 0) > 0)).toBe(true);
  });

  it('payment options, of the account and of an invoice', async () => {
    expect((await sdk.paymentOptions.default(tiny)).data?.gatewayName).toBe('stripe');
    expect((await sdk.paymentOptions.single(tiny, '230001')).data?.entityId).toBe('230001');
  });

  it('its three reports, of today where it asks without dates (§3A.23)', async () => {
    const today = new Date('2026-06-29').toISOString().slice(0, 10);

    expect((await sdk.reports.paymentsCollected(tiny)).ok).toBe(true);
    expect((await sdk.reports.profitLoss(tiny)).ok).toBe(true);
    expect(JSON.stringify((await sdk.reports.taxSummary(tiny)).data)).toContain(today);
  });
});

describe('what the SDK does on its own account', () => {
  it('§3A.5 creditNotes.single reads the plural key and throws', async () => {
    await expect(sdk.creditNotes.single(tiny, '240001')).rejects.toThrow(TypeError);
  });

  it('§3A.16 balances of accounts become numbers', async () => {
    const [cash] = (await sdk.journalEntryAccounts.list(tiny)).data?.journalEntryAccounts ?? [];

    expect(typeof cash?.balance).toBe('number');
  });
});
