import { type Row, textOf } from '../json.ts';
import { newClient, touchClient } from '../resources/clients.ts';
import { newCategory } from '../resources/expense-categories.ts';
import { newTax } from '../resources/taxes.ts';
import { bookStart, dayLength } from './book-span.ts';
import type { Draft } from './draft.ts';
import { makeExpenses } from './make-expenses.ts';
import { makeInvoices } from './make-invoices.ts';
import { categories, firstNames, lastNames, places, trades } from './words.ts';

// Toronto's own tax, the two of Québec (the second one once stood on the first) and none abroad.
const taxNames = [
  ['HST', '13', 'RT 8812'],
  ['GST', '5', 'RT 8813'],
  ['QST', '9.975', 'TQ 4471'],
  ['PST', '7', 'PST 220'],
] as const;

const makeTaxes = ({ at }: Draft): void => {
  for (const [name, amount, number] of taxNames) {
    const books = at(bookStart);
    books.rows('taxes').put(newTax({ name, amount, number, compound: false }, books));
  }
};

const makeCategories = ({ at, sizes }: Draft): void => {
  const books = at(bookStart);
  let left = sizes.categories;
  for (const [name, children] of Object.entries(categories)) {
    if (left <= 0) return;
    const cogs = name === 'Cost of Goods Sold';
    const parent = newCategory({ name, parent: null, cogs }, books);
    books.rows('expense_categories').put(parent);
    left -= 1;
    for (const child of children.slice(0, Math.max(0, left))) {
      books
        .rows('expense_categories')
        .put(newCategory({ name: child, parent: Number(parent['id']), cogs }, books));
      left -= 1;
    }
  }
};

const regions: readonly [Row, ...Row[]] = [
  { p_province: 'Ontario', p_city: 'Toronto', p_country: 'Canada', currency_code: 'CAD' },
  { p_province: 'Ontario', p_city: 'Ottawa', p_country: 'Canada', currency_code: 'CAD' },
  { p_province: 'Quebec', p_city: 'Montréal', p_country: 'Canada', currency_code: 'CAD' },
  { p_province: 'British Columbia', p_city: 'Vancouver', p_country: 'Canada', currency_code: 'CAD' },
  { p_province: 'New York', p_city: 'New York', p_country: 'United States', currency_code: 'USD' },
];

const clientFields = ({ random }: Draft, index: number): Row => {
  const [fname, lname] = [random.pick(firstNames), random.pick(lastNames)];
  const organization = `${random.pick(places)} ${random.pick(trades)} ${index + 1}`;
  return {
    ...random.pick(regions),
    bus_phone: `416-555-${String(random.between(0, 9999)).padStart(4, '0')}`,
    email: `${fname}.${lname}${index + 1}@clients.example`.toLowerCase(),
    fname,
    lname,
    organization,
    p_street: `${random.between(1, 999)} ${random.pick(places)} Street`,
  };
};

// The first fifth of the clients is there from the first day; the others arrive over two years.
const makeClients = (draft: Draft): void => {
  const { at, sizes } = draft;
  for (let index = 0; index < sizes.clients; index += 1) {
    const part = Math.max(0, index / sizes.clients - 0.2) / 0.8;
    const books = at(bookStart + Math.floor(part * 730) * dayLength + index * 1_000);
    books.rows('clients').put(newClient(clientFields(draft, index), books));
  }
};

// §3.8: a client's `updated` is that of its latest invoice.
const touchClients = ({ at }: Draft, latest: ReadonlyMap<number, number>): void => {
  for (const [id, moment] of latest) {
    const books = at(moment);
    const client = books.rows('clients').get(id);
    if (client && textOf(client, 'updated') < textOf(touchClient(client, books), 'updated')) {
      books.rows('clients').put(touchClient(client, books));
    }
  }
};

/** Fills an account with the books of an agency: clients, taxes, invoices, payments, expenses, categories. */
export const makeAgency = (draft: Draft): void => {
  makeTaxes(draft);
  makeCategories(draft);
  makeClients(draft);
  touchClients(draft, makeInvoices(draft));
  makeExpenses(draft);
};
