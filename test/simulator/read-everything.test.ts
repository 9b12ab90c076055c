import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { accountOf } from '../../simulator/people.ts';
import type { RawRow, ReadReport } from '../../src/app/ports.ts';
import type { Drift } from '../../src/domain/drift.ts';
import { Account } from '../../src/domain/unified/account.ts';
import { Bill } from '../../src/domain/unified/bill.ts';
import { BillPayment } from '../../src/domain/unified/bill-payment.ts';
import { CreditNote } from '../../src/domain/unified/credit-note.ts';
import { Customer } from '../../src/domain/unified/customer.ts';
import { DirectCost } from '../../src/domain/unified/direct-cost.ts';
import { DirectIncome } from '../../src/domain/unified/direct-income.ts';
import { Invoice } from '../../src/domain/unified/invoice.ts';
import { Item } from '../../src/domain/unified/item.ts';
import { JournalEntry } from '../../src/domain/unified/journal-entry.ts';
import { Payment } from '../../src/domain/unified/payment.ts';
import { Supplier } from '../../src/domain/unified/supplier.ts';
import { TaxRate } from '../../src/domain/unified/tax-rate.ts';
import { TrackingCategory } from '../../src/domain/unified/tracking-category.ts';
import { catalog, isResource } from '../../src/freshbooks/catalog.ts';
import { makeClient } from '../../src/freshbooks/client.ts';
import { unlisted } from '../../src/freshbooks/drift.ts';
import { compareIds } from '../../src/freshbooks/ids.ts';
import { project } from '../../src/freshbooks/project/projections.ts';
import { makeReadResource } from '../../src/freshbooks/read-resource.ts';
import { makeTransport } from '../../src/freshbooks/transport.ts';
import { usersMe } from './consent.ts';
import { accounts, type Bench, people, rowWithin, startBench } from './harness.ts';

// The source reads everything that a simulated business has, over HTTP, and maps it: two readings of one reference
// against each other.

const books = {
  tiny: { email: people.alex, account: accounts.tiny },
  busy: { email: people.alex, account: accounts.busy },
  messy: { email: people.mireille, account: accounts.messy },
} as const;

const schemas = {
  customers: Customer,
  invoices: Invoice,
  payments: Payment,
  taxRates: TaxRate,
  directCosts: DirectCost,
  trackingCategories: TrackingCategory,
  creditNotes: CreditNote,
  bills: Bill,
  billPayments: BillPayment,
  suppliers: Supplier,
  items: Item,
  journalEntries: JournalEntry,
  chartOfAccounts: Account,
  directIncomes: DirectIncome,
} as const;
type Shaped = keyof typeof schemas;
const shaped = Object.keys(schemas).filter((name): name is Shaped => Object.hasOwn(schemas, name));

type Held = { report: ReadReport; rows: Map<string, RawRow> };
type Everything = Map<string, Held>;

async function readAll(bench: Bench, account: string): Promise<Everything> {
  const tools = { now: Date.now, random: () => 0.5, sleep: async () => {} };
  const client = makeClient({ apiUrl: bench.url, transport: makeTransport(), tools });
  const read = makeReadResource({ client, now: Date.now });
  const business = await businessOf(bench, account);
  const all: Everything = new Map();
  for (const resource of Object.keys(catalog)) {
    const rows = new Map<string, RawRow>();
    const report = await read({
      resource,
      business,
      runId: 'run-1',
      token: async () => bench.token,
      refused: async () => bench.token,
      heldIds: async () => new Set(),
      onRows: async (more) => {
        for (const row of more) rows.set(row.id, row);
      },
      deadline: new Date(Date.now() + 600_000).toISOString(),
    });
    all.set(resource, { report, rows });
  }
  return all;
}

async function businessOf(bench: Bench, accountId: string) {
  const found = accountOf(accountId);
  if (found === undefined) throw new Error(`nobody has the account ${accountId}`);
  const { businessId, businessUuid, systemId, name } = found;
  const me = await usersMe(bench, bench.token);
  const identityId = String(rowWithin(me.json, 'response')['identity_id']);
  return {
    identityId,
    accountId,
    businessId: String(businessId),
    businessUuid,
    systemId: String(systemId),
    name,
  };
}

