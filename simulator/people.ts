// Who can be chosen on the consent page, and what they may reach. Facts, not code: the names are relied upon.

export type BookName = 'tiny' | 'busy-agency' | 'messy';

export type Business = {
  readonly name: string;
  readonly businessId: number;
  readonly businessUuid: string;
  /** Null: a business without an accounting account (§2.2). */
  readonly accountId: string | null;
  readonly systemId: number;
  readonly book: BookName | null;
  readonly currency: string;
  readonly country: string;
  readonly city: string;
  readonly timezone: string;
  /** False: a Classic account (§2.3). */
  readonly modern: boolean;
  /** Ids of rows of this account start here. */
  readonly firstId: number;
};

export type Membership = { readonly business: Business; readonly role: 'owner' | 'client' };
/** A role on an account (§2.1); `userId` is 1 for an owner and the client's id for a client. */
export type Role = { readonly account: Business; readonly role: 'admin' | 'client'; readonly userId: number };

export type Person = {
  readonly identityId: number;
  readonly identityUuid: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string;
  readonly memberships: readonly Membership[];
  readonly roles: readonly Role[];
};

const toronto = {
  country: 'Canada',
  city: 'Toronto',
  timezone: 'America/Toronto',
  currency: 'CAD',
  modern: true,
};

const busyAgency: Business = {
  ...toronto,
  name: 'Busy Agency',
  businessId: 8104417,
  businessUuid: '5a1c64de-3f0e-4c6b-9b1f-7a4c2d9e0b11',
  accountId: 'BzAg7q',
  systemId: 5210044,
  book: 'busy-agency',
  firstId: 700_000,
};

const tinyStudio: Business = {
  ...toronto,
  name: 'Tiny Studio',
  businessId: 8104533,
  businessUuid: '0f6b2a90-52d7-4a5e-8e43-6b0c9d3f1a22',
  accountId: 'TnSt2k',
  systemId: 5210071,
  book: 'tiny',
  firstId: 210_000,
};

const oldLedger: Business = {
  ...toronto,
  name: 'Old Ledger',
  businessId: 8104640,
  businessUuid: '3c9e7d15-8a24-4f6d-b0a7-1e5f8c2b4d33',
  accountId: 'OlD9gr',
  systemId: 1480229,
  book: 'tiny',
  modern: false,
  firstId: 310_000,
};

const riverbank: Business = {
  ...toronto,
  name: 'Riverbank Outfitters',
  businessId: 7720318,
  businessUuid: '9d4f0b67-6c31-4e82-a59c-2f7e1d8a5c44',
  accountId: 'RvrB4n',
  systemId: 5098812,
  book: 'tiny',
  firstId: 410_000,
};

const harbour: Business = {
  ...toronto,
  name: 'Harbour Supply',
  businessId: 7719902,
  businessUuid: '71b8e3fa-0d5c-4b97-9c68-4a2d6e1f7b55',
  accountId: 'HrbS8w',
  systemId: 5097730,
  book: 'tiny',
  firstId: 510_000,
};

const paperPlans: Business = {
  ...toronto,
  name: 'Paper Plans',
  businessId: 8104777,
  businessUuid: 'c2a5917e-4b3d-4d08-8f12-9e6b0c7d3a66',
  accountId: null,
  systemId: 0,
  book: null,
  firstId: 0,
};

const messyFils: Business = {
  ...toronto,
  name: 'Messy & Fils',
  city: 'Montréal',
  businessId: 8201006,
  businessUuid: 'e86d4c02-97fa-4b15-a3de-5c1f9b8e2d77',
  accountId: 'MsF1l5',
  systemId: 5233190,
  book: 'messy',
  firstId: 610_000,
};

const ingridBooks: Business = {
  ...toronto,
  name: 'Ingrid Classic Books',
  country: 'Sweden',
  city: 'Uppsala',
  timezone: 'Europe/Stockholm',
  currency: 'SEK',
  businessId: 6644120,
  businessUuid: '48f1b7d9-2e60-4c3a-bd85-8a7c3e9f0b88',
  accountId: 'InGc5c',
  systemId: 990417,
  book: 'tiny',
  modern: false,
  firstId: 810_000,
};

const owns = (business: Business): Membership => ({ business, role: 'owner' });
const clientAt = (business: Business): Membership => ({ business, role: 'client' });
const admin = (account: Business): Role => ({ account, role: 'admin', userId: 1 });
// A person who receives invoices is the first client of that account's book.
const client = (account: Business): Role => ({ account, role: 'client', userId: account.firstId + 1 });

export const people: readonly Person[] = [
  {
    identityId: 4410021,
    identityUuid: '6f9a2c13-5b8d-4e70-9a41-0c7e3d5b2f01',
    firstName: 'Alex',
    lastName: 'Morgan',
    email: 'alex@busyagency.example',
    memberships: [owns(busyAgency), owns(tinyStudio), owns(oldLedger), clientAt(riverbank), owns(paperPlans)],
    roles: [admin(busyAgency), admin(tinyStudio), admin(oldLedger), client(riverbank), client(harbour)],
  },
  {
    identityId: 4410158,
    identityUuid: 'a7d3f860-1c4e-4b29-8d56-3e9b0f7a4c02',
    firstName: 'Mireille',
    lastName: 'Côté',
    email: 'mireille@messy.example',
    memberships: [owns(messyFils)],
    roles: [admin(messyFils)],
  },
  {
    identityId: 2200871,
    identityUuid: '1e5b8c47-9f02-4d6a-b3e8-7c4a0d2f6b03',
    firstName: 'Ingrid',
    lastName: 'Classic',
    email: 'ingrid@classic.example',
    memberships: [owns(ingridBooks)],
    roles: [admin(ingridBooks)],
  },
  {
    identityId: 4410302,
    identityUuid: 'd0c6e941-7a3b-4f58-92cd-5b8e1f4a7d04',
    firstName: 'Kim',
    lastName: 'Client',
    email: 'kim@client.example',
    memberships: [clientAt(harbour)],
    roles: [client(harbour)],
  },
  {
    identityId: 4410477,
    identityUuid: '83b1d5f2-4e6c-4a97-8b0f-9d2c7e3a5f05',
    firstName: 'Noa',
    lastName: 'Newcomer',
    email: 'noa@newcomer.example',
    memberships: [],
    roles: [],
  },
];

/** Every account that has books, each once. */
const accounts: readonly Business[] = [
  busyAgency,
  tinyStudio,
  oldLedger,
  riverbank,
  harbour,
  messyFils,
  ingridBooks,
];

export const accountOf = (accountId: string): Business | undefined =>
  accounts.find((account) => account.accountId === accountId);

/** The business that one of its three ids names; an id of another kind names none (§0.1). */
export const businessBy = (
  kind: 'businessId' | 'businessUuid' | 'accountId',
  id: string,
): Business | undefined => [...accounts, paperPlans].find((business) => String(business[kind] ?? '') === id);

export const personOf = (identityId: number): Person | undefined =>
  people.find((person) => person.identityId === identityId);

export const personByEmail = (email: string): Person | undefined =>
  people.find((person) => person.email === email);
