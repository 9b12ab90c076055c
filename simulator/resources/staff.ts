import { createHash } from 'node:crypto';
import { easternStamp } from '../eastern-time.ts';
import { type Row, textOf } from '../json.ts';
import { idOf } from '../row-index.ts';
import type { Books, Resource } from './resource.ts';

export type Colleague = { id: number; fname: string; lname: string; email: string; role: 'admin' | 'staff' };

/** A staff row (§3A.21): the service gives its legacy `api_token` away, and so do we; it opens nothing. */
export const newStaff = ({ id, fname, lname, email, role }: Colleague, books: Books): Row => ({
  accounting_systemid: books.accountId,
  api_token: createHash('sha256').update(`staff/${books.accountId}/${id}`).digest('hex').slice(0, 32),
  bus_phone: '',
  currency_code: null,
  display_name: `${fname}${lname}`,
  email,
  fax: '',
  fname,
  home_phone: null,
  id,
  language: 'en',
  last_login: null,
  level: role === 'admin' ? 3 : 2,
  lname,
  mob_phone: '',
  note: null,
  num_logins: 0,
  organization: '',
  p_city: '',
  p_code: '',
  p_country: '',
  p_province: '',
  p_street: '',
  p_street2: '',
  rate: null,
  role,
  signup_date: easternStamp(books.at),
  updated: easternStamp(books.at),
  userid: id,
  username: email,
  vis_state: 0,
});

/** Somebody more who works there, numbered on. */
export const anotherColleague = (fields: Row, books: Books): Row => {
  const id = Math.max(0, ...books.rows('staff').ascending().map(idOf)) + 1;
  const [fname, lname] = [textOf(fields, 'fname') || 'New', textOf(fields, 'lname') || `Colleague ${id}`];
  const email = textOf(fields, 'email') || `colleague.${id}@team.example`;
  return newStaff({ id, fname, lname, email, role: 'staff' }, books);
};

/** A colleague of whom something is different now; what was not told stays. */
export const changedStaff = (row: Row, fields: Row, books: Books): Row => ({
  ...row,
  ...fields,
  updated: easternStamp(books.at),
});

/** §3A.21: a PUT by the API is refused (403 errno 1003), so there is no `update`. */
export const staff: Resource = {
  name: 'staff',
  path: 'users/staffs',
  one: 'staff',
  many: 'staffs',
  missing: { object: 'staff', field: 'userid', message: 'Staff not found.' },
  scope: 'teams',
  verbs: ['list', 'get', 'update'],
  sorts: {},
  filters: {},
  includes: {},
  fields: {},
  required: [],
};
