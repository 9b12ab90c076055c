import { CodatAccounting } from '@codat/accounting';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { dataTypes } from '../../src/domain/data-types.ts';
import { openWorker } from '../histories/worker.ts';
import { makeBookedWorld } from '../unit/http/run-books.ts';
import { serve } from '../unit/http/serve.ts';
import { startBench } from './harness.ts';
import { type ReportType, type WireType, wireFaults } from './wire-faults.ts';
import { reportTables, wireTables } from './wire-tables.ts';

// Every record of every data type of all three books, read over HTTP: as the official client gives it to its users,
// and as it was on the wire, held against the tables of the documents.

const start = Date.UTC(2026, 10, 2, 15);
const alex = { email: 'alex@busyagency.example', identityId: '4410021' };
const mireille = { email: 'mireille@messy.example', identityId: '4410158' };
const books = [
  { book: 'tiny', edited: true, ...alex, accountId: 'TnSt2k', businessId: '8104533', systemId: '5210071' },
  {
    book: 'busy-agency',
    edited: false,
    ...alex,
    accountId: 'BzAg7q',
    businessId: '8104417',
    systemId: '5210044',
  },
  {
    book: 'messy',
    edited: true,
    ...mireille,
    accountId: 'MsF1l5',
    businessId: '8201006',
    systemId: '5233190',
  },
];

const companyId = 'company-1';
const connectionId = 'connection-1';
const pageSize = 500;

/** How the official client reads a page of each data type. */
const clientReads = (client: CodatAccounting) =>
  ({
    customers: async (page) => (await client.customers.list(page)).customers?.results,
    invoices: async (page) => (await client.invoices.list(page)).invoices?.results,
    payments: async (page) => (await client.payments.list(page)).payments?.results,
    taxRates: async (page) => (await client.taxRates.list(page)).taxRates?.results,
    directCosts: async (page) => (await client.directCosts.list(page)).directCosts?.results,
    trackingCategories: async (page) =>
      (await client.trackingCategories.list(page)).trackingCategories?.results,
    creditNotes: async (page) => (await client.creditNotes.list(page)).creditNotes?.results,
    bills: async (page) => (await client.bills.list(page)).bills?.results,
    billPayments: async (page) => (await client.billPayments.list(page)).billPayments?.results,
    suppliers: async (page) => (await client.suppliers.list(page)).suppliers?.results,
    items: async (page) => (await client.items.list(page)).items?.results,
    journalEntries: async (page) => (await client.journalEntries.list(page)).journalEntries?.results,
    chartOfAccounts: async (page) => (await client.accounts.list(page)).accounts?.results,
    directIncomes: async (page) => (await client.directIncomes.list(page)).directIncomes?.results,
  }) satisfies Record<
    Exclude<WireType, 'company'>,
    (page: { companyId: string; connectionId: string; page: number; pageSize: number }) => Promise<unknown>
  >;
type Listed = keyof ReturnType<typeof clientReads>;
const listed = Object.keys(wireTables).filter((type): type is Listed => type !== 'company');

const statement = { companyId, periodLength: 3, periodsToCompare: 4 };
const statementPath = (name: string) =>
  `/companies/${companyId}/data/financials/${name}?periodLength=3&periodsToCompare=4`;

/** Where each report is, and how the official client reads it. */
const reportReads = {
  balanceSheet: {
    path: statementPath('balanceSheet'),
    read: async ({ reports }) => (await reports.getBalanceSheet(statement)).balanceSheet,
  },
  profitAndLoss: {
    path: statementPath('profitAndLoss'),
    read: async ({ reports }) => (await reports.getProfitAndLoss(statement)).profitAndLossReport,
  },
  cashFlowStatement: {
    path: statementPath('cashFlowStatement'),
    read: async ({ reports }) => (await reports.getCashFlowStatement(statement)).cashFlowStatement,
  },
  agedDebtor: {
    path: `/companies/${companyId}/reports/agedDebtor`,
    read: async ({ reports }) => (await reports.getAgedDebtorsReport({ companyId })).agedDebtorReport,
  },
  agedCreditor: {
    path: `/companies/${companyId}/reports/agedCreditor`,
    read: async ({ reports }) => (await reports.getAgedCreditorsReport({ companyId })).agedCreditorReport,
  },
} satisfies Record<ReportType, { path: string; read: (client: CodatAccounting) => Promise<unknown> }>;
const reportTypes = Object.keys(reportTables).filter((type): type is ReportType => type in reportReads);

