import { Client } from '@freshbooks/api';
import { PaginationQueryBuilder } from '@freshbooks/api/dist/models/builders/index.js';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { dataTypes } from '../../src/domain/data-types.ts';
import { sortedIds, sumByCurrency } from '../e2e/vendor-truth.ts';
import { openWorker, type Worker } from '../histories/worker.ts';
import { type Bench, startBench } from './harness.ts';

// Every resource that FreshBooks' own Node SDK can list, read twice: whole by the worker, page by page by the SDK. They
// agree in number, ids and, where rows have an amount, sums per currency.
const now = Date.UTC(2026, 10, 2, 15);
const alex = { email: 'alex@busyagency.example', identityId: '4410021' };
const mireille = { email: 'mireille@messy.example', identityId: '4410158' };
const books = [
  { book: 'tiny', ...alex, accountId: 'TnSt2k', businessId: '8104533', systemId: '5210071' },
  { book: 'busy-agency', ...alex, accountId: 'BzAg7q', businessId: '8104417', systemId: '5210044' },
  { book: 'messy', ...mireille, accountId: 'MsF1l5', businessId: '8201006', systemId: '5233190' },
];

type Wish = PaginationQueryBuilder[];
type Book = (typeof books)[number];
/** How the SDK lists each resource, by the catalogue's name for it. */
const lists = {
  clients: (sdk: Client, { accountId }: Book, wish: Wish) => sdk.clients.list(accountId, wish),
  invoices: (sdk: Client, { accountId }: Book, wish: Wish) => sdk.invoices.list(accountId, wish),
  payments: (sdk: Client, { accountId }: Book, wish: Wish) => sdk.payments.list(accountId, wish),
  credit_notes: (sdk: Client, { accountId }: Book, wish: Wish) => sdk.creditNotes.list(accountId, wish),
  expenses: (sdk: Client, { accountId }: Book, wish: Wish) => sdk.expenses.list(accountId, wish),
  expense_categories: (sdk: Client, { accountId }: Book, wish: Wish) =>
    sdk.expenseCategories.list(accountId, wish),
  bills: (sdk: Client, { accountId }: Book, wish: Wish) => sdk.bills.list(accountId, wish),
  bill_payments: (sdk: Client, { accountId }: Book, wish: Wish) => sdk.billPayments.list(accountId, wish),
  bill_vendors: (sdk: Client, { accountId }: Book, wish: Wish) => sdk.billVendors.list(accountId, wish),
  items: (sdk: Client, { accountId }: Book, wish: Wish) => sdk.items.list(accountId, wish),
  tasks: (sdk: Client, { accountId }: Book, wish: Wish) => sdk.tasks.list(accountId, wish),
  other_income: (sdk: Client, { accountId }: Book, wish: Wish) => sdk.otherIncomes.list(accountId, wish),
  journal_entry_accounts: (sdk: Client, { accountId }: Book, wish: Wish) =>
    sdk.journalEntryAccounts.list(accountId, wish),
  journal_entry_details: (sdk: Client, { accountId }: Book, wish: Wish) =>
    sdk.journalEntryDetails.list(accountId, wish),
  projects: (sdk: Client, { businessId }: Book, wish: Wish) => sdk.projects.list(Number(businessId), wish),
  services: (sdk: Client, { businessId }: Book) => sdk.services.list(Number(businessId)),
} as const;
type Resource = keyof typeof lists;
const resources = Object.keys(lists).filter((name): name is Resource => name in lists);

const Money = z.object({ amount: z.union([z.string(), z.number()]), code: z.string() });
const Row = z.looseObject({
  id: z.union([z.string(), z.number()]).optional(),
  vendorId: z.union([z.string(), z.number()]).optional(),
  incomeId: z.union([z.string(), z.number()]).optional(),
  amount: z.unknown().optional(),
});
const Data = z.looseObject({ pages: z.looseObject({ pages: z.number() }).optional() });

type Figures = { count: number; ids: string[]; sums: Record<string, string> };

function figuresOf(rows: readonly { id: string; amount: unknown }[]): Figures {
  const money = rows.flatMap(({ amount }) => {
    const { success, data } = Money.safeParse(amount);
    return success ? [{ amount: String(data.amount), currency: data.code }] : [];
  });
  return { count: rows.length, ids: sortedIds(rows.map(({ id }) => id)), sums: sumByCurrency(money) };
}

/** What the SDK lists, every page of it. */
async function readWithSdk(sdk: Client, book: Book, resource: Resource): Promise<Figures> {
  const found: z.infer<typeof Row>[] = [];
  for (let page = 1, pages = 1; page <= pages; page += 1) {
    const { ok, data } = await lists[resource](sdk, book, [
      new PaginationQueryBuilder().page(page).perPage(100),
    ]);
    if (!ok) throw new Error(`${resource}: the SDK gives nothing`);
    if (Array.isArray(data)) {
      found.push(...z.array(Row).parse(data));
      break;
    }
    const { pages: counted, ...named } = Data.parse(data);
    pages = counted?.pages ?? 1;
    found.push(...z.array(Row).parse(Object.values(named).find(Array.isArray)));
  }
  return figuresOf(
    found.map(({ id, vendorId, incomeId, amount }) => ({ id: String(id ?? vendorId ?? incomeId), amount })),
  );
}

describe.each(books)('$book', (book) => {
  let bench: Bench;
  let held: Awaited<ReturnType<Worker['held']>>;
  let sdk: Client;
  beforeAll(async () => {
    const { email, ...business } = book;
    bench = await startBench({ now: () => now, email, account: book.accountId });
    sdk = new Client(bench.simulator.apps.viewer.clientId, { apiUrl: bench.url, accessToken: bench.token });
    const worker = await openWorker({
      url: bench.url,
      business,
      now: () => now,
      signIn: async () => bench.token,
      through: (send) => send(),
      perPage: 100,
      types: dataTypes,
    });
    expect(await worker.turn({ skew: 0, patience: 900 })).toBe('published');
    held = await worker.held();
  }, 600_000);
  afterAll(() => bench.close());

  it.each(resources)('has the same %s as the official SDK gives', async (resource) => {
    const live = (held.raw.get(resource) ?? []).filter(({ deleted }) => !deleted);
    const ours = figuresOf(live.map(({ id, raw }) => ({ id, amount: raw['amount'] })));

    expect(ours).toEqual(await readWithSdk(sdk, book, resource));
    expect(ours.count).toBeGreaterThan(0);
  });
});
