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
import { makeMore } from './make-more.ts';
import { makeMessyMore } from './messy-more.ts';
import { seeded } from './random.ts';

const tiny: Sizes = { clients: 5, invoices: 12, expenses: 8, categories: 9 };
const busy: Sizes = { clients: 400, invoices: 5_000, expenses: 1_500, categories: 60 };

const makers: Readonly<
  Record<BookName, { sizes: Sizes; make: (draft: Draft) => void; more: (draft: Draft) => void }>
> = {
  tiny: { sizes: tiny, make: makeAgency, more: makeMore },
  'busy-agency': { sizes: busy, make: makeAgency, more: makeMore },
  messy: {
    sizes: { clients: 0, invoices: 0, expenses: 0, categories: 0 },
    make: makeMessy,
    more: makeMessyMore,
  },
};

const ownerEmail = (account: Business): string =>
  people.find(({ roles }) => roles.some((role) => role.account === account && role.role === 'admin'))
    ?.email ?? 'owner@books.example';

const draftOf = (store: Store, account: Business, plays: Plays, seed: number, sizes: Sizes): Draft => {
  const random = seeded(seed);
  const micros = () => random.between(0, 999);
  const at = (moment: number) => booksOf(store, account, { at: moment, plays, newUuid: random.uuid, micros });
  return { at, random, sizes };
};

const fill = (store: Store, account: Business, plays: Plays): void => {
  const maker = account.book && makers[account.book];
  const draft = draftOf(store, account, plays, account.businessId, maker ? maker.sizes : tiny);
  store
    .rows(account.accountId ?? '', 'systems')
    .put(newSystem(account, ownerEmail(account), draft.at(bookStart)));
  maker?.make(draft);
};

// What came to the books later has its own randomness, so that the rows from before stay as they were.
const fillRest = (store: Store, account: Business, plays: Plays): void => {
  const maker = account.book && makers[account.book];
  if (!maker) return;
  maker.more(draftOf(store, account, plays, account.businessId + 1, maker.sizes));
};

/**
 * Makes an account's book, once: a store that has it is left as it is. Done when the account is first asked for, so
 * that starting costs nothing; call it outside a transaction that may be taken back.
 */
export const fillBook = (store: Store, account: Business, plays: Plays): void => {
  const made = store.documents('books-made');
  const key = account.accountId ?? '';
  const parts = [
    [key, fill],
    [`${key}/rest`, fillRest],
  ] as const;
  for (const [name, make] of parts) {
    if (made.get(name)) continue;
    store.transaction(() => {
      make(store, account, plays);
      made.put(name, { book: account.book });
    });
  }
};