/** Ours beside the documents' own: what a statement was made of. Clients leave them away. */
const reportsOwn = ['madeFrom', 'leftOutCurrencies'];

const ofConnection = new Set<string>(['directCosts', 'directIncomes']);
const segments: Readonly<Record<string, string>> = { chartOfAccounts: 'accounts' };

const pathOf = (type: Listed): string =>
  `/companies/${companyId}${ofConnection.has(type) ? `/connections/${connectionId}` : ''}/data/${segments[type] ?? type}`;

const Page = z.object({ results: z.array(z.unknown()), totalResults: z.number() });
const Seen = z.looseObject({
  currency: z.string().optional(),
  metadata: z.object({ isDeleted: z.boolean() }),
  lineItems: z
    .array(z.looseObject({ taxRateRef: z.looseObject({ id: z.string().optional() }).optional() }))
    .optional(),
});

/** Deletes the first row that FreshBooks lists. */
async function deleteFirst(url: string, one: string, token: string): Promise<void> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const list = await (await fetch(url, { headers })).text();
  const id = /"id":\s*"?(\d+)/.exec(list)?.[1];
  const body = JSON.stringify({ [one]: { vis_state: 1 } });
  const reply = await fetch(`${url}/${id}`, { method: 'PUT', headers, body });
  if (!reply.ok) throw new Error(`${url}/${id}: ${reply.status} ${await reply.text()}`);
}

/** A book, read by a worker, with some rows deleted since, and served as the API serves it. */
async function serveBook({
  email,
  edited,
  accountId,
  businessId,
  systemId,
  identityId,
}: (typeof books)[number]) {
  let now = start;
  const bench = await startBench({ now: () => now, email, account: accountId });
  const worker = await openWorker({
    url: bench.url,
    business: { accountId, businessId, systemId, identityId },
    now: () => now,
    signIn: async () => bench.token,
    through: (send) => send(),
    perPage: 100,
    types: dataTypes,
  });
  const turn = async () => {
    const end = await worker.turn({ skew: 0, patience: 900 });
    if (end !== 'published') throw new Error(`the run ended ${end}`);
  };
  await turn();
  if (edited) {
    for (const one of ['invoice', 'expense', 'bill', 'payment']) {
      await deleteFirst(`${bench.url}/accounting/account/${accountId}/${one}s/${one}s`, one, bench.token);
    }
    now += 2 * 3_600_000;
    await turn();
  }
  const world = await makeBookedWorld(worker.objects);
  const held = await worker.connection();
  await world.connections.change({ companyId, connectionId }, () => ({ next: held, result: 0 }));
  const server = await serve(world.handle);
  const authorization = `Bearer ${world.adminKey}`;
  return {
    held,
    read: async (path: string): Promise<unknown> =>
      (await fetch(server.url + path, { headers: { authorization } })).json(),
    client: new CodatAccounting({
      security: { authHeader: authorization },
      serverURL: server.url,
      retryConfig: { strategy: 'none', retryConnectionErrors: false },
    }),
    close: async () => {
      await server.close();
      await bench.close();
    },
  };
}

