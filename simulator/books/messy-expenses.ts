import { easternDay } from '../eastern-time.ts';
import { type Row, without } from '../json.ts';
import { postTo } from '../resources/expense-categories.ts';
import { newExpense } from '../resources/expenses.ts';
import { bookStart, dayLength } from './book-span.ts';
import type { Draft } from './draft.ts';

const money = (amount: string, code?: string): Row => (code ? { amount, code } : { amount });

const twice = { amount: money('25.00'), date: '2024-09-01', notes: 'Entered twice', vendor: 'Dépanneur' };
const tps = { taxName1: 'TPS', taxPercent1: '5' };

const cases: readonly Row[] = [
  // Three decimals, as live rows have them (§3.6).
  { amount: money('39.991'), notes: 'Three decimals', vendor: 'Pompe 24' },
  { amount: money('7040.981'), ...tps, taxAmount1: money('335.285'), vendor: 'Грузовик' },
  // Two taxes.
  {
    amount: money('114.98'),
    ...tps,
    taxAmount1: money('5.00'),
    taxName2: 'TVQ',
    taxPercent2: '9.975',
    taxAmount2: money('9.98'),
  },
  // The same thing twice: both are duplicates (§4.4).
  { ...twice, isduplicate: true },
  { ...twice, isduplicate: true },
  { amount: money('-18.40'), notes: 'Refund', vendor: null },
  { amount: money('0.00'), notes: '' },
  { amount: money('60.00', 'EUR'), vendor: 'Café <b>Paris</b>', notes: 'Une très longue note. '.repeat(500) },
  { amount: money('12.345', 'KWD'), vendor: 'تاكسي', billable: true },
  { amount: money('80.00'), vendor: 'Deleted vendor', vis_state: 1 },
  { amount: money('90.00'), vendor: 'Archived vendor', vis_state: 2 },
  { amount: money('33.00'), vendor: 'Before the keys', old: true },
  { amount: money('45.00'), vendor: '山手線', is_cogs: true, has_receipt: true },
];

// §3A.6: keys that older rows do not have.
const newerKeys = [
  'bill_matches',
  'billable',
  'converse_projectid',
  'ext_accountid',
  'modern_projectid',
  'potential_bill_payment',
  'version',
];

/** The expenses of the messy book; one of them belongs to a client. */
export const messyExpenses = ({ at }: Draft, ids: Readonly<Record<string, number>>): void => {
  const categories = at(bookStart).rows('expense_categories').ascending();
  cases.forEach(({ old, vis_state = 0, isduplicate = false, ...fields }, index) => {
    const books = at(bookStart + (index + 2) * 61 * dayLength);
    const category = Number(categories[index % (categories.length - 1)]?.['id']);
    const clientid = fields['billable'] === true ? (ids['plain'] ?? 0) : 0;
    const written: Row = {
      categoryid: category,
      clientid,
      date: easternDay(books.at),
      staffid: 1,
      ...fields,
    };
    const row = { ...newExpense(written, books), vis_state, isduplicate };
    books.rows('expenses').put(old === true ? without(row, ...newerKeys) : row);
    postTo(category, books);
  });
};