/** The records of a data type, and all that is wrong with them. */
async function recordsOf(dataType: Shaped, all: Everything) {
  const faults: unknown[] = [];
  const rows = async function* (resource: string): AsyncGenerator<RawRow> {
    const held = [...(all.get(resource)?.rows.values() ?? [])];
    yield* held.sort((a, b) => compareIds(a.id, b.id));
  };
  const drift = (found: Drift): unknown => faults.push(found);
  const records: Record<string, unknown>[] = [];
  const ids: string[] = [];
  const now = new Date().toISOString();
  for await (const { id, record } of project(dataType, rows, (entry) => faults.push(entry), now, drift)) {
    faults.push(...(schemas[dataType].safeParse(record).error?.issues ?? []).map((issue) => ({ id, issue })));
    records.push(record);
    ids.push(id);
  }
  return { records, ids, faults };
}

/** Ids that a property of records refers to: `supplierRef`, or `lineItems.taxRateRef` in each of a list. */
function referred(records: readonly unknown[], path: string): string[] {
  const [first = '', ...others] = path.split('.');
  const values = records.flatMap((one) => (isRecord(one) ? [one[first]] : []));
  if (others.length > 0) return referred(values.flat(), others.join('.'));
  return values.flat().flatMap((one) => (isRecord(one) && typeof one['id'] === 'string' ? [one['id']] : []));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const references: readonly (readonly [Shaped, string, Shaped])[] = [
  ['bills', 'supplierRef', 'suppliers'],
  ['billPayments', 'supplierRef', 'suppliers'],
  ['directCosts', 'contactRef', 'suppliers'],
  ['billPayments', 'lines.links', 'bills'],
  ['invoices', 'lineItems.taxRateRef', 'taxRates'],
  ['creditNotes', 'lineItems.taxRateRef', 'taxRates'],
  ['bills', 'lineItems.taxRateRef', 'taxRates'],
  ['directCosts', 'lineItems.taxRateRef', 'taxRates'],
  ['directIncomes', 'lineItems.taxRateRef', 'taxRates'],
  ['bills', 'lineItems.trackingCategoryRefs', 'trackingCategories'],
  ['creditNotes', 'customerRef', 'customers'],
  ['creditNotes', 'paymentAllocations.payment', 'payments'],
  ['journalEntries', 'journalLines.accountRef', 'chartOfAccounts'],
  ['journalEntries', 'journalLines.contactRef', 'customers'],
];

const seen = new Set<string>();

describe.each(Object.entries(books))('all of the book %s', (_, { email, account }) => {
  let bench: Bench;
  let all: Everything;
  const made = new Map<Shaped, ReturnType<typeof recordsOf>>();
  const recordsMade = (dataType: Shaped): ReturnType<typeof recordsOf> => {
    const found = made.get(dataType) ?? recordsOf(dataType, all);
    made.set(dataType, found);
    return found;
  };
  beforeAll(async () => {
    bench = await startBench({ email, account });
    all = await readAll(bench, account);
  });
  afterAll(() => bench.close());

  it('is read to the end, and nothing in it is unknown to its type', () => {
    const unfinished = [...all].filter(([, { report }]) => !report.complete);
    const warned = [...all].flatMap(([, { report }]) => report.warnings);
    const faults = [...all].flatMap(([name, { rows }]) =>
      [...rows.values()].flatMap(({ raw }) => {
        const resource = isResource(name) ? catalog[name] : undefined;
        return resource ? unlisted(raw, resource.fates).map((field) => `${name}.${field}`) : [];
      }),
    );

    expect({ unfinished, warned, unknown: [...new Set(faults)] }).toEqual({
      unfinished: [],
      warned: [],
      unknown: [],
    });
  });

  it.each(shaped)('becomes %s of the unified shape, each with an id of its own', async (dataType) => {
    const { ids, faults } = await recordsMade(dataType);

    expect(faults.slice(0, 5)).toEqual([]);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toEqual([...ids].sort(compareIds));
  });

  it.each(references)('has %s whose %s is among the %s', async (from, path, to) => {
    const wanted = referred((await recordsMade(from)).records, path);
    const known = new Set((await recordsMade(to)).ids);

    if (wanted.length > 0) seen.add(`${from}.${path}`);
    expect([...new Set(wanted)].filter((id) => !known.has(id))).toEqual([]);
  });
});

describe('the three books together', () => {
  it('hold a reference of each kind', () => {
    expect(references.map(([from, path]) => `${from}.${path}`).filter((one) => !seen.has(one))).toEqual([]);
  });
});
