import { createHash } from 'node:crypto';
import { rowsIn } from '../../simulator/accounting/list.ts';
import { signatureOf } from '../../simulator/callbacks/signature.ts';
import { answerControl } from '../../simulator/control.ts';
import { makeFaults } from '../../simulator/faults.ts';
import type { Asked } from '../../simulator/http/request.ts';
import { isRow, type Json, parseJson, type Row } from '../../simulator/json.ts';
import { integrationId, viewerId } from '../../simulator/oauth/apps.ts';
import { accountOf, type Business, personByEmail } from '../../simulator/people.ts';
import { makeRequestLog } from '../../simulator/request-log.ts';
import { catalogue } from '../../simulator/resources/catalogue.ts';
import { newCategory } from '../../simulator/resources/expense-categories.ts';
import { newSystem } from '../../simulator/resources/systems.ts';
import { answerFreshBooks } from '../../simulator/route.ts';
import { makeSimulation } from '../../simulator/simulation.ts';
import { forgetfulStore } from '../../simulator/store.ts';
import type { Transport, WireReply, WireRequest } from '../../src/freshbooks/transport.ts';
import type { HttpReply, HttpRequest } from '../../src/http/request.ts';

/** Who authorises: one person with two businesses, so both companies stand on one grant. */
const owner = 'alex@busyagency.example';
/** The two businesses, by their accounts. */
export const accounts = ['BzAg7q', 'TnSt2k'] as const;
export type Account = (typeof accounts)[number];

/** The resources in which people work here, and which the checker compares. */
export const watched = ['clients', 'expense_categories', 'invoices', 'payments'] as const;
type Watched = (typeof watched)[number];

/** What people do in FreshBooks; `pick` chooses the row among those it can be done to. */
export type Edit =
  | { do: 'insert' | 'change' | 'delete' | 'undelete'; to: 'clients'; pick: number }
  | { do: 'insert' | 'vanish'; to: 'expense_categories'; pick: number }
  | { do: 'insert' | 'delete'; to: 'invoices'; pick: number }
  | { do: 'insert' | 'delete'; to: 'payments'; pick: number };

/** One presentation of a refresh token or a code, and what was answered: the simulator's truth about tokens. */
export type Presented = {
  at: number;
  what: 'code' | 'refresh-token';
  /** SHA-256 of what was presented, hex. */
  hash: string;
  answer: 'pair' | 'refused' | 'keys-refused';
  /** SHA-256 of the new refresh token. */
  issued?: string;
  /** Which of our processes asked. */
  by: number;
};

const categoriesMade = 24;
const errorPage: WireReply = { status: 503, headers: {}, text: '<html>down</html>' };

