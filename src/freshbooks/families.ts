import * as z from 'zod';
import type { Business } from '../domain/connection.ts';
import { Problem } from '../domain/problem.ts';

/**
 * What the resources of one URL family share (freshbooks-api §3.1–3.3): where they are, how a list is asked for and
 * what its envelope is.
 */
export type Page = {
  rows: Record<string, unknown>[];
  /** As the latest reply says: 0 when there is nothing. */
  pages: number;
  total: number;
  /** Rows a page as FreshBooks counted them, whatever was asked for. */
  perPage: number | undefined;
};

/** What of a resource decides where it is and how its replies look. */
export type Addressed = {
  family: Family;
  path: string;
  plural: string;
  /** A second name the list may come under, where it is not certain which one is right. */
  alsoPlural?: string;
  singular: string;
  /** It comes all at once, without counters, in a family whose lists have them. */
  unpaged?: boolean;
};

/** Always sent: without it FreshBooks gives 15 rows a page, and more than 100 it caps silently. */
const perPage = 100;

const Count = z.union([z.number().int().nonnegative(), z.string().regex(/^\d+$/).transform(Number)]);
const Row = z.record(z.string(), z.unknown());
const ResultOf = z.object({ response: z.object({ result: Row }) });
const Paging = z.object({
  page: Count,
  pages: Count.optional(),
  total: Count,
  per_page: Count.optional().catch(undefined),
});
type Paging = z.infer<typeof Paging>;

type Envelope = {
  /** `{accountId}` and its like stand for the ids of the business. */
  prefix: string;
  /** The list itself, and what carries its counters; `whole` for families that give all at once, without counters. */
  list: (body: unknown, plural: string) => { rows: unknown; paging: unknown };
  single: (body: unknown, singular: string) => unknown;
};

const whole = Symbol('all on one page');

const result = (body: unknown): Record<string, unknown> | undefined =>
  ResultOf.safeParse(body).data?.response.result;
const member = (body: unknown, name: string): unknown => Row.safeParse(body).data?.[name];
const bare = {
  list: (body: unknown, plural: string) => ({ rows: member(body, plural), paging: member(body, 'meta') }),
  single: member,
};

/** How each family wraps what it answers. */
const envelopes = {
  accounting: {
    prefix: '/accounting/account/{accountId}/',
    list: (body, plural) => ({ rows: result(body)?.[plural], paging: result(body) }),
    single: (body, singular) => result(body)?.[singular],
  },
  ledger: {
    prefix: '/accounting/businesses/{businessUuid}/',
    list: (body, plural) => ({ rows: member(body, plural), paging: whole }),
    single: member,
  },
  projects: { prefix: '/projects/business/{businessId}/', ...bare },
  comments: {
    prefix: '/comments/business/{businessId}/',
    list: (body, plural) => ({ rows: member(body, plural), paging: member(body, 'meta') ?? whole }),
    single: member,
  },
  payments: {
    prefix: '/payments/account/{accountId}/',
    list: (body, plural) => ({ rows: byName(member(body, plural)), paging: whole }),
    single: member,
  },
  auth: { prefix: '/auth/api/v1/', ...bare },
} as const satisfies Record<string, Envelope>;

export type Family = keyof typeof envelopes;

/** Connections come as `[{ stripe: { id… }, fbpay: { id… } }]`: each becomes a row that carries its name. */
function byName(list: unknown): unknown {
  if (!Array.isArray(list)) return list;
  return list.flatMap((item: unknown) => {
    const named = z.record(z.string(), Row).safeParse(item).data;
    return named === undefined
      ? [item]
      : Object.entries(named).map(([gateway, row]) => ({ gateway, ...row }));
  });
}

/** What the paths of a family begin with, ids still as `{accountId}`. */
export function familyPrefix(family: Family): string {
  return envelopes[family].prefix;
}

/** Where a resource of a business is; `undefined` when the business lacks an id that is part of it. */
export function addressOf({ family, path }: Addressed, business: Business): string | undefined {
  const ids: Readonly<Record<string, string | undefined>> = {
    accountId: business.accountId,
    businessId: business.businessId,
    businessUuid: business.businessUuid,
    systemId: business.systemId,
  };
  let unknown = false;
  const address = (envelopes[family].prefix + path).replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    unknown ||= ids[name] === undefined;
    return encodeURIComponent(ids[name] ?? '');
  });
  return unknown ? undefined : address;
}

/** The query of one page. `filters` are `[key, value]` in FreshBooks' own spelling, such as `search[vis_state]`. */
export function pageQuery(page: number, filters: readonly (readonly [string, string])[]): string {
  const query = new URLSearchParams([
    ['page', String(page)],
    ['per_page', String(perPage)],
  ]);
  for (const [key, value] of filters) query.append(key, value);
  return query.toString();
}

/**
 * The rows and counters of a list reply. An answer without its list, or one that is about another page than was asked
 * for, is a Problem: read as an empty list it would look like books without a row.
 */
export function listIn(body: unknown, resource: Addressed, subject: string, page: number): Page {
  const { family, plural, alsoPlural, unpaged } = resource;
  const found = envelopes[family].list(body, plural);
  const rows = rowsOf(found.rows ?? (alsoPlural && envelopes[family].list(body, alsoPlural).rows));
  const paging =
    found.paging === whole || unpaged === true ? onePage(rows) : Paging.safeParse(found.paging).data;
  const pages = paging && pagesOf(paging, family);
  if (paging === undefined || rows === undefined || pages === undefined)
    throw unlike(subject, 'a list with its counters');
  if (rows.length > 0 && paging.page !== page) throw unlike(subject, `page ${page}`);
  return { rows, pages, total: paging.total, perPage: paging.per_page };
}

/** Services were seen as an object keyed by id as well. */
function rowsOf(list: unknown): Record<string, unknown>[] | undefined {
  return (
    z.array(Row).safeParse(list).data ??
    z
      .record(z.string().regex(/^\d+$/), Row)
      .transform((byId) => Object.values(byId))
      .safeParse(list).data
  );
}

/** The rows of a reply of any kind, a list or a single row, whatever its counters say; `undefined` without any. */
export function anyRowsIn(body: unknown, resource: Addressed): Record<string, unknown>[] | undefined {
  const { list, single } = envelopes[resource.family];
  const names = [resource.plural, resource.alsoPlural, resource.singular].filter(
    (name) => name !== undefined,
  );
  for (const name of names) {
    const rows = rowsOf(list(body, name).rows);
    if (rows !== undefined) return rows;
    const row = Row.safeParse(single(body, name)).data;
    if (row !== undefined) return [row];
  }
  return undefined;
}

function onePage(rows: readonly unknown[] | undefined): Paging {
  return { page: 1, pages: 1, total: rows?.length ?? 0 };
}

/** Lists of people tell how many there are and how many come at once, and leave the division to us. */
function pagesOf({ pages, total, per_page: size }: Paging, family: Family): number | undefined {
  if (pages !== undefined || family !== 'auth') return pages;
  return size === undefined || size === 0 ? undefined : Math.ceil(total / size);
}

/** The row of a single reply. */
export function singleIn(
  body: unknown,
  { family, singular }: Addressed,
  subject: string,
): Record<string, unknown> {
  const row = Row.safeParse(envelopes[family].single(body, singular)).data;
  if (row === undefined) throw unlike(subject, 'a single row');
  return row;
}

function unlike(subject: string, what: string): Problem {
  return new Problem('unavailable', `${subject}: FreshBooks answered with something else than ${what}.`);
}
