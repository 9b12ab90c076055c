import { meets } from './fault-match.ts';
import { type FaultRule, KeptFault } from './fault-rules.ts';
import type { Asked } from './http/request.ts';
import type { Consent } from './oauth/consent.ts';
import type { Store } from './store.ts';

const minute = 60_000;

// A fixed window of a minute (§6): simple, and enough to be slowed down by.
const counted = (fault: KeptFault, now: number): KeptFault => {
  const met = { ...fault, met: fault.met + 1 };
  if (fault.kind !== 'rate-limit') return met;
  const begins = now < fault.since || now - fault.since >= minute;
  const [since, seen] = begins ? [now, 1] : [fault.since, fault.seen + 1];
  return { ...met, status: 429, since, seen, retryAfter: Math.ceil((since + minute - now) / 1_000) };
};

const isDue = ({ kind, match, met, fired, times, seen, perMinute = 60 }: KeptFault): boolean =>
  (match.nth === undefined || match.nth === met) &&
  (times === undefined || fired < times) &&
  (kind !== 'rate-limit' || seen > perMinute);

export type Faults = {
  all(): readonly KeptFault[];
  add(rule: FaultRule): KeptFault;
  remove(id: string): boolean;
  clear(): void;
  /** The rules that strike this request, counted as fired; the counts are kept. */
  striking(asked: Asked, consent: Consent | undefined): readonly KeptFault[];
};

/** The fault rules of a store; `now` is milliseconds. */
export const makeFaults = (store: Store, now: () => number): Faults => {
  const kept = store.documents('faults');
  const all = (): readonly KeptFault[] =>
    kept
      .entries()
      .map(([, row]) => KeptFault.parse(row))
      .sort((a, b) => a.order - b.order);
  // JSON has no undefined: absent parts of a rule stay absent.
  const keep = (fault: KeptFault): void => kept.put(fault.id, JSON.parse(JSON.stringify(fault)));
  return {
    all,
    add: (rule) => {
      const order = Math.max(0, ...all().map((fault) => fault.order)) + 1;
      const fault: KeptFault = {
        ...rule,
        id: rule.id ?? `fault-${order}`,
        order,
        met: 0,
        fired: 0,
        since: 0,
        seen: 0,
      };
      keep(fault);
      return fault;
    },
    remove: (id) => {
      const known = kept.get(id) !== undefined;
      kept.remove(id);
      return known;
    },
    clear: () => {
      for (const { id } of all()) kept.remove(id);
    },
    striking: (asked, consent) =>
      all().flatMap((fault) => {
        if (!meets(fault, asked, consent)) return [];
        const met = counted(fault, now());
        const due = isDue(met);
        keep(due ? { ...met, fired: met.fired + 1 } : met);
        return due ? [met] : [];
      }),
  };
};
