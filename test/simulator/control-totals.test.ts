import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { RawRow, UnifiedRecord } from '../../src/app/ports.ts';
import { ageItems } from '../../src/domain/aged/age-items.ts';
import { openInvoice } from '../../src/domain/aged/open-items.ts';
import type { DataType } from '../../src/domain/data-types.ts';
import { controlsOf, controlTotals } from '../../src/freshbooks/control-totals.ts';
import { project, resourcesOf } from '../../src/freshbooks/project/projections.ts';
import { accounts, type Bench, people, startBench } from './harness.ts';
import { type Raw, readFor } from './read-for.ts';

// The totals of simulated reports, which the simulator makes of its own ledger, beside those of the records that the
// source makes of the lists it reads.

/** Milliseconds. The largest book is thousands of rows, which a busy machine takes its time to read. */
const patience = 600_000;

const books = {
  tiny: { email: people.alex, account: accounts.tiny },
  busy: { email: people.alex, account: accounts.busy },
  messy: { email: people.mireille, account: accounts.messy },
} as const;
const compared = [
  'invoices',
  'payments',
  'journalEntries',
  'profitAndLoss',
  'balanceSheet',
  'directCosts',
] as const;
const currencies = ['CAD', 'EUR', 'GBP', 'USD', 'JPY', 'KWD'];
const agreed = new Set<string>();
const now = new Date().toISOString();

async function* recordsOf(
  type: DataType,
  raw: Raw,
  change: (record: UnifiedRecord) => UnifiedRecord | undefined = (record) => record,
): AsyncGenerator<UnifiedRecord> {
  for await (const record of project(type, rowsIn(raw), () => {}, now)) {
    const changed = change(record);
    if (changed !== undefined) yield changed;
  }
}

function rowsIn(raw: Raw, change: (row: RawRow) => RawRow = (row) => row) {
  return async function* (resource: string): AsyncGenerator<RawRow> {
    for (const row of raw.get(resource) ?? []) yield resource === 'journal_entry_details' ? change(row) : row;
  };
}

