import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { apiTotals, authorization, type Company } from './api-totals.ts';
import {
  advanceClock,
  authorizations,
  awaitListening,
  awaitQuiet,
  awaitSync,
  dataStatus,
  refreshAll,
} from './control.ts';
import { controlTotals } from './control-totals.ts';
import { editBooks, vendorOf } from './edit-books.ts';
import { booksOf, linkCompany } from './link-company.ts';
import { readWithOfficialClients } from './official-clients.ts';
import { resourceProofs } from './resource-proofs.ts';
import { type RunningStack, startStack, temporaryState } from './running-stack.ts';
import { checkedTypes, sourceTotals, type VendorBooks } from './vendor-truth.ts';

// One stack, three companies with the three books, from the link to the scheduled sync.
const sample = { name: 'Busy Agency', business: 'Busy Agency' };
const others = [
  { name: 'Tiny Studio', business: 'Tiny Studio' },
  { name: 'Messy and Sons', business: 'Messy & Fils' },
];
const books = [sample, ...others].map(({ business }) => business);

let stack: RunningStack;
let removeState: () => Promise<void>;
const linked = new Map<string, { company: Company; vendor: VendorBooks }>();

const partsOf = (business: string) => {
  const parts = linked.get(business);
  if (parts === undefined) throw new Error(`${business} was not linked`);
  return parts;
};

beforeAll(async () => {
  const { state, remove } = await temporaryState();
  removeState = remove;
  stack = await startStack(state);
  const { ready } = stack;
  const [company] = ready.companies;
  if (company === undefined) throw new Error('no sample company');
  linked.set(sample.business, { company, vendor: ready.simulator });
  for (const { name, business } of others) {
    const { email, businessId, books: vendor } = await booksOf(ready, business);
    const added = await linkCompany(ready, { name, email, businessId });
    linked.set(business, { company: added, vendor });
    await awaitSync(ready, added);
  }
}, 240_000);

afterAll(async () => {
  await stack?.stop();
  await removeState?.();
}, 300_000);

const compare = async (business: string) => {
  const { company, vendor } = partsOf(business);
  for (const dataType of checkedTypes) {
    const [held, source] = [
      await apiTotals(stack.ready, company, dataType),
      await sourceTotals(vendor, dataType),
    ];
    expect({ dataType, ...held }).toEqual({ dataType, ...source });
  }
};

const awaitCount = async (
  ready: RunningStack['ready'],
  company: Company,
  type: 'customers',
  count: number,
) => {
  while ((await apiTotals(ready, company, type)).live.count !== count)
    await new Promise((resolve) => setTimeout(resolve, 500));
};

/** The test's own look at the books has a token of its own, which ends as all do, and an address that changes. */
const renewVendorToken = async (business: string) => {
  const { company } = partsOf(business);
  linked.set(business, { company, vendor: (await booksOf(stack.ready, business)).books });
};

describe('the books read through the API equal the source', () => {
  it.each(books)('after the first sync: %s', compare);

  it('and the sample books are of the size they are said to be', async () => {
    const { live } = await apiTotals(stack.ready, partsOf('Busy Agency').company, 'invoices');

    expect(live.count).toBe(5000);
  });

  it.each(books)(
    'after a day of edits and deletions: %s',
    async (business) => {
      const { company, vendor } = partsOf(business);
      await editBooks(vendorOf(vendor));

      await refreshAll(stack.ready, company);

      await compare(business);
    },
    300_000,
  );
});

describe('the control totals', () => {
  const documents = ['invoices', 'payments', 'directCosts'];
  const statements = ['journalEntries', 'profitAndLoss', 'balanceSheet'];
  it.each(books)('agree with FreshBooks’ own reports where they can be compared: %s', async (business) => {
    const { company } = partsOf(business);
    const found = [];
    for (const dataType of [...documents, ...statements])
      found.push(...(await controlTotals(stack.ready, company, dataType)));

    expect(found.filter(({ verdict }) => verdict === 'differs')).toEqual([]);
    expect(found.filter(({ verdict, why }) => verdict === 'not comparable' && !why)).toEqual([]);
    // By now every currency of the books was known to a run.
    expect(found.filter(({ why }) => why?.includes('has not been asked'))).toEqual([]);
    expect(found.some(({ report, verdict }) => report === 'accounts_aging' && verdict === 'agrees')).toBe(
      true,
    );
    for (const own of ['payments_collected', 'expense_summaries', 'profitloss_entity', 'balance_sheet'])
      expect([own, found.some(({ report, verdict }) => report === own && verdict === 'agrees')]).toEqual([
        own,
        true,
      ]);
  });
});

describe('what no data type is made of', () => {
  it.each(books)('has a proof each, which is whole or says why not: %s', async (business) => {
    const proofs = await resourceProofs(stack.ready, partsOf(business).company);

    expect(proofs.filter(({ complete, trouble }) => complete === (trouble !== undefined))).toEqual([]);
    expect(proofs.find(({ resource }) => resource === 'business')).toMatchObject({ rows: { count: 1 } });
  });
});