describe.each(books)('the books of $book', (book) => {
  let served: Awaited<ReturnType<typeof serveBook>>;
  const records = new Map<Listed, unknown[]>();

  beforeAll(async () => {
    served = await serveBook(book);
    for (const type of listed) {
      const found: unknown[] = [];
      for (let [page, total] = [1, 1]; (page - 1) * pageSize < total; page += 1) {
        const read = Page.parse(await served.read(`${pathOf(type)}?page=${page}&pageSize=${pageSize}`));
        found.push(...read.results);
        total = read.totalResults;
      }
      records.set(type, found);
    }
  }, 600_000);
  afterAll(() => served.close());

  it('are there, whole and mapped without exception', () => {
    const { datasets } = served.held;

    for (const type of listed) {
      expect({ type, ...datasets[type] }).toMatchObject({ type, status: 'Complete' });
      expect({ type, message: datasets[type]?.message }).toEqual({ type, message: undefined });
      expect(records.get(type)).toHaveLength(datasets[type]?.snapshot?.count ?? -1);
    }
  });

  it.each(listed)(
    'has %s with every required field, no other, and no value outside the closed ones',
    (type) => {
      const faults = records.get(type)?.flatMap((record) => wireFaults(type, record));

      expect([...new Set(faults)]).toEqual([]);
    },
  );

  it.each(listed)(
    'has %s that the official client reads without losing a field',
    async (type) => {
      const found: unknown[] = [];
      const wire = records.get(type) ?? [];
      for (let page = 1; found.length < wire.length; page += 1) {
        const read = await clientReads(served.client)[type]({ companyId, connectionId, page, pageSize });
        if (read === undefined || read.length === 0) break;
        found.push(...read);
      }

      expect(found).toHaveLength(wire.length);
      expect(lostOf(wire, found).filter((path) => !unknownToClient.has(path))).toEqual([]);
    },
    300_000,
  );

  it.each(reportTypes)('has the report %s as the documents and the client say', async (type) => {
    const { path, read } = reportReads[type];
    const reply = z.looseObject({}).parse(await served.read(path));
    const documented = Object.fromEntries(
      Object.entries(reply).filter(([name]) => !reportsOwn.includes(name)),
    );

    expect([...new Set(wireFaults(type, documented))]).toEqual([]);
    // The moment at which it was made is each reading's own.
    const held = await read(served.client);
    expect(lostOf(documented, held).filter((place) => place !== '.generated')).toEqual([]);
  });

  it('has the facts of the business as the documents and the client say', async () => {
    const info = await served.read(`/companies/${companyId}/data/info`);
    const read = await served.client.companyInfo.get({ companyId });

    expect(wireFaults('company', info)).toEqual([]);
    expect(lostOf(info, read.companyDataset)).toEqual([]);
  });

  it('holds what makes this hard: deleted records, and where the book has them foreign currencies and two taxes', () => {
    const seen = z.array(Seen).parse(listed.flatMap((type) => records.get(type) ?? []));
    const currencies = new Set(seen.flatMap(({ currency }) => currency ?? []));
    const pairs = seen.filter(({ lineItems = [] }) =>
      lineItems.some(({ taxRateRef }) => taxRateRef?.id?.includes('-')),
    );

    expect(seen.some(({ metadata }) => metadata.isDeleted)).toBe(book.edited);
    if (book.book === 'tiny') return;
    expect(currencies.size).toBeGreaterThan(1);
    expect(pairs.length).toBeGreaterThan(0);
  });
});

/** Fields of the documents that are younger than this client. */
const unknownToClient = new Set([
  '[].lineItems[].lineNumber',
  '[].journalLines[].contactRef',
  // Of tracking categories only; every other data type is asserted to have it below.
  '[].metadata',
]);

/** Where what the client holds is not what was on the wire, each kind of place once. */
function lostOf(wire: unknown, held: unknown): string[] {
  return [...new Set(placesOf(wire, held, ''))];
}

function placesOf(wire: unknown, held: unknown, at: string): string[] {
  if (Array.isArray(wire) && Array.isArray(held) && wire.length === held.length) {
    return wire.flatMap((one: unknown, index) => placesOf(one, held[index], `${at}[]`));
  }
  if (isObject(wire) && isObject(held)) {
    return Object.keys(wire).flatMap((name) => placesOf(wire[name], held[name], `${at}.${name}`));
  }
  return Object.is(wire, held) ? [] : [at];
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

describe('the tables of the documents', () => {
  it('would show every kind of slip', () => {
    const good = {
      id: '1',
      date: '2026-03-01T00:00:00',
      lines: [{ amount: 5, links: [{ type: 'Invoice' }] }],
    };

    expect(wireFaults('payments', good)).toEqual([]);
    expect(wireFaults('payments', { id: '1' })).toEqual(['payments.date: is missing']);
    expect(wireFaults('payments', { ...good, totalAmount: '5' })).toEqual([
      'payments.totalAmount: string is no number',
    ]);
    expect(wireFaults('payments', { ...good, currency: null })).toEqual(['payments.currency: is null']);
    expect(wireFaults('payments', { ...good, shoe: 1 })).toEqual(['payments.shoe: is in no document']);
    expect(wireFaults('payments', { ...good, customerRef: {} })).toEqual([
      'payments.customerRef.id: is missing',
    ]);
    expect(wireFaults('payments', { ...good, lines: [{ amount: 5, links: [{ type: 'Paid' }] }] })).toEqual([
      'payments.lines[].links[].type: Paid is no such value',
    ]);
  });
});
