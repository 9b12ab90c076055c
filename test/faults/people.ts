import * as z from 'zod';
import type { ConnectionRef } from '../../src/domain/connection.ts';
import type { HttpReply } from '../../src/http/request.ts';
import { signedIn } from './functions.ts';
import { type Account, accounts } from './vendor.ts';
import type { World } from './world.ts';

/** Nobody tries anything more often than this. */
const patience = 12;

/** A person who gave up: something that should work in the end never did. */
export class GaveUp extends Error {}

/** `once`: the Idempotency-Key, for a call that is made again until it is answered. */
type Call = { method: string; path: string; body?: unknown; key?: string; once?: string };

/** One request of the deployer's program; `undefined` when there was no answer. */
export async function call(
  world: World,
  { method, path, body, key, once }: Call,
): Promise<HttpReply | undefined> {
  const fn = functionAt(path);
  return world.ask(fn, {
    method,
    path,
    query: {},
    headers: {
      authorization: key === undefined ? signedIn : `Bearer ${key}`,
      ...(once === undefined ? {} : { 'idempotency-key': once }),
    },
    cookies: {},
    body: body === undefined ? '' : JSON.stringify(body),
    requestId: 'request-1',
  });
}

function functionAt(path: string): 'setup' | 'oauth' | 'api' {
  if (path.startsWith('/setup/')) return 'setup';
  return /\/authorization(\/|$)/.test(path) ? 'oauth' : 'api';
}

/** Asks until one of these statuses is answered, with a minute of the world's life in between. */
export async function insist(world: World, wish: Call, statuses: readonly number[]): Promise<HttpReply> {
  for (let n = 0; n < patience; n += 1) {
    const reply = await call(world, wish);
    if (reply !== undefined && statuses.includes(reply.status)) return reply;
    await world.minutes(1);
  }
  throw new GaveUp(`${wish.method} ${wish.path} never worked`);
}

const Companies = z.object({ results: z.array(z.object({ id: z.string(), name: z.string() })) });
const Created = z.object({ id: z.string() });
const Linked = z.object({ linkUrl: z.string() });

/**
 * A company with a connection that waits for its customer. Who gets no answer looks before asking again; or asks with
 * the same Idempotency-Key, and trusts that.
 */
export async function makeCompany(
  world: World,
  name: string,
  how: 'looking' | 'once',
): Promise<ConnectionRef> {
  const companyId = how === 'once' ? await madeOnce(world, name) : await madeLooking(world, name);
  const path = `/companies/${companyId}/connections`;
  const made = await insist(world, { method: 'POST', path, body: { platformKey: 'vxvy' } }, [200]);
  return { companyId, connectionId: Created.parse(bodyOf(made)).id };
}

async function madeLooking(world: World, name: string): Promise<string> {
  for (let n = 0; n < patience; n += 1) {
    await call(world, { method: 'POST', path: '/companies', body: { name } });
    const found = (await companiesOf(world, name))[0];
    if (found !== undefined) return found.id;
  }
  throw new GaveUp(`the company ${name} was never made`);
}

async function madeOnce(world: World, name: string): Promise<string> {
  const wish = { method: 'POST', path: '/companies', body: { name }, once: name.replaceAll(' ', '-') };
  const { id } = Created.parse(bodyOf(await insist(world, wish, [200])));
  const found = await companiesOf(world, name);
  if (found.length !== 1) throw new GaveUp(`one call with one key made ${found.length} companies`);
  return id;
}

async function companiesOf(world: World, name: string) {
  const listed = await insist(world, { method: 'GET', path: '/companies' }, [200]);
  return Companies.parse(bodyOf(listed)).results.filter((company) => company.name === name);
}

const Endpoint = z.object({ secret: z.string() });
const Endpoints = z.object({ results: z.array(z.object({ id: z.string() })) });

/** The deployer's endpoint, told of all that happens. */
export async function makeEndpoint(world: World): Promise<void> {
  const wish = { method: 'POST', path: '/webhooks', body: { url: world.consumer.url }, once: 'the-endpoint' };
  world.consumer.secret = Endpoint.parse(bodyOf(await insist(world, wish, [201]))).secret;
  const listed = Endpoints.parse(bodyOf(await insist(world, { method: 'GET', path: '/webhooks' }, [200])));
  if (listed.results.length !== 1)
    throw new GaveUp(`one call with one key made ${listed.results.length} endpoints`);
}

export function bodyOf(reply: HttpReply): unknown {
  return reply.body === '' ? undefined : JSON.parse(String(reply.body));
}

/**
 * The customer opens one link, which works once, and authorises, as often as it takes; ends when the connection stands
 * on it. The
 * customer of the one business loads a page again that did not come; that of the other closes the browser then. Answers
 * the connection, which is another one when the customer was allowed to choose another business, and did.
 */