describe('the official clients, by base URL and key alone', () => {
  it.each(books)('read the companies, their states and their books: %s', async (business) => {
    const { company } = partsOf(business);
    await awaitQuiet(stack.ready, company);

    const read = await readWithOfficialClients(stack.ready, company);

    expect(read.platform.company).toMatchObject({ id: company.id, name: company.name });
    expect(read.platform.connections.results).toMatchObject([{ id: company.connectionId, status: 'Linked' }]);
    expect(read.platform.statuses).toMatchObject({ invoices: { currentStatus: 'Complete' } });
    expect(read.platform.history.results?.[0]).toMatchObject({ status: 'Complete', isCompleted: true });
    expect(read.platform.integrations.results).toMatchObject([{ key: 'vxvy', enabled: true }]);
    expect(read.platform.integration).toMatchObject({ key: 'vxvy', name: 'FreshBooks' });
    expect(read.platform.profile.name).toBeTruthy();
    for (const dataType of checkedTypes) {
      expect(read.totals[dataType]).toBe((await apiTotals(stack.ready, company, dataType)).live.count);
    }
    for (const total of Object.values(read.totals)) expect(total).toBeGreaterThan(0);
    expect(read.info?.companyName).toBe(business);
    expect(read.invoice.single).toEqual(read.invoice.listed);
  });
});

describe('what FreshBooks tells of', () => {
  it('is there a minute later, long before the schedule would look', async () => {
    const { company, vendor } = partsOf('Tiny Studio');
    await awaitListening(stack.ready, vendor.accountId);
    const before = await apiTotals(stack.ready, company, 'customers');

    await vendorOf(vendor).create('users/clients', 'client', { organization: 'Found By Hint Ltd' });

    // The hint waits to gather others, at most a minute; nothing else is due before the hour is over.
    await advanceClock(stack.ready, 70);
    await awaitCount(stack.ready, company, 'customers', before.live.count + 1);
    await compare('Tiny Studio');
  }, 300_000);
});

describe('the schedule', () => {
  it('brings in what changed an hour later, for every company, without being asked', async () => {
    const before = new Map<string, Awaited<ReturnType<typeof dataStatus>>>();
    for (const business of books) {
      const { company, vendor } = partsOf(business);
      before.set(business, await dataStatus(stack.ready, company));
      await vendorOf(vendor).create('users/clients', 'client', { organization: 'Found By Schedule Ltd' });
    }

    await advanceClock(stack.ready, 3700);

    for (const business of books) {
      await awaitSync(stack.ready, partsOf(business).company, before.get(business));
      await compare(business);
    }
  }, 240_000);

  it('brings in what no data type is made of as well', async () => {
    const { company } = partsOf('Busy Agency');
    const before = await resourceProofs(stack.ready, company);
    const statuses = await dataStatus(stack.ready, company);

    await advanceClock(stack.ready, 3700);
    await awaitSync(stack.ready, company, statuses);

    const after = await resourceProofs(stack.ready, company);
    expect(after.filter(({ at }, n) => at <= (before[n]?.at ?? ''))).toEqual([]);
  }, 240_000);

  it('writes nothing but the connection’s own item when the books have not changed', async () => {
    const { company } = partsOf('Tiny Studio');
    const writes = async () =>
      (await authorizations(stack.ready))
        .filter(({ role, action }) => /SyncWorker/.test(role) && /s3:PutObject|s3:DeleteObject/.test(action))
        .reduce((sum, { count }) => sum + count, 0);
    await awaitQuiet(stack.ready, company);
    const before = await writes();

    await refreshAll(stack.ready, company);

    expect(await writes()).toBe(before);
  }, 300_000);

  it('goes on after twelve hours, when the access token of the link has ended', async () => {
    const { company } = partsOf('Messy & Fils');
    const before = await dataStatus(stack.ready, company);

    await advanceClock(stack.ready, 13 * 3600);
    await renewVendorToken('Messy & Fils');

    await awaitSync(stack.ready, company, before);
    await compare('Messy & Fils');
  }, 300_000);
});

describe('a second start', () => {
  it('finds the data and the connections of the first alive', async () => {
    const { state } = stack;
    await stack.stop();

    stack = await startStack(state);

    expect(stack.ready.companies.map(({ name }) => name).sort()).toEqual(
      ['Busy Agency', 'Messy and Sons', 'Tiny Studio'].sort(),
    );
    await renewVendorToken('Tiny Studio');
    await refreshAll(stack.ready, partsOf('Tiny Studio').company);
    await compare('Tiny Studio');
  }, 300_000);

  it('leaves a sample that was unlinked as it is', async () => {
    const { company } = partsOf('Busy Agency');
    const connection = `/companies/${company.id}/connections/${company.connectionId}`;
    const call = (request: RequestInit = {}) =>
      fetch(`${stack.ready.apiUrl}${connection}`, {
        ...request,
        headers: { ...authorization(stack.ready), 'content-type': 'application/json' },
      });
    await call({ method: 'PATCH', body: '{"status":"Unlinked"}' });
    const { state } = stack;
    await stack.stop();

    stack = await startStack(state);

    expect(await (await call()).json()).toMatchObject({ status: 'Unlinked' });
  }, 300_000);
});
