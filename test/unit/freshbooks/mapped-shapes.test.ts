import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Account } from '../../../src/domain/unified/account.ts';
import { Bill } from '../../../src/domain/unified/bill.ts';
import { BillPayment } from '../../../src/domain/unified/bill-payment.ts';
import { CreditNote } from '../../../src/domain/unified/credit-note.ts';
import { DirectIncome } from '../../../src/domain/unified/direct-income.ts';
import { Item } from '../../../src/domain/unified/item.ts';
import { JournalEntry } from '../../../src/domain/unified/journal-entry.ts';
import { Supplier } from '../../../src/domain/unified/supplier.ts';
import { catalog, isResource } from '../../../src/freshbooks/catalog.ts';
import { anyRowsIn } from '../../../src/freshbooks/families.ts';
import { projections } from '../../../src/freshbooks/project/projections.ts';
import { account, detail, ledgerAccount, subAccount } from './ledger-rows.ts';
import { bill, billPayment, creditNote, income, item, service, task, vendor } from './purchase-rows.ts';
import { type Book, expense, payment, projected, tax } from './rows.ts';

type Fields = Record<string, unknown>;

const schemas = {
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
const shaped: readonly Shaped[] = [
  ...(['creditNotes', 'bills', 'billPayments', 'suppliers'] as const),
  ...(['items', 'journalEntries', 'chartOfAccounts', 'directIncomes'] as const),
];

const odd = fc.constantFrom<unknown>(undefined, null, '', 0, '0', false, true, [], {}, 'text', '2026-13-45');
/** Without these a row is no row, or its amount no amount. */
const needed = new Set([
  ...[
    'id',
    'vendorid',
    'incomeid',
    'service_id',
    'uuid',
    'taxid',
    'lines',
    'entry',
    'account',
    'sub_account',
  ],
  ...['amount', 'total_amount', 'tax_amount', 'paid', 'outstanding', 'unit_cost', 'rate', 'balance'],
  ...['debit', 'credit', 'taxes', 'sub_accounts', 'credit_number'],
]);

const book = (change: (row: Fields) => Fields): Book => ({
  bills: [bill(1), bill(2, { vendorid: 4242 })].map(change),
  bill_payments: [billPayment(8), billPayment(9, { billid: 2 })].map(change),
  bill_vendors: [vendor(1563, 'IKEA')].map(change),
  expenses: [expense(1), expense(2, { vendor: 'Ikea' })],
  credit_notes: [creditNote(5), creditNote(6, { paid: undefined })].map(change),
  payments: [payment(1, { creditid: 5, type: 'Credit' })],
  items: [item(1, { tax1: 3, tax2: 12 })].map(change),
  services: [service(1, 'Design')].map(change),
  service_rates: [{ service_id: 1, rate: '80.00', business_id: 7001 }],
  tasks: [task(1, 'Design'), task(2, 'Review')].map(change),
  taxes: [tax(3, 'HST', '13'), tax(12, 'GST', '5')],
  other_income: [income(7), income(8, { taxes: [] })].map(change),
  journal_entry_details: [detail(1, 9, { debit: '5.00' }), detail(2, 9, { credit: '5.00' })].map(change),
  journal_entry_accounts: [
    account(1, '1200', 'Receivables', { sub_accounts: [subAccount(11, 1, '1', 'Trade')] }),
    account(2, '1500', 'Equipment'),
  ].map(change),
  ledger_accounts: [ledgerAccount('u-1'), ledgerAccount('u-2', { jesa_id: 11 })].map(change),
});

async function faults(dataType: Shaped, rows: Book): Promise<{ count: number; faults: unknown[] }> {
  const { records, quarantined } = await projected(dataType, rows);
  const issues = records.flatMap(({ id, record }) => [
    ...(schemas[dataType].safeParse(record).error?.issues ?? []),
    ...(record['id'] === id ? [] : [`${id} is called ${String(record['id'])}`]),
    ...(JSON.stringify(record).includes('null') ? [`${id} holds a null`] : []),
  ]);
  return { count: records.length, faults: [...issues, ...quarantined] };
}

describe('every record that is served next', () => {
  it.each(shaped)('of %s has the unified shape and nothing else', async (dataType) => {
    const found = await faults(
      dataType,
      book((row) => row),
    );

    expect(found.count).toBeGreaterThan(0);
    expect(found.faults).toEqual([]);
  });

  it.each(shaped)('of %s keeps its shape when a field that is not needed is odd', async (dataType) => {
    await fc.assert(
      fc.asyncProperty(fc.record({ at: fc.nat(60), value: odd }), async ({ at, value }) => {
        const change = (row: Fields): Fields => {
          const fields = Object.keys(row).filter((field) => !needed.has(field));
          const field = fields[at % fields.length];
          return field === undefined ? row : { ...row, [field]: value };
        };

        expect((await faults(dataType, book(change))).faults).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });
});

// Recordings of the live service and of other clients' tests; they are not part of this repository.
const recordings = join(import.meta.dirname, '../../../../shared/fixtures/freshbooks');
const whereRecorded = existsSync(recordings) ? describe : describe.skip;

/** The recorded rows of the resources that a data type is made of, each id once. */
function recordedBook(dataType: Shaped): Book {
  const resources: readonly string[] = projections[dataType].from;
  return Object.fromEntries(
    resources.filter(isResource).map((name) => [name, [...recordedRows(name).values()]]),
  );
}

function recordedRows(name: keyof typeof catalog): Map<string, Fields> {
  const rows = new Map<string, Fields>();
  for (const file of readdirSync(recordings).filter((one) => one.startsWith(`${name}__`))) {
    const body: unknown = JSON.parse(readFileSync(join(recordings, file), 'utf8'));
    for (const row of anyRowsIn(body, catalog[name]) ?? [])
      rows.set(String(row[catalog[name].keys[0] ?? 'id']), row);
  }
  return rows;
}

whereRecorded('the recordings beside this repository (skipped where there are none)', () => {
  const whole = shaped.filter((dataType) => dataType !== 'journalEntries');

  it.each(whole)('of %s become records of the unified shape', async (dataType) => {
    const found = await faults(dataType, recordedBook(dataType));

    expect(found.count).toBeGreaterThan(0);
    expect(found.faults).toEqual([]);
  });

  it('of journal lines become entries of the unified shape where a page holds all lines of one', async () => {
    const { records, quarantined } = await projected('journalEntries', recordedBook('journalEntries'));

    expect(records.flatMap(({ record }) => JournalEntry.safeParse(record).error?.issues ?? [])).toEqual([]);
    expect(records.length).toBeGreaterThan(0);
    expect(quarantined.filter(({ reason }) => !reason.startsWith('its lines add up to'))).toEqual([]);
  });
});