describe.each(Object.entries(books))('the control totals of the book %s', (_, { email, account }) => {
  let bench: Bench;
  let raw: Raw;
  beforeAll(async () => {
    bench = await startBench({ email, account });
    const resources = compared.flatMap((type) => [...resourcesOf(type), ...controlsOf(type)]);
    raw = await readFor(bench, account, resources, currencies);
  }, patience);
  afterAll(() => bench.close());

  it.each(compared)('of %s agree with every report whose meaning is certain', async (type) => {
    const found = await controlTotals(type, {
      records: recordsOf(type, raw),
      rows: rowsIn(raw),
      at: now,
      notRead: new Set(),
    });

    expect(
      found.filter(({ verdict, why }) => verdict === 'differs' || (verdict !== 'agrees' && !why)),
    ).toEqual([]);
    if (found.some(({ verdict }) => verdict === 'agrees')) agreed.add(type);
  });

  it('of the journal are of every currency that a line of it is in', async () => {
    const booked = new Set((raw.get('journal_entry_details') ?? []).map(({ raw: row }) => codeOf(row)));

    const found = await controlTotals('journalEntries', {
      records: recordsOf('journalEntries', raw),
      rows: rowsIn(raw),
      at: now,
      notRead: new Set(),
    });

    for (const report of ['profitloss_entity', 'balance_sheet']) {
      const agreeing = found.filter((total) => total.report === report && total.verdict === 'agrees');
      const shown = new Set(agreeing.map(({ currency }) => currency));
      expect([...booked].filter((code) => !shown.has(code))).toEqual([]);
    }
  });

  it('of a statement name each currency that it leaves out', async () => {
    for (const type of ['profitAndLoss', 'balanceSheet'] as const) {
      const found = await controlTotals(type, {
        records: recordsOf(type, raw),
        rows: rowsIn(raw),
        at: now,
        notRead: new Set(),
      });
      const booked = new Set((raw.get('journal_entry_details') ?? []).map(({ raw: row }) => codeOf(row)));
      const named = new Set(found.map(({ currency }) => currency));

      expect([...booked].filter((code) => !named.has(code))).toEqual([]);
    }
  });

  it('of a statement differ as soon as a month of it that has figures is not served', async () => {
    for (const type of ['profitAndLoss', 'balanceSheet'] as const) {
      let lost: string | undefined;
      const records = recordsOf(type, raw, (record) => {
        const { netProfit, assets } = record.record;
        if ((netProfit ?? Object(assets)['value']) !== 0) lost ??= record.id;
        return record.id === lost ? undefined : record;
      });

      const found = await controlTotals(type, { records, rows: rowsIn(raw), at: now, notRead: new Set() });

      expect([type, found.some(({ verdict }) => verdict === 'differs')]).toEqual([type, true]);
    }
  });

  it('of payments are of both months, in each currency of any payment, though nothing was paid in them', async () => {
    const held = new Set<unknown>();
    for await (const { deleted, record } of recordsOf('payments', raw))
      if (!deleted) held.add(record['currency']);

    const found = await controlTotals('payments', {
      records: recordsOf('payments', raw),
      rows: rowsIn(raw),
      at: now,
      notRead: new Set(),
    });

    expect(new Set(found.map(({ window }) => window)).size).toBe(2);
    expect(found).toHaveLength(2 * held.size);
  });

  it('of the invoices differ as soon as one that is open is not held', async () => {
    const open = new Set<string>();
    for await (const { id, record } of recordsOf('invoices', raw))
      if (openInvoice(record, '2999-01-01')) open.add(id);
    const [first] = open;
    const records = recordsOf('invoices', raw, (record) => (record.id === first ? undefined : record));

    const found = await controlTotals('invoices', {
      records,
      rows: rowsIn(raw),
      at: now,
      notRead: new Set(),
    });

    expect(found.filter(({ verdict }) => verdict === 'differs')).toHaveLength(1);
  });

  it('of the journal differ as soon as a line of it is not held', async () => {
    const rows = rowsIn(raw, (row) =>
      JSON.stringify(row.raw).includes('"Sales"') ? { ...row, deleted: true } : row,
    );

    const found = await controlTotals('journalEntries', {
      records: recordsOf('journalEntries', raw),
      rows,
      at: now,
      notRead: new Set(),
    });

    expect(found.some(({ verdict }) => verdict === 'differs')).toBe(true);
  });

  it('by customer are those of accounts aging', async () => {
    const items = [];
    for await (const { record } of recordsOf('invoices', raw)) {
      const item = openInvoice(record, now.slice(0, 10));
      if (item !== undefined) items.push(item);
    }
    const aged = ageItems(items, { reportDate: now.slice(0, 10), numberOfPeriods: 1, periodLengthDays: 30 });
    const ours = aged.flatMap(({ contact, agedCurrencyOutstanding }) =>
      agedCurrencyOutstanding.map(
        ({ currency, agedOutstandingAmounts: [all] }) => `${contact?.id} ${all?.amount} ${currency}`,
      ),
    );
    const theirs = (raw.get('accounts_aging') ?? []).flatMap(({ raw: row }) => agedIn(row));

    expect([...ours].sort()).toEqual([...theirs].sort());
  });
});

describe('the control totals of all books', () => {
  it('agree somewhere for each data type', () => {
    expect([...agreed].sort()).toEqual([...compared].sort());
  });
});

/** `customer amount currency` of each customer in a report. */
function agedIn(row: Record<string, unknown>): string[] {
  const report: unknown = row['report'];
  const list: unknown[] = Object(report)['accounts'];
  return list.map((one) => {
    const { amount, code } = Object(one)['total'];
    return `${Object(one)['userid']} ${Number(amount)} ${code}`;
  });
}

/** The currency of a line of the journal, on whichever side it is. */
function codeOf(row: Record<string, unknown>): string {
  const { debit, credit } = row;
  return String(Object(debit)['code'] ?? Object(credit)['code']);
}
