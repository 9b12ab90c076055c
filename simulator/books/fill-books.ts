import type { BookName, Business } from '../people.ts';
import { people } from '../people.ts';
import { newSystem } from '../resources/systems.ts';
import type { Store } from '../store.ts';
import type { Plays } from '../switches.ts';
import { bookStart } from './book-span.ts';
import { booksOf } from './books-of.ts';
import type { Draft, Sizes } from './draft.ts';
import { makeAgency } from './make-agency.ts';
import { makeMessy } from './make-messy.ts';
import { seeded } from './random.ts';

const tiny: Sizes = { clients: 5, invoices: 12, expenses: 8, categories: 9 };
const busy: Sizes = { clients: 400, invoices: 5_000, expenses: 1_500, categories: 60 };

const makers: Readonly<Record<BookName, { sizes: Sizes; make: (draft: Draft) => void }>> = {
  tiny: { sizes: tiny, make: makeAgency },
  'busy-agency': { sizes: busy, make: makeAgency },
  messy: { sizes: { clients: 0, invoices: 0, expenses: 0, categories: 0 }, make: makeMessy },
};

const ownerEmail = (account: Business): string =>
  people.find(({ roles }) => roles.some((role) => role.account === account && role.role === 'admin'))
    ?.email ?? 'owner@books.example';

const fill = (store: Store, account: Business, plays: Plays): void => {
  const random = seeded(account.businessId);
  const at = (moment: number) =>
    booksOf(store, account, {
      at: moment,
      plays,
      newUuid: random.uuid,
      micros: () => random.between(0, 999),
    });
  store.rows(account.accountId ?? '', 'systems').put(newSystem(account, ownerEmail(account), at(bookStart)));
  const maker = account.book && makers[account.book];
  maker?.make({ at, random, sizes: maker.sizes });
};

/**
 * Makes an account's book, once: a store that has it is left as it is. Done when the account is first asked for, so
 * that starting costs nothing; call it outside a transaction that may be taken back.
 */
export const fillBook = (store: Store, account: Business, plays: Plays): void => {
  const made = store.documents('books-made');
  const key = account.accountId ?? '';
  if (made.get(key)) return;
  store.transaction(() => {
    fill(store, account, plays);
    made.put(key, { book: account.book });
  });
};
