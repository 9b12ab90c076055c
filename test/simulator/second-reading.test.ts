import { Client } from '@freshbooks/api';
import { PaginationQueryBuilder } from '@freshbooks/api/dist/models/builders/index.js';
import { describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { sortedIds, sumByCurrency } from '../e2e/vendor-truth.ts';
import { openWorker } from '../histories/worker.ts';
import { startBench } from './harness.ts';

// The books read twice: by the worker, and page by page by FreshBooks' own Node SDK.
const now = Date.UTC(2026, 10, 2, 15);
const alex = { email: 'alex@busyagency.example', identityId: '4410021' };
const mireille = { email: 'mireille@messy.example', identityId: '4410158' };
const books = [
  { book: 'tiny', ...alex, accountId: 'TnSt2k', businessId: '8104533', systemId: '5210071' },
  { book: 'busy-agency', ...alex, accountId: 'BzAg7q', businessId: '8104417', systemId: '5210044' },
  { book: 'messy', ...mireille, accountId: 'MsF1l5', businessId: '8201006', systemId: '5233190' },
];
const types = ['customers', 'invoices', 'payments', 'directCosts'] as const;
type Checked = (typeof types)[number];

const Row = z.looseObject({
  id: z.union([z.string(), z.number()]),
  amount: z.object({ amount: z.unknown(), code: z.string() }).optional(),
});
type Figures = { count: number; ids: string[]; sums: Record<string, string> };

function figuresOf(rows: readonly { id: string; amount: string; currency: string }[]): Figures {
  return { count: rows.length, ids: sortedIds(rows.map(({ id }) => id)), sums: sumByCurrency(rows) };
}

/** What the SDK lists, every page of it. */
async function readWithSdk(sdk: Client, accountId: string, type: Checked): Promise<Figures> {
  const found: z.infer<typeof Row>[] = [];
  for (let page = 1, pages = 1; page <= pages; page += 1) {
    const wish = [new PaginationQueryBuilder().page(page).perPage(100)];
    const list = {
      customers: async () => (await sdk.clients.list(accountId, wish)).data,
      invoices: async () => (await sdk.invoices.list(accountId, wish)).data,
      payments: async () => (await sdk.payments.list(accountId, wish)).data,
      directCosts: async () => (await sdk.expenses.list(accountId, wish)).data,
    };
    const data = await list[type]();
    if (data === undefined || data === null) throw new Error(`${type}: the SDK gives nothing`);
    pages = data.pages.pages;
    const { pages: _pages, ...named } = data;
    found.push(...z.array(Row).parse(Object.values(named)[0]));
  }
  return figuresOf(
    found.map(({ id, amount }) => ({
      id: String(id),
      amount: String(amount?.amount ?? '0'),
      currency: amount?.code ?? 'none',
    })),
  );
}

const Record = z.looseObject({
  id: z.string(),
  totalAmount: z.number().optional(),
  currency: z.string().optional(),
  metadata: z.object({ isDeleted: z.boolean() }),
});

function ours(records: readonly unknown[], type: Checked): Figures {
  const live = z
    .array(Record)
    .parse(records)
    .filter(({ metadata }) => !metadata.isDeleted);
  return figuresOf(
    live.map(({ id, totalAmount, currency }) => ({
      id,
      amount: String(totalAmount ?? 0),
      currency: type === 'customers' ? 'none' : (currency ?? 'none'),
    })),
  );
}

describe.each(books)('$book', ({ email, accountId, ...rest }) => {
  it('has the same records, ids and sums per currency by the worker and by the official SDK', async () => {
    const bench = await startBench({ now: () => now, email, account: accountId });
    const { clientId } = bench.simulator.apps.viewer;
    const sdk = new Client(clientId, { apiUrl: bench.url, accessToken: bench.token });
    const worker = await openWorker({
      url: bench.url,
      business: { accountId, ...rest },
      now: () => now,
      signIn: async () => bench.token,
      through: (send) => send(),
      perPage: 100,
      types,
    });

    expect(await worker.turn({ skew: 0, patience: 900 })).toBe('published');

    const { unified } = await worker.held();
    for (const type of types) {
      const figures = ours(unified.get(type) ?? [], type);
      expect({ type, ...figures }).toEqual({ type, ...(await readWithSdk(sdk, accountId, type)) });
      expect(figures.count).toBeGreaterThan(0);
    }
    await bench.close();
  });
});
