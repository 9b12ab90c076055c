import { type Client, makeClient } from '../../../src/freshbooks/client.ts';
import type { Transport, WireReply } from '../../../src/freshbooks/transport.ts';

export type Row = Record<string, unknown> & { id: number; vis_state: number };

/** An accounting list as FreshBooks gives it, whose rows a test may change between any two calls. */
export type FakeList = {
  rows: Row[];
  /** Rows that are counted and never shown. */
  hidden: number;
  perPage: number;
  /** Newest id first, as FreshBooks lists what nobody sorted; expenses come by date. */
  order: (a: Row, b: Row) => number;
  /** Called before each call is answered, with its number from 1 and its query. */
  before: (call: number, query: URLSearchParams) => void;
  /** The role of the person who reads. */
  role: string;
  /** Payments, which a reading of invoices looks at as well; such calls are not among `calls`. */
  payments: Row[];
  calls: URLSearchParams[];
  paths: string[];
  tokens: string[];
  transport: Transport;
};

const plurals: Readonly<Record<string, readonly [plural: string, singular: string]>> = {
  'users/clients': ['clients', 'client'],
  'invoices/invoices': ['invoices', 'invoice'],
  'taxes/taxes': ['taxes', 'tax'],
  'payments/payments': ['payments', 'payment'],
  'bills/bills': ['bills', 'bill'],
  'bill_vendors/bill_vendors': ['bill_vendors', 'bill_vendor'],
};

const clock = Date.parse('2026-06-29T16:49:16Z');

/** `per_page` is capped like theirs. */
export function fakeList(rows: Row[] = [], perPage = 100): FakeList {
  const list: FakeList = {
    rows,
    hidden: 0,
    role: 'owner',
    payments: [],
    perPage,
    order: (a, b) => b.id - a.id,
    before: () => {},
    calls: [],
    paths: [],
    tokens: [],
    transport: async ({ url, headers }) => {
      const { pathname, searchParams } = new URL(url);
      if (pathname.endsWith('/users/me')) return personAs(list.role);
      if (pathname.endsWith('/payments/payments'))
        return answer({ ...list, rows: list.payments, hidden: 0 }, pathname, searchParams);
      list.calls.push(searchParams);
      list.paths.push(pathname);
      list.tokens.push(headers['Authorization'] ?? '');
      list.before(list.calls.length, searchParams);
      return answer(list, pathname, searchParams);
    },
  };
  return list;
}

function personAs(role: string): WireReply {
  return reply({ response: { business_memberships: [{ role, business: { id: business.businessId } }] } });
}

function answer(
  list: Pick<FakeList, 'rows' | 'hidden' | 'order' | 'perPage'>,
  pathname: string,
  query: URLSearchParams,
): WireReply {
  const [, family = '', collection = '', id] =
    /account\/[^/]+\/([^/]+)\/([^/]+)(?:\/(\d+))?$/.exec(pathname) ?? [];
  const [plural, singular] = plurals[`${family}/${collection}`] ?? ['rows', 'row'];
  if (id !== undefined) {
    const row = list.rows.find((one) => String(one.id) === id);
    if (row !== undefined) return reply({ response: { result: { [singular]: row } } });
    return { ...reply({ response: { errors: [{ errno: 1012, message: 'not found' }] } }), status: 404 };
  }
  const visState = query.get('search[vis_state]');
  const since = query.get('search[updated_min]');
  const found = list.rows
    .filter((row) => (visState === null ? row.vis_state !== 1 : String(row.vis_state) === visState))
    .filter((row) => since === null || String(row['updated']).slice(0, 10) >= since)
    .sort(list.order);
  const size = Math.min(list.perPage, Number(query.get('per_page') ?? 15));
  const page = Number(query.get('page') ?? 1);
  const total = found.length + list.hidden;
  const shown = found.slice((page - 1) * size, page * size);
  const counters = { page, pages: Math.ceil(total / size), per_page: size, total };
  return reply({ response: { result: { [plural]: shown, ...counters } } });
}

export function reply(body: unknown): WireReply {
  const headers = { date: new Date(clock).toUTCString(), 'content-type': 'application/json' };
  return { status: 200, headers, text: JSON.stringify(body) };
}

/** The day from which a read that begins now asks the next time. */
export const cursorDay = '2026-06-28';

/** A client on a transport, with a clock that only moves when it sleeps. */
export function clientOn(transport: Transport): { client: Client; now: () => number; slept: number[] } {
  let at = clock;
  const slept: number[] = [];
  const tools = {
    now: () => at,
    random: () => 0.5,
    sleep: async (millis: number) => {
      slept.push(millis);
      at += millis;
    },
  };
  return { client: makeClient({ apiUrl: 'https://api.example', transport, tools }), now: tools.now, slept };
}

export const business = {
  identityId: '1',
  accountId: 'AcC0nt',
  businessId: '7001',
  systemId: '9001',
  name: 'A business',
};
