import type { Client } from '@freshbooks/api';
import { SearchQueryBuilder } from '@freshbooks/api/dist/models/builders/index.js';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { dataTypes } from '../../src/domain/data-types.ts';
import { sortedIds, sumByCurrency } from '../e2e/vendor-truth.ts';
import { openWorker, type Worker } from '../histories/worker.ts';
import { type Bench, startBench } from './harness.ts';
import {
  books,
  figuresOf,
  idOf,
  type Listed,
  listed,
  listWithSdk,
  moneyIn,
  type Row,
  sdkOf,
} from './sdk-reading.ts';

// The books read twice: whole by the worker, and page by page by FreshBooks' own Node SDK. Raw rows and unified records
// agree with it in number, ids and sums per currency.
const now = Date.UTC(2026, 10, 2, 15);

/** Unified types: the resources their records are made of one by one, and what their money is there. */
const unified: Readonly<Record<string, { from: Listed; money: Readonly<Record<string, string>> }>> = {
  customers: { from: 'clients', money: {} },
  invoices: { from: 'invoices', money: { totalAmount: 'amount', amountDue: 'outstanding' } },
  payments: { from: 'payments', money: { totalAmount: 'amount' } },
  directCosts: { from: 'expenses', money: { totalAmount: 'amount' } },
  creditNotes: { from: 'credit_notes', money: { totalAmount: 'amount' } },
  bills: { from: 'bills', money: { totalAmount: 'totalAmount', amountDue: 'outstanding' } },
  billPayments: { from: 'bill_payments', money: { totalAmount: 'amount' } },
  directIncomes: { from: 'other_income', money: { totalAmount: 'amount' } },
  trackingCategories: { from: 'expense_categories', money: {} },
};

const Item = z.object({ invoiceItem: z.object({ unitPrice: z.number() }) });

