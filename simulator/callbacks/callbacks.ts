import type { Business } from '../people.ts';
import type { ResourceName } from '../resources/resource.ts';
import type { Store } from '../store.ts';
import type { Plays } from '../switches.ts';
import { hears, nounOf } from './events.ts';
import { makeNotices, type Notices } from './notices.ts';
import { type Callback, callbackRow, readCallback } from './registration.ts';
import type { Fields } from './signature.ts';

/** A write that was answered: what of whom became what. */
type Happened = {
  account: Business;
  identityId: number;
  resource: ResourceName;
  verb: string;
  id: number;
};

/** Who listens to what, and what is still to be posted to them. Written inside a transaction only. */
export type Callbacks = {
  of(account: string, clientId: string): readonly Callback[];
  get(id: number): Callback | undefined;
  create(wish: Omit<Callback, 'id' | 'verifier' | 'verified' | 'updatedAt'>): Callback;
  put(callback: Callback): void;
  remove(id: number): void;
  /** Posts the verifier to the callback's address (§5.1). */
  shakeHands(callback: Callback, account: Business): void;
  /** Tells every verified callback that listens (§5.2). */
  tell(happened: Happened): void;
  notices: Notices;
  all(): readonly Callback[];
};

type Making = { now: () => number; plays: Plays; newVerifier: () => string };

// §5.2, in this order.
const fieldsOf = (event: string, { account, identityId, id }: Happened, plays: Plays): Fields => {
  const older: Fields = [
    ['name', event],
    ['object_id', String(id)],
    ['account_id', account.accountId ?? ''],
  ];
  const newer: Fields = [
    ['business_id', String(account.businessId)],
    ['identity_id', String(identityId)],
  ];
  return [...older, ...(plays('callback-fields', 'newer') ? newer : []), ['user_id', '1']];
};

const handshake = ({ id, verifier }: Callback, account: Business): Fields => [
  ['name', 'callback.verify'],
  ['object_id', String(id)],
  ['verifier', verifier],
  ['account_id', account.accountId ?? ''],
  ['user_id', '1'],
];

export const makeCallbacks = (store: Store, { now, plays, newVerifier }: Making): Callbacks => {
  const kept = store.documents('callbacks');
  const counters = store.documents('counters');
  const notices = makeNotices(store, { now, plays });
  const all = (): readonly Callback[] => kept.entries().map(([, row]) => readCallback(row));
  const put = (callback: Callback): void => kept.put(String(callback.id), callbackRow(callback));
  const nextId = (): number => {
    const id = Number(counters.get('callbacks')?.['last'] ?? 80_000) + 1;
    counters.put('callbacks', { last: id });
    return id;
  };

  return {
    all,
    notices,
    put,
    of: (account, clientId) =>
      all().filter((callback) => callback.account === account && callback.clientId === clientId),
    get: (id) => {
      const row = kept.get(String(id));
      return row && readCallback(row);
    },
    create: (wish) => {
      const made = { ...wish, id: nextId(), verifier: newVerifier(), verified: false, updatedAt: now() };
      put(made);
      return made;
    },
    remove: (id) => kept.remove(String(id)),
    shakeHands: (callback, account) => {
      if (plays('callback-handshake', 'lost')) return;
      const fields = handshake(callback, account);
      const signed = plays('callback-handshake', 'signed') ? { verifier: callback.verifier } : {};
      notices.add({ callbackId: callback.id, uri: callback.uri, fields, ...signed }, 'at-once');
    },
    tell: (happened) => {
      const noun = nounOf(happened.resource);
      if (noun === undefined || plays('callback-delivery', 'lost')) return;
      const event = `${noun}.${happened.verb}`;
      const fields = fieldsOf(event, happened, plays);
      const times = plays('callback-delivery', 'twice') ? 2 : 1;
      for (const { id, uri, verifier, account, verified, event: registered } of all()) {
        if (!verified || account !== happened.account.accountId || !hears(registered, event)) continue;
        for (let n = 0; n < times; n += 1) notices.add({ callbackId: id, uri, fields, verifier }, 'later');
      }
    },
  };
};
