import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Json, parseJson, type Row, rowsOf, without } from '../../simulator/json.ts';
import { type DocumentedName, documented, shapeFaults } from './documented-fields.ts';
import { accounts, type Bench, people, rowWithin, startBench, within } from './harness.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await startBench();
});
afterAll(() => bench.close());

const resources = [
  'clients',
  'invoices',
  'payments',
  'taxes',
  'expenses',
  'expense_categories',
  'systems',
] as const;
// §3A.3 to §3A.21: what is made besides.
const more = [
  'credit_notes',
  'items',
  'bills',
  'bill_payments',
  'bill_vendors',
  'other_income',
  'estimates',
  'invoice_profiles',
  'tasks',
  'staff',
  'journal_entry_details',
  'journal_entry_accounts',
  'projects',
  'services',
  'service_rates',
  'retainers',
] as const;
const books = [accounts.tiny, accounts.busy, accounts.messy];
const all = books.flatMap((account) =>
  [...resources, ...more].map((resource) => [account, resource] as const),
);

describe('§3A every row of every resource in every book', () => {
  it.each(all)('%s %s has exactly the documented fields', async (account, resource) => {
    const rows = await bench.truth(resource, account);
    const faults = rows.flatMap((row) => shapeFaults(resource, without(row, 'lines')));

    expect(rows.length).toBeGreaterThan(0);
    expect([...new Set(faults)]).toEqual([]);
  });

  it.each(books)('%s: so has every line', async (account) => {
    const lines = (await bench.truth('invoices', account)).flatMap((row) => rowsOf(row, 'lines'));

    expect(lines.length).toBeGreaterThan(0);
    expect([...new Set(lines.flatMap((line) => shapeFaults('lines', line)))]).toEqual([]);
  });

  it.each(books)('%s: so has every line of a credit note and of a bill', async (account) => {
    for (const [resource, lines] of [
      ['credit_notes', 'credit_note_lines'],
      ['bills', 'bill_lines'],
    ] as const) {
      const rows = (await bench.truth(resource, account)).flatMap((row) => rowsOf(row, 'lines'));

      expect(rows.length).toBeGreaterThan(0);
      expect([...new Set(rows.flatMap((line) => shapeFaults(lines, line)))]).toEqual([]);
    }
  });

  it.each(books)('§3A.16 %s: so has what a detail and an account hold', async (account) => {
    const details = await bench.truth('journal_entry_details', account);
    const faults = details.flatMap((row) => [
      ...shapeFaults('journal_account', rowWithin(row, 'account')),
      ...shapeFaults('journal_entry', rowWithin(row, 'entry')),
      ...shapeFaults('journal_sub_account', rowWithin(row, 'sub_account')),
    ]);
    const subs = (await bench.truth('journal_entry_accounts', account)).flatMap((row) =>
      rowsOf(row, 'sub_accounts'),
    );

    expect([...new Set(faults)]).toEqual([]);
    expect(subs.flatMap((row) => shapeFaults('journal_entry_sub_accounts', row))).toEqual([]);
  });

  it('ids are integers and mirror each other (§3.6)', async () => {
    for (const [resource, mirror] of [
      ['clients', 'userid'],
      ['invoices', 'invoiceid'],
      ['payments', 'logid'],
      ['taxes', 'taxid'],
      ['expenses', 'expenseid'],
      ['expense_categories', 'categoryid'],
      ['credit_notes', 'creditid'],
      ['estimates', 'estimateid'],
      ['invoice_profiles', 'profileid'],
      ['items', 'itemid'],
      ['tasks', 'taskid'],
    ] as const) {
      const rows = await bench.truth(resource, accounts.messy);
      expect(rows.filter((row) => row['id'] !== row[mirror])).toEqual([]);
    }
  });
});

describe('what is made while it runs has the documented fields too', () => {
  it.each([
    ['clients', 'users/clients', 'client', () => ({ fname: 'New' })],
    [
      'invoices',
      'invoices/invoices',
      'invoice',
      () => ({
        customerid: 210_001,
        create_date: '2026-01-01',
        lines: [{ name: 'a', qty: 1, unit_cost: { amount: 1 } }],
      }),
    ],
    [
      'payments',
      'payments/payments',
      'payment',
      () => ({ invoiceid: 230_001, amount: { amount: '1.00' }, date: '2026-01-01', type: 'Cash' }),
    ],
    ['taxes', 'taxes/taxes', 'tax', () => ({ name: 'New', amount: '1' })],
    [
      'expenses',
      'expenses/expenses',
      'expense',
      () => ({ amount: { amount: '1.5', code: 'CAD' }, categoryid: 219_002, staffid: 1, date: '2026-01-01' }),
    ],
  ] as const)('%s', async (resource, path, key, fields) => {
    const got = await bench.api('POST', path, { body: { [key]: fields() } });
    const row = rowWithin(got.json, 'response', 'result', key);

    expect(got.status).toBe(200);
    expect(shapeFaults(resource, row)).toEqual([]);
  });
});

