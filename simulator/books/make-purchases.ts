import { addDays, easternDay } from '../eastern-time.ts';
import { amountOf, type Row, textOf } from '../json.ts';
import { newBillPayment } from '../resources/bill-payments.ts';
import { newBillVendor } from '../resources/bill-vendors.ts';
import { newBill, resettleBill } from '../resources/bills.ts';
import { bookEnd, bookStart, dayLength } from './book-span.ts';
import type { Draft } from './draft.ts';
import { firstNames, lastNames, places, vendors } from './words.ts';

/** Makes vendors; the first ones bear names that expenses name too. */
export const makeVendors = ({ at, random }: Draft, count: number): void => {
  for (let index = 0; index < count; index += 1) {
    const books = at(bookStart + index * 3_600_000);
    const name = vendors[index] ?? `${random.pick(places)} Supplies ${index + 1}`;
    const vendor = newBillVendor(
      {
        vendor_name: name,
        currency_code: index % 9 === 8 ? 'USD' : 'CAD',
        account_number: String(random.between(10_000, 99_999)),
        city: 'Toronto',
        country: 'Canada',
        primary_contact_email: `accounts${index + 1}@vendors.example`,
        primary_contact_first_name: random.pick(firstNames),
        primary_contact_last_name: random.pick(lastNames),
        province: 'Ontario',
        website: `vendor${index + 1}.example`,
      },
      books,
    );
    books.rows('bill_vendors').put(vendor);
  }
};

const linesFor = ({ random }: Draft, categories: readonly Row[]): readonly Row[] =>
  Array.from({ length: random.between(1, 3) }, () => ({
    categoryid: categories[random.between(0, categories.length - 1)]?.['id'] ?? null,
    description: 'As ordered',
    quantity: String(random.between(1, 20)),
    unit_cost: { amount: (random.between(500, 30_000) / 100).toFixed(2) },
    ...(random.chance(0.7) ? { tax_name1: 'HST', tax_percent1: '13' } : {}),
  }));

const payBill = (draft: Draft, bill: Row, moment: number): void => {
  const { at, random } = draft;
  const roll = random.next();
  if (roll > 0.8) return;
  const total = Number(amountOf(bill, 'total_amount'));
  const part = roll > 0.65 ? (total / 2).toFixed(2) : amountOf(bill, 'total_amount');
  const paidAt = Math.min(moment + random.between(3, 40) * dayLength, bookEnd - 3_600_000);
  const books = at(paidAt);
  const payment = newBillPayment(
    {
      amount: { amount: part },
      billid: bill['id'] ?? null,
      paid_date: easternDay(paidAt),
      payment_type: random.pick(['Check', 'Bank Transfer', 'Credit Card']),
    },
    books,
  );
  books.rows('bill_payments').put(payment);
};

/** Makes bills in order of date, most of them paid; statuses are as of the end. */
export const makeBills = (draft: Draft, count: number): void => {
  const { at, random } = draft;
  const start = at(bookStart);
  const owed = start.rows('bill_vendors').ascending();
  const categories = start
    .rows('expense_categories')
    .ascending()
    .filter((row) => row['parentid'] !== null);
  const span = (bookEnd - bookStart) / dayLength - 2;
  for (let index = 0; index < count; index += 1) {
    const moment = bookStart + Math.floor((index / count) * span) * dayLength + random.between(0, 28_000_000);
    const books = at(moment);
    const bill = newBill(
      {
        vendorid: owed[random.between(0, owed.length - 1)]?.['vendorid'] ?? null,
        bill_number: `B-${String(index + 1).padStart(4, '0')}`,
        issue_date: addDays(easternDay(moment), 0),
        due_offset_days: random.pick([0, 15, 30, 30]),
        lines: linesFor(draft, categories),
      },
      books,
    );
    books.rows('bills').put(bill);
    payBill(draft, bill, moment);
  }
  const last = at(bookEnd);
  for (const bill of last.rows('bills').ascending()) {
    const stamp = textOf(bill, 'updated_at');
    resettleBill(Number(bill['id']), last);
    const settled = last.rows('bills').get(Number(bill['id']));
    if (settled) last.rows('bills').put({ ...settled, updated_at: stamp });
  }
};