describe.each(books)('$book', (book) => {
  let bench: Bench;
  let held: Awaited<ReturnType<Worker['held']>>;
  let sdk: Client;
  const bySdk = new Map<Listed, Promise<Row[]>>();
  const read = (resource: Listed): Promise<Row[]> => {
    const rows = bySdk.get(resource) ?? listWithSdk(sdk, book, resource);
    bySdk.set(resource, rows);
    return rows;
  };
  const rawOf = (resource: string): Row[] =>
    (held.raw.get(resource) ?? []).filter(({ deleted }) => !deleted).map(({ id, raw }) => ({ id, ...raw }));
  const recordsOf = (type: string): Row[] =>
    (held.unified.get(type) ?? []).filter((record) => !isDeleted(record));

  beforeAll(async () => {
    const { email, ...business } = book;
    bench = await startBench({ now: () => now, email, account: book.accountId });
    sdk = sdkOf(bench);
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

  it.each(listed)('has the same %s as the official SDK gives', async (resource) => {
    const ours = figuresOf(resource, rawOf(resource), 'raw');

    expect(ours).toEqual(figuresOf(resource, await read(resource), 'asSdk'));
    expect(ours.count).toBeGreaterThan(0);
    for (const sums of Object.values(ours.sums)) expect(sums).not.toEqual({});
  });

  it.each(Object.entries(unified))('serves the same %s', async (type, { from, money }) => {
    const records = recordsOf(type);
    const rows = await read(from);

    expect(sortedIds(records.map(idOf))).toEqual(sortedIds(rows.map(idOf)));
    for (const [field, name] of Object.entries(money)) {
      const inRecords = records.map((record) => ({
        amount: String(record[field]),
        currency: String(record['currency']),
      }));
      const sums = sumByCurrency(rows.flatMap((row) => moneyIn(row, row[name])));
      expect({ field, ...sumByCurrency(inRecords) }).toEqual({ field, ...sums });
      expect(Object.values(sums).some((sum) => Number(sum) > 0)).toBe(true);
    }
  });

  it('serves its items and services as items, at their prices', async () => {
    const items = (await read('items')).map((row) => [idOf(row), row['unitCost']]);
    const services = await Promise.all((await read('services')).map(async (row) => [row, await rateOf(row)]));
    const priced = [
      ...items.map(([id, cost]) => [id, moneyIn({}, cost)[0]?.amount]),
      ...services.map(([row, rate]) => [`service-${idOf(z.looseObject({}).parse(row))}`, rate]),
    ].map(([id, price]) => [id, Number(price)]);

    const ours = recordsOf('items').map((record) => [record['id'], Item.parse(record).invoiceItem.unitPrice]);

    expect(ours.toSorted()).toEqual(priced.toSorted());
    expect(items.length * services.length).toBeGreaterThan(0);
  });

  it('serves the vendors of its bills and of its expenses as suppliers', async () => {
    const vendors = await read('bill_vendors');
    const names = new Set(vendors.map((row) => plain(row['vendorName'])));
    const others = (await read('expenses'))
      .map((row) => plain(row['vendor']))
      .filter((name) => name !== '' && !names.has(name));
    const suppliers = recordsOf('suppliers');
    const isVendor = (record: Row): boolean => /^\d+$/.test(idOf(record));

    expect(sortedIds(suppliers.filter(isVendor).map(idOf))).toEqual(sortedIds(vendors.map(idOf)));
    expect(
      suppliers
        .filter((one) => !isVendor(one))
        .map((one) => plain(one['supplierName']))
        .sort(),
    ).toEqual([...new Set(others)].sort());
  });

  /** What the SDK says an hour of a service costs, which it tells one by one. */
  const rateOf = async (service: Row): Promise<string> => {
    const { data } = await sdk.services.rate.single(Number(book.businessId), Number(idOf(service)));
    return String(data?.rate);
  };

  it('has the same rate of each service', async () => {
    const services = await read('services');
    const theirs = await Promise.all(services.map(async (row) => [idOf(row), await rateOf(row)]));

    const ours = rawOf('service_rates').map((row) => [String(row['service_id']), row['rate']]);

    expect(ours.toSorted()).toEqual(theirs.toSorted());
  });

  it('has the same payment options', async () => {
    const { data } = await sdk.paymentOptions.default(book.accountId);
    const [ours = {}] = rawOf('payment_options');

    expect(data).toEqual({
      gatewayName: ours['gateway_name'],
      hasCreditCard: ours['has_credit_card'],
      hasAchTransfer: ours['has_ach_transfer'],
      hasBacsDebit: ours['has_bacs_debit'],
      hasSepaDebit: ours['has_sepa_debit'],
      hasPayPalSmartCheckout: ours['has_paypal_smart_checkout'],
      allowPartialPayments: ours['allow_partial_payments'],
      entityId: ours['entity_id'],
      entityType: ours['entity_type'],
    });
    expect(data?.gatewayName).toBeDefined();
  });

  it('has the same business and role of the person', async () => {
    const { data } = await sdk.users.me();
    const theirs = data?.businessMemberships?.find(
      ({ business }) => String(business?.id) === book.businessId,
    );
    const [ours = {}] = rawOf('users_me');
    const business = z.looseObject({}).parse(ours['business']);

    expect(String(data?.id)).toBe(book.identityId);
    expect([ours['role'], business['id'], business['name'], business['account_id']]).toEqual([
      theirs?.role,
      Number(theirs?.business?.id),
      theirs?.business?.name,
      theirs?.business?.accountId,
    ]);
  });

  /** Whether anything was paid in the time that a report is of. */
  const wasPaid = ({ start_date = '', end_date = '' }: Record<string, string>): boolean =>
    rawOf('payments').some(({ date }) => String(date) >= start_date && String(date) <= end_date);

  it.each(['payments_collected', 'profitloss_entity', 'taxsummary'] as const)(
    'has the same report %s of each time it is held for',
    async (name) => {
      const call = {
        payments_collected: sdk.reports.paymentsCollected,
        profitloss_entity: sdk.reports.profitLoss,
        taxsummary: sdk.reports.taxSummary,
      }[name];
      const rows = rawOf(name);
      for (const { parameters, report } of rows) {
        const asked = z.record(z.string(), z.string()).parse(parameters);
        const wish = new SearchQueryBuilder();
        for (const [key, value] of Object.entries(asked)) wish.equals(key, value);
        const { ok, data } = await call(book.accountId, [wish]);
        expect(ok).toBe(true);
        const theirs = amountsIn(data);
        expect(amountsIn(report)).toEqual(theirs);
        expect(theirs.length > 0).toBe(name !== 'payments_collected' || wasPaid(asked));
      }
      expect(rows.length).toBeGreaterThan(0);
    },
  );
});

/** Every amount of a report, wherever it stands, ordered: the SDK renames the fields around them and keeps these. */
function amountsIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  const money = moneyIn({}, value).map(({ amount, currency }) => `${amount} ${currency}`);
  if (!Array.isArray(value) && money.length > 0) return money;
  return Object.values(value).flatMap(amountsIn).sort();
}

/** A name as far as it tells one vendor from another. */
function plain(name: unknown): string {
  return String(name ?? '')
    .normalize('NFKC')
    .trim()
    .replaceAll(/\s+/g, ' ')
    .toLowerCase();
}

function isDeleted(record: Row): boolean {
  return z.object({ metadata: z.object({ isDeleted: z.boolean() }) }).parse(record).metadata.isDeleted;
}