// The recorded bodies are not part of the repository; where they are at hand, the table is held against them.
const recorded = join(process.cwd(), '..', 'shared', 'fixtures', 'freshbooks');
const keys: Readonly<Record<string, readonly [one: string, many: string]>> = {
  clients: ['client', 'clients'],
  invoices: ['invoice', 'invoices'],
  payments: ['payment', 'payments'],
  taxes: ['tax', 'taxes'],
  expenses: ['expense', 'expenses'],
  expense_categories: ['category', 'categories'],
  systems: ['system', 'systems'],
};

// The SDK's own unit tests and hand-written bodies are not the wire.
const isWire = (file: string): boolean => !file.includes('nodesdk') && !file.includes('synthetic');

const recordedRows = (resource: string): readonly Row[] => {
  const [one = '', many = ''] = keys[resource] ?? [];
  const files = readdirSync(recorded).filter((file) => file.startsWith(`${resource}__`) && isWire(file));
  return files.flatMap((file) => {
    const result: Json = parseJson(readFileSync(join(recorded, file), 'utf8'));
    const single = within(result, 'response', 'result', one);
    return [
      ...(single === undefined ? [] : [rowWithin(single)]),
      ...rowsOf(rowWithin(result, 'response', 'result'), many),
    ];
  });
};

// Seen in a fixture of another SDK but, as the reference says, not on the wire, or only with an include.
const besides: Readonly<Record<string, readonly string[]>> = {
  clients: ['test_amount', 'outstanding_balance', 'grand_total_balance'],
  invoices: ['lines', 'presentation', 'allowed_gateways'],
  expenses: ['attachment', 'category', 'expense_profile', 'project'],
};

(existsSync(recorded) ? describe : describe.skip)(
  'recorded bodies (skipped where the recordings are absent)',
  () => {
    it.each(resources)(
      '%s: every recorded key is documented, and every key we send was recorded',
      async (resource: DocumentedName) => {
        const rows = recordedRows(resource);
        const seen = new Set(rows.flatMap((row) => Object.keys(row)));
        const known = new Set([...documented[resource].keys(), ...(besides[resource] ?? [])]);
        const sent = new Set((await bench.truth(resource, accounts.tiny)).flatMap((row) => Object.keys(row)));

        expect(rows.length).toBeGreaterThan(0);
        expect([...seen].filter((field) => !known.has(field))).toEqual([]);
        expect([...sent].filter((field) => !seen.has(field))).toEqual([]);
      },
    );

    it.each(resources)(
      '%s: a key that is documented as always there is in every recorded row',
      (resource) => {
        const always = [...documented[resource]]
          .filter(([, kind]) => !kind.includes('*'))
          .map(([field]) => field);
        const absent = recordedRows(resource).flatMap((row) => always.filter((field) => !(field in row)));

        expect([...new Set(absent)]).toEqual([]);
      },
    );

    it('users/me has the keys of a recorded identity', async () => {
      const files = readdirSync(recorded).filter((file) => file.startsWith('users_me__nango_live'));
      const live = rowWithin(parseJson(readFileSync(join(recorded, files[0] ?? ''), 'utf8')), 'response');
      const got = await fetch(`${bench.url}/auth/api/v1/users/me`, {
        headers: { authorization: `Bearer ${bench.token}` },
      });
      const ours = rowWithin(parseJson(await got.text()), 'response');
      const business = (row: Row) =>
        Object.keys(rowWithin(row, 'business_memberships', 0, 'business')).sort();
      const role = (row: Row) => Object.keys(rowWithin(row, 'roles', 0)).sort();

      expect(Object.keys(ours).sort()).toEqual(Object.keys(live).sort());
      expect(business(ours)).toEqual(business(live));
      expect(role(ours)).toEqual(role(live));
    });
  },
);

describe('the people', () => {
  it.each(Object.values(people))('%s reads who they are', async (email) => {
    const token = await bench.tokenFor(email);
    const got = await fetch(`${bench.url}/auth/api/v1/users/me`, {
      headers: { authorization: `Bearer ${token}` },
    });

    expect(rowWithin(parseJson(await got.text()), 'response')['email']).toBe(email);
  });
});
