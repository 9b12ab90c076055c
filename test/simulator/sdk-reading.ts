import { Client } from '@freshbooks/api';
import { PaginationQueryBuilder } from '@freshbooks/api/dist/models/builders/index.js';
import * as z from 'zod';
import { sortedIds, sumByCurrency } from '../e2e/vendor-truth.ts';
import type { Bench } from './harness.ts';

// FreshBooks' books as its own Node SDK reads them, every page of them.
const alex = { email: 'alex@busyagency.example', identityId: '4410021' };
const mireille = { email: 'mireille@messy.example', identityId: '4410158' };
export const books = [
  { book: 'tiny', ...alex, accountId: 'TnSt2k', businessId: '8104533', systemId: '5210071' },
  { book: 'busy-agency', ...alex, accountId: 'BzAg7q', businessId: '8104417', systemId: '5210044' },
  { book: 'messy', ...mireille, accountId: 'MsF1l5', businessId: '8201006', systemId: '5233190' },
];
export type Book = (typeof books)[number];

type Wish = PaginationQueryBuilder[];
type Listing = {
  list: (sdk: Client, book: Book, wish: Wish) => Promise<{ ok: boolean; data?: unknown }>;
  /** The fields that say what a row is worth: FreshBooks' name of each, and the SDK's. */
  money: Readonly<Record<string, string>>;
};
const amount = { amount: 'amount' };
const owed = { ...amount, outstanding: 'outstanding', paid: 'paid' };

/** How the SDK lists each resource, by the catalogue's name for it. */
const listings = {
  clients: { list: (sdk, { accountId }, wish) => sdk.clients.list(accountId, wish), money: {} },
  invoices: { list: (sdk, { accountId }, wish) => sdk.invoices.list(accountId, wish), money: owed },
  payments: { list: (sdk, { accountId }, wish) => sdk.payments.list(accountId, wish), money: amount },
  credit_notes: {
    list: (sdk, { accountId }, wish) => sdk.creditNotes.list(accountId, wish),
    money: { ...amount, paid: 'paid' },
  },
  expenses: { list: (sdk, { accountId }, wish) => sdk.expenses.list(accountId, wish), money: amount },
  expense_categories: {
    list: (sdk, { accountId }, wish) => sdk.expenseCategories.list(accountId, wish),
    money: {},
  },
  bills: {
    list: (sdk, { accountId }, wish) => sdk.bills.list(accountId, wish),
    money: { ...owed, total_amount: 'totalAmount', tax_amount: 'taxAmount' },
  },
  bill_payments: {
    list: (sdk, { accountId }, wish) => sdk.billPayments.list(accountId, wish),
    money: amount,
  },
  // What is owed to each follows from the bills, and is added up from them.
  bill_vendors: { list: (sdk, { accountId }, wish) => sdk.billVendors.list(accountId, wish), money: {} },
  items: {
    list: (sdk, { accountId }, wish) => sdk.items.list(accountId, wish),
    money: { unit_cost: 'unitCost' },
  },
  tasks: { list: (sdk, { accountId }, wish) => sdk.tasks.list(accountId, wish), money: { rate: 'rate' } },
  other_income: {
    list: (sdk, { accountId }, wish) => sdk.otherIncomes.list(accountId, wish),
    money: amount,
  },
  journal_entry_accounts: {
    list: (sdk, { accountId }, wish) => sdk.journalEntryAccounts.list(accountId, wish),
    money: { balance: 'balance' },
  },
  journal_entry_details: {
    list: (sdk, { accountId }, wish) => sdk.journalEntryDetails.list(accountId, wish),
    money: { debit: 'debit', credit: 'credit' },
  },
  projects: {
    list: (sdk, { businessId }, wish) => sdk.projects.list(Number(businessId), wish),
    money: { fixed_price: 'fixedPrice', rate: 'rate' },
  },
  services: { list: (sdk, { businessId }) => sdk.services.list(Number(businessId)), money: {} },
} as const satisfies Record<string, Listing>;
export type Listed = keyof typeof listings;
export const listed = Object.keys(listings).filter((name): name is Listed => name in listings);

const Row = z.record(z.string(), z.unknown());
export type Row = z.infer<typeof Row>;
const Data = z.looseObject({ pages: z.looseObject({ pages: z.number() }).optional() });

export function sdkOf(bench: Bench): Client {
  const { clientId } = bench.simulator.apps.viewer;
  return new Client(clientId, { apiUrl: bench.url, accessToken: bench.token });
}

/** What the SDK lists of a resource. */
export async function listWithSdk(sdk: Client, book: Book, resource: Listed): Promise<Row[]> {
  const found: Row[] = [];
  const { list }: Listing = listings[resource];
  for (let page = 1, pages = 1; page <= pages; page += 1) {
    const { ok, data } = await list(sdk, book, [new PaginationQueryBuilder().page(page).perPage(100)]);
    if (!ok) throw new Error(`${resource}: the SDK gives nothing`);
    if (Array.isArray(data)) return z.array(Row).parse(data);
    const { pages: counted, ...named } = Data.parse(data);
    pages = counted?.pages ?? 1;
    found.push(...z.array(Row).parse(Object.values(named).find(Array.isArray)));
  }
  return found;
}

/** Number, ids, and the sums per currency of each field that is money. */
export type Figures = { count: number; ids: string[]; sums: Record<string, Record<string, string>> };

/** The figures of rows of FreshBooks, or, `asSdk`, of what the SDK made of them. */
export function figuresOf(resource: Listed, rows: readonly Row[], asSdk: 'asSdk' | 'raw'): Figures {
  const { money }: Listing = listings[resource];
  const sums = Object.entries(money).map(([field, name]) => {
    const worth = rows.flatMap((row) => moneyIn(row, row[asSdk === 'asSdk' ? name : field]));
    return [field, sumByCurrency(worth)];
  });
  return { count: rows.length, ids: sortedIds(rows.map(idOf)), sums: Object.fromEntries(sums) };
}

export function idOf(row: Row): string {
  return String(row['id'] ?? row['vendorid'] ?? row['vendorId'] ?? row['incomeid'] ?? row['incomeId']);
}

const Money = z.object({ amount: z.union([z.string(), z.number()]), code: z.string() });

/** Money objects, lists of them, and bare amounts in the row's own currency, or in none that is told. */
export function moneyIn(row: Row, value: unknown): { amount: string; currency: string }[] {
  if (Array.isArray(value)) return value.flatMap((one) => moneyIn(row, one));
  const { success, data } = Money.safeParse(value);
  if (success) return [{ amount: String(data.amount), currency: data.code }];
  if (typeof value !== 'string' && typeof value !== 'number') return [];
  return [{ amount: String(value), currency: String(row['currency_code'] ?? row['currencyCode'] ?? 'none') }];
}