/** FreshBooks in this process, without a socket: small books, the clock of the tests, and a log of every token. */
export function openVendor(now: () => number) {
  const store = forgetfulStore();
  const simulation = makeSimulation(store, now);
  const faults = makeFaults(store, simulation.clock.now);
  const log = makeRequestLog();
  const presented: Presented[] = [];
  const secrets = new Set<string>();
  const grantIds = new Set<string>();
  const ever = new Map<string, Set<string>>();
  const everGone = new Map<string, Set<string>>();
  const asked: { at: number; by: number }[] = [];
  let down: WireReply | undefined;
  let made = 0;

  async function answer(method: string, url: URL, headers: Record<string, string>, body: string) {
    const asked: Asked = {
      method,
      path: url.pathname,
      query: url.searchParams,
      search: url.search.slice(1),
      headers,
      body: Buffer.from(body),
    };
    if (asked.path.startsWith('/_simulator')) return answerControl(asked, { simulation, faults, log });
    return answerFreshBooks(asked, simulation);
  }

  /** The wire as one of our processes has it. */
  const transportOf = (by: number): Transport => {
    return async (request) => {
      asked.push({ at: now(), by });
      if (down !== undefined) return down;
      const url = new URL(request.url);
      const headers = Object.fromEntries(
        Object.entries(request.headers).map(([name, value]) => [name.toLowerCase(), value]),
      );
      const reply = await answer(request.method, url, headers, request.body ?? '');
      const date = new Date(simulation.clock.now()).toUTCString();
      const wire = { status: reply.status, headers: { date, ...reply.headers }, text: reply.body };
      note(request, wire, by);
      return wire;
    };
  };

  function note(request: WireRequest, reply: WireReply, by: number): void {
    if (!request.url.endsWith('/oauth/token')) return;
    const form = new URLSearchParams(request.body ?? '');
    const [code, token] = [form.get('code'), form.get('refresh_token')];
    const body = parseJson(reply.text);
    const issued = isRow(body) && reply.status === 200 ? String(body['refresh_token']) : undefined;
    for (const name of ['access_token', 'refresh_token'])
      if (isRow(body) && typeof body[name] === 'string') secrets.add(String(body[name]));
    for (const secret of [code, form.get('client_secret')]) if (secret) secrets.add(secret);
    const refusal = reply.status === 401 ? 'keys-refused' : 'refused';
    presented.push({
      at: now(),
      what: token === null ? 'code' : 'refresh-token',
      hash: hashOf(token ?? code ?? ''),
      answer: issued === undefined ? refusal : 'pair',
      ...(issued === undefined ? {} : { issued: hashOf(issued) }),
      by,
    });
  }

  const send = async (method: string, path: string, body?: Json): Promise<Json> => {
    const identityId = personByEmail(owner)?.identityId ?? 0;
    const scopes = simulation.apps.get(viewerId)?.scopes ?? [];
    const { accessToken } = store.transaction(() =>
      simulation.grants.authorize({ clientId: viewerId, identityId, scopes }),
    );
    const headers = { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' };
    const text = body === undefined ? '' : JSON.stringify(body);
    const reply = await answer(method, new URL(path, 'http://freshbooks.test'), headers, text);
    if (reply.status >= 300) throw new Error(`${method} ${path}: ${reply.status} ${reply.body}`);
    return reply.body === '' ? null : parseJson(reply.body);
  };

  const truth = (account: Account, resource: Watched): readonly Row[] => {
    const kind = catalogue.find(({ name }) => name === resource);
    return kind === undefined ? [] : rowsIn(kind, simulation.books(businessOf(account)));
  };
  const places = {
    clients: ['users/clients', 'client'],
    invoices: ['invoices/invoices', 'invoice'],
    payments: ['payments/payments', 'payment'],
  } as const;
  const write = (account: Account, kind: keyof typeof places, id: number | undefined, row: Row) => {
    const [path, one] = places[kind];
    const at = `/accounting/account/${account}/${path}`;
    return id === undefined ? send('POST', at, { [one]: row }) : send('PUT', `${at}/${id}`, { [one]: row });
  };
  const chosen = (account: Account, resource: Watched, state: number, pick: number) => {
    const rows = truth(account, resource).filter((row) => (row['vis_state'] ?? 0) === state);
    const id = rows[pick % Math.max(1, rows.length)]?.['id'];
    return id === undefined ? undefined : Number(id);
  };

  async function insert(account: Account, to: Watched, pick: number): Promise<void> {
    made += 1;
    if (to === 'clients') await write(account, 'clients', undefined, { organization: `Client ${made}` });
    if (to === 'expense_categories')
      store.transaction(() => {
        const books = simulation.books(businessOf(account));
        books.rows(to).put(newCategory({ name: `Category ${made}`, parent: null }, books));
      });
    const customerid = chosen(account, 'clients', 0, pick);
    if (to === 'invoices' && customerid !== undefined) {
      const line = { name: 'Work', qty: 1, unit_cost: { amount: `${made}.00`, code: 'CAD' } };
      await write(account, to, undefined, { customerid, create_date: '2026-02-11', lines: [line] });
    }
    const invoiceid = chosen(account, 'invoices', 0, pick);
    if (to === 'payments' && invoiceid !== undefined) {
      const amount = { amount: `${1 + (made % 5)}.50` };
      await write(account, to, undefined, { invoiceid, amount, date: '2026-02-12', type: 'Check' });
    }
  }

  async function setState(
    account: Account,
    to: keyof typeof places,
    from: number,
    next: number,
    pick: number,
  ) {
    const id = chosen(account, to, from, pick);
    if (id !== undefined) await write(account, to, id, { vis_state: next });
  }

  async function apply(account: Account, edit: Edit): Promise<void> {
    const { to, pick } = edit;
    if (edit.do === 'insert') await insert(account, to, pick);
    if (edit.do === 'delete') await setState(account, edit.to, 0, 1, pick);
    if (edit.do === 'undelete') await setState(account, edit.to, 1, 0, pick);
    if (edit.do === 'change') {
      const id = chosen(account, 'clients', 0, pick);
      made += 1;
      if (id !== undefined) await write(account, 'clients', id, { organization: `Moved ${made}` });
    }
    if (edit.do === 'vanish') {
      const id = chosen(account, to, 0, pick);
      if (id !== undefined) {
        gone(account, to).add(String(id));
        store.transaction(() => simulation.books(businessOf(account)).rows(to).remove(id));
      }
    }
    remember(account);
  }

  const setOf = (sets: Map<string, Set<string>>, key: string): Set<string> => {
    const known = sets.get(key) ?? new Set();
    sets.set(key, known);
    return known;
  };
  const gone = (account: Account, resource: string) => setOf(everGone, `${account}/${resource}`);
  function remember(account: Account): void {
    for (const resource of watched)
      for (const row of truth(account, resource)) {
        setOf(ever, `${account}/${resource}`).add(String(row['id']));
        if (row['vis_state'] === 1) gone(account, resource).add(String(row['id']));
      }
  }

  /** The person says yes on the consent page at this address; answers where the browser is sent back to. */
  async function consent(authorizeUrl: string): Promise<string> {
    const form = new URL(authorizeUrl).searchParams;
    form.set('email', owner);
    form.set('decision', 'allow');
    const url = new URL('http://freshbooks.test/service/auth/oauth/authorize/decision');
    const reply = await answer('POST', url, {}, form.toString());
    if (reply.status !== 302) throw new Error(`the consent was answered ${reply.status}: ${reply.body}`);
    return reply.headers['location'] ?? '';
  }

  /** Posts what is due to be told of changes; a form without a good answer is not posted again. */
  async function notify(post: (request: HttpRequest) => Promise<HttpReply | undefined>): Promise<void> {
    const { notices } = simulation.callbacks;
    for (const notice of notices.due()) {
      const { uri, fields, verifier } = notice;
      const signature =
        verifier === undefined ? {} : { 'x-freshbooks-hmac-sha256': signatureOf(fields, verifier) };
      const reply = await post({
        method: 'POST',
        path: new URL(uri).pathname,
        query: {},
        headers: { 'content-type': 'application/x-www-form-urlencoded', ...signature },
        cookies: {},
        body: new URLSearchParams(fields.map(([name, value]): [string, string] => [name, value])).toString(),
        requestId: 'request-1',
      });
      store.transaction(() => notices.settle(notice, reply !== undefined && reply.status < 300));
    }
  }

  /** Another system renews the consent with the app's keys; nobody of ours is told. */
  async function renew(refreshToken: string) {
    const form = new URLSearchParams({ grant_type: 'refresh_token', refresh_token: refreshToken });
    const app = simulation.apps.get(integrationId);
    form.set('client_id', integrationId);
    form.set('client_secret', app?.clientSecret ?? '');
    form.set('redirect_uri', app?.redirectUris[0] ?? '');
    const url = new URL('http://freshbooks.test/auth/oauth/token');
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const reply = await answer('POST', url, headers, form.toString());
    const body = parseJson(reply.body);
    if (!isRow(body) || reply.status !== 200) throw new Error(`renewing: ${reply.status} ${reply.body}`);
    const pair = { accessToken: String(body['access_token']), refreshToken: String(body['refresh_token']) };
    secrets.add(pair.accessToken).add(pair.refreshToken);
    return pair;
  }

  async function fill(account: Account): Promise<void> {
    const books = simulation.books(businessOf(account));
    store.transaction(() => {
      for (const part of [account, `${account}/rest`]) store.documents('books-made').put(part, {});
      store.rows(account, 'systems').put(newSystem(businessOf(account), owner, books));
    });
    for (let n = 0; n < categoriesMade; n += 1) await insert(account, 'expense_categories', n);
    for (let n = 0; n < 3; n += 1) await insert(account, 'clients', n);
    for (let n = 0; n < 2; n += 1) await insert(account, 'invoices', n);
    await insert(account, 'payments', 0);
    await setState(account, 'clients', 0, 1, 2);
    remember(account);
  }

  return {
    transportOf,
    presented,
    secrets,
    grantIds,
    truth,
    apply,
    consent,
    notify,
    /** Which of our addresses FreshBooks tells of an account's changes, and whether it was shown that they are ours. */
    listeners: (account: Account) =>
      simulation.callbacks
        .of(account, integrationId)
        .map(({ event, uri, verified }) => ({ event, uri, verified })),
    /** How callbacks come: each once, or each twice, or never. */
    tells: async (how: 'once' | 'twice' | 'lost'): Promise<void> => {
      await send('PUT', '/_simulator/switches', { 'callback-delivery': how });
    },
    renew,
    fill: async (redirectUri: string) => {
      store.transaction(() => simulation.apps.change(integrationId, { redirectUris: [redirectUri] }));
      for (const account of accounts) await fill(account);
    },
    /** Ids that were there at some time; ids that were deleted or gone at some time. */
    ever: (account: Account, resource: string): ReadonlySet<string> => setOf(ever, `${account}/${resource}`),
    everGone: (account: Account, resource: string): ReadonlySet<string> => gone(account, resource),
    /** Everything FreshBooks says is an error page, or this reply, until it is up again. */
    outage: (on: boolean, reply: WireReply = errorPage): void => {
      down = on ? reply : undefined;
    },
    /** Every request of ours: when, and of which process. */
    asked,
    /** The owner of the app makes a new secret: the old one is refused from now on. */
    newSecret: (clientSecret: string): void => {
      store.transaction(() => simulation.apps.change(integrationId, { clientSecret }));
    },
    keys: () => ({
      clientId: integrationId,
      clientSecret: simulation.apps.get(integrationId)?.clientSecret ?? '',
    }),
    /** Most rows of a list are not shown any more, and not counted either, as if they had never been; or all again. */
    hideMost: async (account: Account, on: boolean): Promise<void> => {
      const ids = truth(account, 'expense_categories').map((row) => Number(row['id']));
      await send('PUT', '/_simulator/switches', { 'total-counts-hidden': on ? 'left' : 'counted' });
      const body = { accountId: account, resource: 'expense_categories', ids: on ? ids.slice(1) : [] };
      await send('POST', '/_simulator/hide', body);
    },
    /** Whether FreshBooks still holds a living consent for our app. */
    consentLives: (): boolean =>
      store
        .documents('refresh-tokens')
        .entries()
        .some(([, row]) => row['live'] === true && row['clientId'] === integrationId),
    businessId: (account: Account): string => String(businessOf(account).businessId),
  };
}
export type Vendor = ReturnType<typeof openVendor>;

/** SHA-256, hex: how tokens are known here and in a grant's lineage. */
export function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function businessOf(account: Account): Business {
  const found = accountOf(account);
  if (found === undefined) throw new Error(`the simulator has no account ${account}`);
  return found;
}
