import { z } from 'zod';
import { targetOf } from './accounting/answer-accounting.ts';
import type { Asked } from './http/request.ts';
import type { Consent } from './oauth/consent.ts';
import { personByEmail } from './people.ts';
import type { Store } from './store.ts';

/** A fault set while the simulator runs: which requests it meets, how often, and what happens to them. */
export const FaultRule = z.strictObject({
  id: z.string().min(1).optional(),
  match: z
    .strictObject({
      method: z.string().optional(),
      /** A prefix, or with `*` a pattern for the whole path. */
      path: z.string().optional(),
      /** A resource of the catalogue, or `token`, `revoke`, `users/me`. */
      resource: z.string().optional(),
      /** An identity id or an e-mail address. */
      identity: z.union([z.string(), z.number()]).optional(),
      /** Only the nth request that meets the rest, counted from 1. */
      nth: z.int().positive().optional(),
    })
    .default({}),
  times: z.int().positive().optional(),
  kind: z.enum([
    'status',
    'slow',
    'drop-before',
    'drop-after',
    'html',
    'truncate',
    'errors-in-200',
    'expire-token',
    'revoke-consent',
    'echo-other-paging',
  ]),
  status: z.int().min(200).max(599).optional(),
  retryAfter: z.union([z.int().nonnegative(), z.string()]).optional(),
  delayMs: z.int().nonnegative().optional(),
  errno: z.int().optional(),
});
export type FaultRule = z.infer<typeof FaultRule>;

const Kept = FaultRule.extend({ id: z.string(), order: z.number(), met: z.number(), fired: z.number() });
export type KeptFault = z.infer<typeof Kept>;

const named: Readonly<Record<string, RegExp>> = {
  token: /\/oauth\/token$/,
  revoke: /\/oauth\/revoke$/,
  authorize: /\/oauth\/authorize$/,
  'users/me': /\/users\/me$/,
};

const meetsPath = (wanted: string, path: string): boolean => {
  if (!wanted.includes('*')) return path.startsWith(wanted);
  const pattern = wanted
    .split('*')
    .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
    .join('.*');
  return new RegExp(`^${pattern}$`).test(path);
};

const meetsResource = (wanted: string, path: string): boolean =>
  named[wanted]?.test(path) ?? targetOf(path)?.resource.name === wanted;

const meetsIdentity = (wanted: string | number, consent: Consent | undefined): boolean => {
  const id = typeof wanted === 'string' ? (personByEmail(wanted)?.identityId ?? Number(wanted)) : wanted;
  return consent?.identityId === id;
};

const meets = ({ match }: KeptFault, asked: Asked, consent: Consent | undefined): boolean =>
  (match.method === undefined || match.method.toUpperCase() === asked.method) &&
  (match.path === undefined || meetsPath(match.path, asked.path)) &&
  (match.resource === undefined || meetsResource(match.resource, asked.path)) &&
  (match.identity === undefined || meetsIdentity(match.identity, consent));

const isDue = ({ match, met, fired, times }: KeptFault): boolean =>
  (match.nth === undefined || match.nth === met) && (times === undefined || fired < times);

export type Faults = {
  all(): readonly KeptFault[];
  add(rule: FaultRule): KeptFault;
  remove(id: string): boolean;
  clear(): void;
  /** The rules that strike this request, counted as fired; the counts are kept. */
  striking(asked: Asked, consent: Consent | undefined): readonly KeptFault[];
};

export const makeFaults = (store: Store): Faults => {
  const kept = store.documents('faults');
  const all = (): readonly KeptFault[] =>
    kept
      .entries()
      .map(([, row]) => Kept.parse(row))
      .sort((a, b) => a.order - b.order);
  // JSON has no undefined: absent parts of a rule stay absent.
  const keep = (fault: KeptFault): void => kept.put(fault.id, JSON.parse(JSON.stringify(fault)));
  return {
    all,
    add: (rule) => {
      const order = Math.max(0, ...all().map((fault) => fault.order)) + 1;
      const fault: KeptFault = { ...rule, id: rule.id ?? `fault-${order}`, order, met: 0, fired: 0 };
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
        const met = { ...fault, met: fault.met + 1 };
        const due = isDue(met);
        const counted = due ? { ...met, fired: met.fired + 1 } : met;
        keep(counted);
        return due ? [counted] : [];
      }),
  };
};