export async function authorise(world: World, ref: ConnectionRef, account: Account): Promise<ConnectionRef> {
  const before = (await world.connection(ref))?.authorised ?? '';
  const link = await linkTo(world, ref);
  for (let n = 0; n < patience; n += 1) {
    await walk(world, link, { chooses: account, loads: account === accounts[0] ? 3 : 1 });
    const now = await inPlaceOf(world, ref);
    if (await standsOn(world, now, account, before)) return now;
    // Later each time: a link that is taken is finished by a worker, whose message hides a quarter of an hour if it dies.
    await world.minutes(2 * (n + 1));
    const later = await inPlaceOf(world, ref);
    if (await standsOn(world, later, account, before)) return later;
  }
  throw new GaveUp(`the customer of ${ref.companyId} never got through`);
}

/** The customer authorises and leaves the page instead of choosing a business; looks at it again when it is too late. */
export async function walkAway(world: World, ref: ConnectionRef, comesBack: boolean): Promise<void> {
  const browser = await walk(world, await linkTo(world, ref), { chooses: undefined, loads: 3 });
  if (!comesBack) return;
  world.jump(11 * 60);
  await browser.load('/oauth/done');
}

/** A link to a connection, as the deployer sends it. */
async function linkTo(world: World, { companyId, connectionId }: ConnectionRef): Promise<string> {
  const path = `/companies/${companyId}/connections/${connectionId}/link`;
  const made = await insist(world, { method: 'POST', path }, [200]);
  const { pathname, search } = new URL(Linked.parse(bodyOf(made)).linkUrl);
  return pathname + search;
}

/** The connection, or the one that has taken its place. */
async function inPlaceOf(world: World, ref: ConnectionRef): Promise<ConnectionRef> {
  const found = await world.connection(ref);
  if (found?.state !== 'Unlinked' || found.replacedBy === undefined) return ref;
  return { companyId: ref.companyId, connectionId: found.replacedBy };
}

async function standsOn(world: World, ref: ConnectionRef, account: Account, before: string) {
  const now = await world.connection(ref);
  const given = now?.state === 'Linked' && (now.authorised ?? '') > before;
  if (now?.grantId !== undefined) world.vendor.grantIds.add(now.grantId);
  return given && now.business?.businessId === world.vendor.businessId(account);
}

/** How a customer goes about it: which business is chosen, and how often a page is asked for that does not come. */
type Manner = { chooses: Account | undefined; loads: number };

/** One walk through the journey, to whatever end. A page that did not come is loaded again. */
async function walk(world: World, link: string, { chooses, loads }: Manner): Promise<Browser> {
  const browser = new Browser(world, loads);
  const start = await browser.load(`${link}&again=yes`);
  if (!start?.location?.startsWith('http://freshbooks.test')) return browser;
  let page = await browser.load(await world.vendor.consent(start.location));
  for (let n = 0; n < patience && page !== undefined; n += 1) {
    if (page.location !== undefined) page = await browser.load(page.location);
    else if (page.status === 202) {
      await world.time.pass(10);
      await world.deliver();
      page = await browser.load('/oauth/done');
    } else if (chooses !== undefined && page.text.includes('action="/oauth/choose"')) {
      const [, attempt = ''] = /name="attempt" value="([^"]*)"/.exec(page.text) ?? [];
      page = await browser.load('/oauth/choose', { attempt, business: world.vendor.businessId(chooses) });
    } else return browser;
  }
  return browser;
}

type Page = { status: number; location: string | undefined; text: string };

class Browser {
  readonly #world: World;
  readonly #loads: number;
  readonly #cookies: Record<string, string> = {};

  constructor(world: World, loads: number) {
    this.#world = world;
    this.#loads = loads;
  }

  /** A page, asked for again a few times when nothing came. */
  async load(address: string, form?: Record<string, string>): Promise<Page | undefined> {
    const url = new URL(address, 'https://ledger.test');
    const query = Object.fromEntries([...url.searchParams].map(([name, value]) => [name, [value]]));
    for (let n = 0; n < this.#loads; n += 1) {
      const reply = await this.#world.ask('oauth', {
        method: form === undefined ? 'GET' : 'POST',
        path: url.pathname,
        query,
        headers: {},
        cookies: { ...this.#cookies },
        body: form === undefined ? '' : new URLSearchParams(form).toString(),
        requestId: 'request-1',
      });
      if (reply !== undefined && reply.status < 500) return this.#keep(reply);
      await this.#world.time.pass(2);
    }
    return undefined;
  }

  #keep(reply: HttpReply): Page {
    for (const cookie of reply.cookies) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      this.#cookies[name] = value;
    }
    return { status: reply.status, location: reply.headers['location'], text: String(reply.body) };
  }
}
