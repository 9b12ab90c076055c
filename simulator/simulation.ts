import { randomBytes, randomInt, randomUUID } from 'node:crypto';
import { booksOf } from './books/books-of.ts';
import { fillBook } from './books/fill-books.ts';
import { type Callbacks, makeCallbacks } from './callbacks/callbacks.ts';
import { type Clock, makeClock } from './clock.ts';
import { type Apps, makeApps } from './oauth/apps.ts';
import { type Grants, makeGrants } from './oauth/grants.ts';
import type { Business } from './people.ts';
import { makeSwitches, type PlayedSwitches } from './played-switches.ts';
import type { Books } from './resources/resource.ts';
import type { Store } from './store.ts';

/** Everything behind the HTTP surface, made from one store and one clock. */
export type Simulation = {
  store: Store;
  clock: Clock;
  switches: PlayedSwitches;
  apps: Apps;
  grants: Grants;
  /** Who is told of changes (§5). */
  callbacks: Callbacks;
  /** Sees to it that an account has its book; before any transaction about it. */
  prepare(account: Business): void;
  /** The books of an account as of now. */
  books(account: Business): Books;
};

/** Opens the simulation of a store. `now` is milliseconds. */
export const makeSimulation = (store: Store, now: () => number): Simulation => {
  const clock = makeClock(store, now);
  const switches = makeSwitches(store);
  const secret = () => randomBytes(32).toString('hex');
  const newVerifier = () => randomBytes(16).toString('hex');
  return {
    store,
    clock,
    switches,
    apps: makeApps(store),
    grants: makeGrants(store, { now: clock.now, secret, plays: switches.plays }),
    callbacks: makeCallbacks(store, { now: clock.now, plays: switches.plays, newVerifier }),
    prepare: (account) => fillBook(store, account, switches.plays),
    books: (account) =>
      booksOf(store, account, {
        at: clock.now(),
        plays: switches.plays,
        newUuid: randomUUID,
        micros: () => randomInt(1_000),
      }),
  };
};
