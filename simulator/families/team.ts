import { type Row, textOf, without } from '../json.ts';
import { uuidOf } from '../ledger/chart.ts';
import type { Business } from '../people.ts';
import type { Books } from '../resources/resource.ts';
import { bareList, pageOf } from './business-list.ts';
import type { Endpoint, Read } from './endpoint.ts';

// Each member of the staff is one of the team as well; the last of them has not accepted yet.
const pending = (row: Row, books: Books): boolean => {
  const all = books.rows('staff').ascending();
  return all.length > 1 && row === all.at(-1);
};

const zulu = (stamp: string): string => `${stamp.replace(' ', 'T')}Z`;

const memberRow = (row: Row, books: Books): Row => ({
  active: row['vis_state'] === 0 && !pending(row, books),
  business_id: books.businessId,
  business_role_name: row['role'] === 'admin' ? 'owner' : 'business_employee',
  city: null,
  country: null,
  created_at: zulu(textOf(row, 'signup_date')),
  email: textOf(row, 'email'),
  first_name: textOf(row, 'fname'),
  identity_id: pending(row, books) ? null : books.businessId * 10 + Number(row['id']),
  invitation_date_accepted: null,
  job_title: null,
  last_name: textOf(row, 'lname'),
  middle_name: null,
  phone_number: null,
  postal_code: null,
  province: null,
  street_1: null,
  street_2: null,
  updated_at: zulu(textOf(row, 'updated')),
  uuid: uuidOf('team-member', String(books.businessId), String(row['id'])),
});

const team = (books: Books): readonly Row[] =>
  books
    .rows('staff')
    .ascending()
    .map((row) => memberRow(row, books));

/** The members of a business' group, as users/business and a project tell them. */
export const membersOf = (books: Books): readonly Row[] =>
  team(books)
    .filter((row) => row['active'] === true)
    .map((row, at) => ({
      id: books.businessId * 10 + at,
      group_id: books.businessId + 1,
      role: textOf(row, 'business_role_name'),
      identity_id: row['identity_id'] ?? null,
      first_name: textOf(row, 'first_name'),
      last_name: textOf(row, 'last_name'),
      email: textOf(row, 'email'),
      company: '',
      business_id: books.businessId,
      unacknowledged_change: false,
      active: true,
    }));

// §3A.21: five to a page unless told, and no `pages` among the counters.
const list = ({ query, books }: Read): Row => {
  const { rows, meta } = pageOf(team(books), query, 5);
  return { response: rows, meta: without(meta, 'pages') };
};

const one = ({ params: [uuid], books }: Read): Row | undefined => {
  const response = team(books).find((row) => row['uuid'] === uuid);
  return response && { response };
};

// §3A.21: of those who have accepted. What an hour of each costs is made up: no other figure of the books rests on it.
const rates = ({ books }: Read): Row =>
  bareList(
    'team_member_rates',
    team(books).flatMap(({ identity_id }, at) =>
      typeof identity_id === 'number'
        ? [{ rate: `${60 + 5 * at}.00`, identity_id, business_id: books.businessId }]
        : [],
    ),
  );

const business = ({ business: known, books }: Read): Row => ({
  response: {
    id: known.businessId,
    name: known.name,
    account_id: known.accountId,
    business_group: { id: known.businessId + 1, category: 'business', members: membersOf(books) },
    date_format: 'yyyy-mm-dd',
    address: addressOf(known),
    phone_number: null,
    business_clients: [],
  },
});

const addressOf = ({ businessId, city, country }: Business): Row => ({
  id: businessId + 2,
  street: null,
  city,
  province: null,
  country,
  postal_code: null,
});

const auth = { family: 'auth', tenant: 'businessId' } as const;

/** §3A.21 */
export const teamEndpoints: readonly Endpoint[] = [
  {
    ...auth,
    name: 'team_members',
    scope: 'teams',
    pattern: /^\/auth\/api\/v1\/businesses\/([^/]+)\/team_members$/,
    read: list,
  },
  {
    ...auth,
    name: 'team_members',
    scope: 'teams',
    pattern: /^\/auth\/api\/v1\/businesses\/([^/]+)\/team_members\/([^/]+)$/,
    read: one,
  },
  {
    family: 'comments',
    tenant: 'businessId',
    name: 'team_member_rates',
    scope: 'teams',
    pattern: /^\/comments\/business\/([^/]+)\/team_member_rates$/,
    read: rates,
  },
  {
    ...auth,
    name: 'business',
    scope: 'business',
    pattern: /^\/auth\/api\/v1\/users\/business\/([^/]+)$/,
    read: business,
  },
];
