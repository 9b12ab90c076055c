import { addDays, easternDay } from '../eastern-time.ts';
import type { Row } from '../json.ts';
import { newCreditNote } from '../resources/credit-notes.ts';
import { newEstimate } from '../resources/estimates.ts';
import { newInvoiceProfile } from '../resources/invoice-profiles.ts';
import { newItem } from '../resources/items.ts';
import { newOtherIncome } from '../resources/other-income.ts';
import type { Books } from '../resources/resource.ts';
import { newTask, serviceOf } from '../resources/tasks.ts';
import { bookEnd, bookStart, dayLength } from './book-span.ts';
import type { Draft } from './draft.ts';
import { services } from './words.ts';

const cents = (amount: number): Row => ({ amount: (amount / 100).toFixed(2) });

/** Calls `make` for `count` moments spread over the book, with the books as of then. */
const spread = ({ at, random }: Draft, count: number, make: (books: Books, index: number) => void): void => {
  const span = (bookEnd - bookStart) / dayLength - 2;
  for (let index = 0; index < count; index += 1) {
    const day = Math.floor((index / count) * span);
    make(at(bookStart + day * dayLength + random.between(0, 28_000) * 1_000), index);
  }
};

const clientIn = (draft: Draft, books: Books): Row =>
  books.rows('clients').ascending()[draft.random.between(0, draft.sizes.clients - 1)] ?? {};

const lines = ({ random }: Draft, taxed: Row = {}): readonly Row[] =>
  Array.from({ length: random.between(1, 3) }, () => ({
    name: random.pick(services),
    qty: String(random.between(1, 9)),
    unit_cost: cents(random.between(2_000, 40_000)),
    ...taxed,
  }));

/** Credits that nobody has used yet: goodwill, and money that came ahead of any invoice. */
export const makeCreditNotes = (draft: Draft, count: number): void =>
  spread(draft, count, (books, index) => {
    const credit_type = index % 3 === 2 ? 'prepayment' : 'goodwill';
    const clientid = clientIn(draft, books)['id'] ?? null;
    const create_date = easternDay(books.at);
    const note = newCreditNote({ clientid, create_date, credit_type, lines: lines(draft) }, books);
    books.rows('credit_notes').put(note);
  });

export const makeItems = (draft: Draft, count: number): void =>
  spread(draft, count, (books, index) => {
    const fields = {
      name: `${draft.random.pick(services)} ${index + 1}`,
      description: 'From the price list',
      inventory: draft.random.chance(0.5) ? String(draft.random.between(0, 90)) : null,
      qty: '1',
      sku: `SKU-${index + 1}`,
      tax1: index % 2 === 0 ? (books.rows('taxes').ascending()[0]?.['id'] ?? 0) : 0,
      unit_cost: cents(draft.random.between(500, 50_000)),
    };
    books.rows('items').put(newItem(fields, books));
  });

/** Tasks, each with its service and rate (§3A.9). */
export const makeTasks = (draft: Draft, count: number): void =>
  spread(draft, count, (books, index) => {
    const name = services[index % services.length] ?? 'Work';
    const rate = cents(draft.random.between(5, 20) * 1_000);
    const task = newTask({ name, description: `${name}, by the hour`, rate }, books);
    const made = serviceOf(task, books.businessId);
    books.rows('tasks').put(task);
    books.rows('services').put(made.service);
    books.rows('service_rates').put(made.rate);
  });

export const makeOtherIncome = (draft: Draft, count: number): void =>
  spread(draft, count, (books) => {
    const { random } = draft;
    const fields = {
      amount: cents(random.between(1_000, 90_000)),
      category_name: random.pick(['advertising', 'in_person_sales', 'online_sales', 'rentals', 'other']),
      date: easternDay(books.at),
      note: '',
      payment_type: random.pick(['PayPal', 'Cash', 'Bank Transfer']),
      source: random.pick(['Etsy', 'Market stall', 'Room hire']),
      taxes: random.chance(0.5) ? [{ amount: '13', name: 'HST' }] : [],
    };
    books.rows('other_income').put(newOtherIncome(fields, books));
  });

export const makeEstimates = (draft: Draft, count: number): void =>
  spread(draft, count, (books) => {
    const status = draft.random.pick([1, 2, 3, 5]);
    const fields = {
      accepted: status === 5,
      customerid: clientIn(draft, books)['id'] ?? null,
      create_date: easternDay(books.at),
      lines: lines(draft, { taxName1: 'HST', taxAmount1: '13' }),
      status,
    };
    books.rows('estimates').put(newEstimate(fields, books));
  });

export const makeProfiles = (draft: Draft, count: number): void =>
  spread(draft, count, (books, index) => {
    const fields = {
      customerid: clientIn(draft, books)['id'] ?? null,
      create_date: addDays(easternDay(bookEnd), index + 3),
      disable: index % 5 === 4,
      frequency: index % 4 === 3 ? '2w' : 'm',
      lines: lines(draft),
      numberRecurring: index % 3,
      occurrences_to_date: index,
    };
    books.rows('invoice_profiles').put(newInvoiceProfile(fields, books));
  });
