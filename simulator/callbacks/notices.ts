import { isRow, type Row, rowsOf, textOf } from '../json.ts';
import type { Store } from '../store.ts';
import type { Plays } from '../switches.ts';
import type { Fields } from './signature.ts';

/** A form that is to be posted; signed when there is a verifier. */
type Notice = {
  callbackId: number;
  uri: string;
  fields: Fields;
  verifier?: string;
};
export type Waiting = Notice & { n: number; due: number; tries: number };

/** What is still to be posted, kept over a restart. Written inside a transaction only. */
export type Notices = {
  add(notice: Notice, when: 'at-once' | 'later'): void;
  waiting(): readonly Waiting[];
  /** What is due, in the order of posting; it waits on until it is settled. */
  due(): readonly Waiting[];
  settle(notice: Waiting, delivered: boolean): void;
};

/** §5.2: seconds to several minutes. */
const delays = { seconds: 5_000, minutes: 240_000 } as const;
const retryAfter = 60_000;
const retries = 3;

const row = ({ fields, verifier, ...rest }: Waiting): Row => ({
  ...rest,
  verifier: verifier ?? null,
  fields: fields.map(([name, value]) => ({ name, value })),
});

const read = (kept: Row): Waiting => ({
  n: Number(kept['n']),
  due: Number(kept['due']),
  tries: Number(kept['tries']),
  callbackId: Number(kept['callbackId']),
  uri: textOf(kept, 'uri'),
  fields: rowsOf(kept, 'fields')
    .filter(isRow)
    .map((field) => [textOf(field, 'name'), textOf(field, 'value')] as const),
  ...(typeof kept['verifier'] === 'string' && { verifier: kept['verifier'] }),
});

export const makeNotices = (store: Store, { now, plays }: { now: () => number; plays: Plays }): Notices => {
  const kept = store.documents('notices');
  const counters = store.documents('counters');
  const put = (notice: Waiting): void => kept.put(String(notice.n), row(notice));
  const next = (): number => {
    const n = Number(counters.get('notices')?.['last'] ?? 0) + 1;
    counters.put('notices', { last: n });
    return n;
  };
  const delay = (): number => delays[plays('callback-delay', 'seconds') ? 'seconds' : 'minutes'];
  const waiting = (): readonly Waiting[] => kept.entries().map(([, each]) => read(each));

  return {
    waiting,
    add: (notice, when) =>
      put({ ...notice, n: next(), tries: 0, due: now() + (when === 'later' ? delay() : 0) }),
    due: () => {
      const found = waiting().filter(({ due }) => due <= now());
      const way = plays('callback-delivery', 'backwards') ? -1 : 1;
      return found.sort((a, b) => way * (a.n - b.n));
    },
    settle: (notice, delivered) => {
      const again = !delivered && plays('callback-retry', 'thrice') && notice.tries < retries;
      if (again) put({ ...notice, tries: notice.tries + 1, due: now() + retryAfter });
      else kept.remove(String(notice.n));
    },
  };
};
