import { type Row, without } from '../json.ts';
import { newClient } from '../resources/clients.ts';
import { newCategory } from '../resources/expense-categories.ts';
import { newTax } from '../resources/taxes.ts';
import { bookStart, dayLength } from './book-span.ts';
import type { Draft } from './draft.ts';
import { messyExpenses } from './messy-expenses.ts';
import { messyInvoices } from './messy-invoices.ts';

// §2.4, §3A.1: keys that recorded rows made before they existed do not have.
const newerKeys = [
  'allow_email_include_pdf',
  'exceeds_client_limit',
  'has_retainer',
  'number_format',
  'retainer_id',
  'uuid',
];

const longNote = 'A note that somebody pasted in, line after line.\n'.repeat(400);

/** Names by which the other rows of the book find their client. */
const clients: Readonly<Record<string, Row>> = {
  plain: { fname: 'Zoé', lname: 'Gagnon', organization: 'Épicerie de l’Été', email: 'zoe@ete.example' },
  japanese: {
    organization: '株式会社さくら',
    fname: '花子',
    lname: '山田',
    email: 'hanako@sakura.example',
    currency_code: 'JPY',
  },
  cyrillic: { fname: 'Мария', lname: 'Иванова', organization: 'Иванова и сыновья', currency_code: 'EUR' },
  arabic: { fname: 'محمد', lname: 'الكويتي', organization: 'شركة الخليج', currency_code: 'KWD' },
  html: {
    fname: '<b>Bo</b>',
    lname: 'O\'Hara "Quote" & Co',
    organization: '<script>alert("1")</script> & Sons 😀',
    email: 'bo@html.example',
    currency_code: 'USD',
  },
  gone: {
    fname: 'Deleted',
    lname: 'Person',
    organization: 'Gone Ltd',
    email: 'gone@ltd.example',
    vis_state: 1,
  },
  archived: {
    fname: 'Archived',
    lname: 'Person',
    organization: 'Attic Ltd',
    email: 'attic@ltd.example',
    vis_state: 2,
  },
  mailOnly: { email: 'only@mail.example', home_phone: null, note: null, vat_number: null },
  old: { fname: 'Old', lname: 'Row', organization: 'Before The Keys', email: 'zoe@ete.example', old: true },
  long: {
    organization: 'Long '.repeat(50).trim(),
    note: longNote,
    p_street: '1'.repeat(255),
    vat_number: 'FR 123 456 789',
  },
};

const makeClients = ({ at }: Draft): Readonly<Record<string, number>> => {
  const ids: Record<string, number> = {};
  Object.entries(clients).forEach(([name, { old, vis_state = 0, ...fields }], index) => {
    const books = at(bookStart + index * 30 * dayLength);
    const row: Row = { ...newClient(fields, books), vis_state };
    books.rows('clients').put(old === true ? without(row, ...newerKeys) : row);
    ids[name] = Number(row['id']);
  });
  return ids;
};

const taxes: readonly Row[] = [
  { name: 'TPS', amount: '5', number: '123456789 RT0001' },
  { name: 'TVQ', amount: '9.975', number: '1234567890 TQ0001', compound: true },
  { name: 'Exempt', amount: '0', number: null },
  { name: 'Taxe d’accise <odd>', amount: '12.3456', number: '' },
];

const makeTaxes = ({ at }: Draft): void => {
  for (const tax of taxes) {
    const books = at(bookStart);
    books.rows('taxes').put(newTax(tax, books));
  }
};

const makeCategories = ({ at }: Draft): void => {
  const books = at(bookStart);
  const rows = books.rows('expense_categories');
  const top = newCategory({ name: 'Dépenses générales', parent: null }, books);
  rows.put(top);
  for (const name of ['Repas & réceptions', '交通費', 'Accounting']) {
    rows.put(newCategory({ name, parent: Number(top['id']), own: name !== 'Accounting' }, books));
  }
  // An older row, from before transaction_posted.
  const old = newCategory({ name: 'Matériel', parent: null, cogs: true }, books);
  rows.put(without(old, 'transaction_posted'));
};

/** Books as they become in life: everything that is allowed and that nobody thinks of. */
export const makeMessy = (draft: Draft): void => {
  const ids = makeClients(draft);
  makeTaxes(draft);
  makeCategories(draft);
  messyInvoices(draft, ids);
  messyExpenses(draft, ids);
};
