import type { Business } from '../people.ts';
import type { Books } from '../resources/resource.ts';
import type { Store } from '../store.ts';
import type { Plays } from '../switches.ts';

/** What a moment's books draw on besides the store: the clock, uuids and microseconds are handed in. */
export type Moment = { at: number; plays: Plays; newUuid: () => string; micros: () => number };

// Each resource numbers on from its own start, apart from the others, so that an id of the wrong kind is not found
// by accident.
const starts: Readonly<Record<string, number>> = {
  clients: 0,
  taxes: 8_000,
  expense_categories: 9_000,
  invoices: 20_000,
  payments: 40_000,
  expenses: 60_000,
  systems: 90_000,
  items: 10_000,
  credit_notes: 30_000,
  bills: 50_000,
  bill_payments: 52_000,
  bill_vendors: 54_000,
  other_income: 56_000,
  estimates: 70_000,
  invoice_profiles: 72_000,
  tasks: 74_000,
  services: 74_000,
  projects: 76_000,
  retainers: 78_000,
  journal_entries: 80_000,
};

/** One account's books as they stand, seen at a moment. */
export const booksOf = (store: Store, account: Business, moment: Moment): Books => {
  const accountId = account.accountId ?? '';
  const counters = store.documents('counters');
  return {
    accountId,
    businessId: account.businessId,
    firstId: account.firstId,
    currency: account.currency,
    country: account.country,
    at: moment.at,
    plays: moment.plays,
    rows: (resource) => store.rows(accountId, resource),
    // A deleted row's id is never used again, so the counter is kept apart from the rows.
    nextId: (resource) => {
      const key = `${accountId}/${resource}`;
      const last = counters.get(key)?.['last'] ?? account.firstId + (starts[resource] ?? 0);
      const next = Number(last) + 1;
      counters.put(key, { last: next });
      return next;
    },
    newUuid: moment.newUuid,
    micros: moment.micros,
  };
};
