import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { dataTypes } from '../../../src/domain/data-types.ts';
import { category, client, expense, invoice, line, money, payment, projected, tax } from './rows.ts';
import { unifiedShapes } from './unified-shapes.ts';

type Fields = Record<string, unknown>;

/** Whatever FreshBooks may put into a field that is not needed: nothing, an empty text, another kind. */
const odd = fc.constantFrom<unknown>(
  undefined,
  null,
  '',
  0,
  '0',
  false,
  true,
  [],
  {},
  'text',
  12.5,
  '2026-13-45',
);
/** Without these a row is no row. */
const needed = new Set([
  'id',
  'taxid',
  'amount',
  'lines',
  'business',
  'discount_value',
  'outstanding',
  'paid',
]);
const priced = new Set(['discount_total', 'taxPercent1', 'taxPercent2', 'taxAmount1', 'taxAmount2']);

const member = { id: 7001, role: 'owner', business: { id: 7001, name: 'Busy', account_id: 'AAA111' } };
const book = (change: (row: Fields) => Fields) => ({
  users_me: [change(member)],
  systems: [
    change({ id: 9, currency_code: 'CAD', vat_number: '1', date: '2019-04-18 09:14:53', country: 'CA' }),
  ],
  clients: [client(1), client(2)].map(change),
  invoices: [invoice(1), invoice(2, { lines: [line(), line({ taxName2: 'GST', taxAmount2: '5' })] })].map(
    change,
  ),
  payments: [payment(1), payment(2, { amount: money('3.333', 'USD') })].map(change),
  taxes: [tax(3, 'HST', '13'), tax(12, 'GST', '5')].map((row) => row),
  expenses: [expense(1), expense(2, { clientid: 17 })].map(change),
  expense_categories: [category(5, 'Meals'), category(6, 'Bars', 5)].map(change),
});

/** Those read off the documents a second time here; the others are held to their strict schemas in mapped-shapes. */
type Shaped = keyof typeof unifiedShapes;
const shaped = dataTypes.filter((dataType): dataType is Shaped => dataType in unifiedShapes);

async function faults(dataType: Shaped, change: (row: Fields) => Fields): Promise<unknown[]> {
  const { records, quarantined } = await projected(dataType, book(change));
  const issues = records.flatMap(
    ({ record }) => unifiedShapes[dataType].safeParse(record).error?.issues ?? [],
  );
  return [...issues, ...quarantined];
}

describe('every record', () => {
  it.each(shaped)('of %s has the unified shape and nothing else', async (dataType) => {
    const { records } = await projected(
      dataType,
      book((row) => row),
    );

    expect(records.length).toBeGreaterThan(0);
    await expect(faults(dataType, (row) => row)).resolves.toEqual([]);
  });

  it.each(shaped)('of %s keeps its shape when a field that is not needed is odd', async (dataType) => {
    const oddity = fc.record({ at: fc.nat(60), value: odd });
    await fc.assert(
      fc.asyncProperty(oddity, async ({ at, value }) => {
        const change = (row: Fields): Fields => {
          const fields = Object.keys(row).filter((field) => !needed.has(field) && !priced.has(field));
          const field = fields[at % fields.length];
          return field === undefined ? row : { ...row, [field]: value };
        };

        await expect(faults(dataType, change)).resolves.toEqual([]);
      }),
      { numRuns: 150 },
    );
  });
});
