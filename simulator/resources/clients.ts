import { Big } from 'big.js';
import { equalsNumber, equalsText, like, numberIn, updatedBetween } from '../accounting/filters.ts';
import { Refusal } from '../accounting/refusal.ts';
import { easternStamp, utcStamp } from '../eastern-time.ts';
import { amountOf, type Json, type Row, textOf } from '../json.ts';
import { money } from '../money.ts';
import { bumpsBySwitch } from './bumps-by-switch.ts';
import type { Books, Resource } from './resource.ts';

const addresses = ['city', 'code', 'country', 'province', 'street', 'street2'].flatMap((part) => [
  `p_${part}`,
  `s_${part}`,
]);
const names = ['fname', 'lname', 'email', 'organization'];
const phones = ['bus_phone', 'fax', 'home_phone', 'mob_phone'];

/** The fixed part of a row: what a client has that nobody wrote (§3A.1). */
const blank = {
  allow_email_include_pdf: false,
  allow_late_fees: true,
  allow_late_notifications: true,
  bus_phone: '',
  company_industry: null,
  company_size: null,
  direct_link_token: null,
  email: '',
  exceeds_client_limit: 0,
  fax: '',
  fname: '',
  has_retainer: null,
  home_phone: null,
  language: 'en',
  last_activity: null,
  last_login: null,
  level: 0,
  lname: '',
  mob_phone: '',
  note: null,
  notified: false,
  num_logins: 0,
  number_format: null,
  organization: '',
  ...Object.fromEntries(addresses.map((field) => [field, ''])),
  pref_email: true,
  pref_gmail: false,
  retainer_id: null,
  role: 'client',
  statement_token: null,
  subdomain: null,
  vat_name: null,
  vat_number: null,
  vis_state: 0,
} as const satisfies Row;

// §3A.1: made from the name when absent, and made unique with a number.
const usernameOf = (fields: Row, books: Books): string => {
  const sent = textOf(fields, 'username') || `${textOf(fields, 'fname')}${textOf(fields, 'lname')}`;
  const base = sent.toLowerCase().replace(/[^a-z0-9]/g, '') || 'client';
  const taken = (name: string) => books.rows('clients').where('username', name).length > 0;
  let name = base;
  for (let next = 2; taken(name); next += 1) name = `${base}${next}`;
  return name;
};

/** A new client row; `signup_date` is UTC and `updated` Eastern (§3.7). Throws errno 7012 without any name. */
export const newClient = (fields: Row, books: Books): Row => {
  if (names.every((field) => !textOf(fields, field))) {
    const message = 'At least one field among fname, lname, email and organization is required.';
    throw new Refusal(422, { errno: 7012, field: null, object: 'client', value: '', message });
  }
  const id = books.nextId('clients');
  const row: Row = {
    ...blank,
    currency_code: books.currency,
    ...fields,
    accounting_systemid: books.accountId,
    id,
    signup_date: utcStamp(books.at),
    updated: easternStamp(books.at),
    userid: id,
    username: usernameOf(fields, books),
    uuid: books.newUuid(),
  };
  return Object.fromEntries(Object.entries(row).sort(([a], [b]) => (a < b ? -1 : 1)));
};

export const touchClient = (row: Row, books: Books): Row => ({ ...row, updated: easternStamp(books.at) });

// One money per currency, doubly nested on the wire: [{ amount: { amount, code } }].
const balance = (row: Row, field: string, books: Books): Json => {
  const sums = new Map<string, Big>();
  for (const invoice of books.rows('invoices').where('customerid', row['id'] ?? null)) {
    if (invoice['vis_state'] === 1) continue;
    const code = textOf(invoice, 'currency_code');
    sums.set(code, (sums.get(code) ?? new Big(0)).plus(amountOf(invoice, field)));
  }
  return [...sums].map(([code, sum]) => ({ amount: money(sum, code) }));
};

const texts = (fields: readonly string[]) =>
  Object.fromEntries(fields.map((field) => [field, 'text'] as const));

/** §3A.1 */
export const clients: Resource = {
  name: 'clients',
  path: 'users/clients',
  one: 'client',
  many: 'clients',
  missing: { object: 'client', field: 'userid', message: 'Client not found.' },
  scope: 'clients',
  verbs: ['list', 'get', 'create', 'update'],
  sorts: {
    client_id: 'id',
    organization_name: 'organization',
    fullname: 'fname',
    email: 'email',
    updated: 'updated',
    bus_phone: 'bus_phone',
    primarycontact: 'fname',
  },
  filters: {
    email: equalsText('email'),
    email_like: like('email'),
    fname_like: like('fname'),
    lname_like: like('lname'),
    organization_like: like('organization'),
    address: like(...addresses),
    address_like: like(...addresses),
    ...Object.fromEntries(phones.map((field) => [`${field}_like`, like(field)])),
    userid: equalsNumber('userid'),
    userids: numberIn('userid'),
    clientids: numberIn('userid'),
    vis_state: equalsNumber('vis_state'),
    ...updatedBetween((plays) => plays('updated-filter.clients', 'honoured')),
  },
  includes: {
    outstanding_balance: (row, books) => balance(row, 'outstanding', books),
    grand_total_balance: (row, books) => balance(row, 'amount', books),
    late_fees: () => [],
    late_reminders: () => [],
  },
  fields: {
    ...texts([
      ...names,
      ...addresses,
      ...phones,
      'currency_code',
      'language',
      'note',
      'username',
      'vat_name',
      'vat_number',
    ]),
    allow_late_fees: 'bool',
    allow_late_notifications: 'bool',
    pref_email: 'bool',
    pref_gmail: 'bool',
  },
  required: [],
  ofClient: (row, clientId) => row['userid'] === clientId,
  create: newClient,
  update: (row, fields, books) => touchClient({ ...row, ...fields }, books),
  touch: touchClient,
  bumpsOnHide: bumpsBySwitch('clients'),
};
