import { makeOpenConnection } from '../../../src/app/connections/open-connection.ts';
import { makeAppKeys } from '../../../src/app/grants/app-keys.ts';
import { makeEscrow } from '../../../src/app/grants/escrow.ts';
import { grantIdOf } from '../../../src/app/grants/grant-id.ts';
import { makeGrantToken } from '../../../src/app/grants/grant-token.ts';
import { makeReleaseGrant } from '../../../src/app/grants/release-grant.ts';
import { makeGiveBack } from '../../../src/app/grants/release-unused.ts';
import { makeReviveConnections } from '../../../src/app/grants/revive-connections.ts';
import { type JourneyPorts, makeLinkJourney, makeLinkResume } from '../../../src/app/link/link-journey.ts';
import type { AppKeys, Person, PersonBusiness } from '../../../src/app/ports.ts';
import { makeLookAround } from '../../../src/app/reading/diagnose.ts';
import { readScopes } from '../../../src/domain/scopes.ts';
import { makeHandleLink } from '../../../src/http/link/handle-link.ts';
import type { HttpReply } from '../../../src/http/request.ts';
import { aBusiness, aCompany, aConnection, start } from '../../fakes/builders.ts';
import { makeClock, makeIds, makeTokens } from '../../fakes/clock.ts';
import { memoryCompanies } from '../../fakes/companies.ts';
import { memoryConnections } from '../../fakes/connections.ts';
import { FakeFreshBooks } from '../../fakes/freshbooks-oauth.ts';
import { memoryGrants, memoryLinkAttempts } from '../../fakes/grants.ts';
import { memoryCount, memoryLog } from '../../fakes/log.ts';
import { turn } from '../../fakes/memory-table.ts';
import { memoryObjects } from '../../fakes/objects.ts';
import { memoryOneTimeLinks } from '../../fakes/one-time-links.ts';
import { memorySealAhead, memorySealer } from '../../fakes/sealer.ts';
import {
  memoryIntegration,
  memoryLinkSettings,
  memoryRefusals,
  memorySyncSettings,
} from '../../fakes/settings.ts';
import { memoryWaker } from '../../fakes/waker.ts';
import { saveVersions, secretOf } from '../grants/scene.ts';

const keys: AppKeys = { clientId: 'app', clientSecret: 'canary-secret' };
const redirectUri = 'https://ledger.test/oauth/callback';

export const theConnection = { companyId: 'company-1', connectionId: 'connection-1' };

export function aBusinessOf(identityId: string, with_: Partial<PersonBusiness> = {}): PersonBusiness {
  return { ...aBusiness(), identityId, role: 'owner', ...with_ };
}

export function aPerson(identityId: string, businesses: Partial<PersonBusiness>[] = [{}]): Person {
  return {
    identityId,
    name: `Person ${identityId}`,
    email: `${identityId}@example.test`,
    businesses: businesses.map((one) => aBusinessOf(identityId, one)),
  };
}

export type JourneyScene = Awaited<ReturnType<typeof makeJourneyScene>>;

/** An installation that is set up, a company with a link, and Ada (900), who has one business in FreshBooks. */
export async function makeJourneyScene(change: (ports: JourneyPorts) => Partial<JourneyPorts> = () => ({})) {
  const { clock, advance } = makeClock(start);
  const freshBooks = new FakeFreshBooks(clock);
  freshBooks.addApp(keys);
  freshBooks.addPerson(aPerson('900'));
  const { log, lines } = memoryLog();
  const { count, totals } = memoryCount();
  const { waker, take } = memoryWaker();
  const [companies, connections] = [memoryCompanies(), memoryConnections()];
  const integration = memoryIntegration();
  await saveVersions(integration, [keys]);
  await integration.change((current) => ({
    ...(current === undefined ? {} : { next: { ...current, scopes: [...readScopes] } }),
    result: undefined,
  }));
  await companies.insert(aCompany());
  await connections.insert(aConnection());
  const [newId, newToken] = [makeIds(), makeTokens()];
  const stores: JourneyPorts = {
    companies,
    connections,
    integration,
    waker,
    clock,
    newId,
    newToken,
    log,
    count,
    redirectUri,
    grants: memoryGrants(),
    attempts: memoryLinkAttempts(),
    linkSettings: memoryLinkSettings(),
    oneTimeLinks: memoryOneTimeLinks(),
    syncSettings: memorySyncSettings(),
    oauth: freshBooks,
    openAppKeys: secretOf([keys]),
    sealer: memorySealer(),
    escrow: makeEscrow({ objects: memoryObjects() }),
    sealAhead: memorySealAhead(),
    openConnection: makeOpenConnection({ companies, connections, clock, newId, newToken }),
    lookAround: makeLookAround({ integration, clock }),
    wait: async (seconds) => {
      await turn();
      advance(seconds);
    },
  };
  const ports = { ...stores, ...change(stores) };
  const handleWith = (with_: Partial<JourneyPorts> = {}) =>
    makeHandleLink({
      ...makeLinkJourney({ ...ports, ...with_ }),
      issuerOrigin: 'https://auth.freshbooks.test',
      log,
    });
  const appKeys = makeAppKeys(ports);
  const tokensOf = makeGrantToken({
    ...ports,
    appKeys,
    refusals: memoryRefusals(),
    reviveConnections: makeReviveConnections(ports),
  });
  return {
    ...stores,
    advance,
    freshBooks,
    lines,
    totals,
    takeWoken: take,
    handleWith,
    resume: makeLinkResume(ports),
    giveBack: makeGiveBack({ ...ports, releaseGrant: makeReleaseGrant({ ...ports, appKeys }) }),
    browser: (headers: Record<string, string> = {}) => new Browser(handleWith(), headers),
    browserOf: (with_: Partial<JourneyPorts>) => new Browser(handleWith(with_)),
    grantIdOf: (identityId: string) => grantIdOf('app', identityId),
    token: (identityId: string) => tokensOf(grantIdOf('app', identityId)).token(),
    connection: async (ref = theConnection) => {
      const found = await connections.find(ref);
      if (found === undefined) throw new Error('the connection is gone');
      return found;
    },
  };
}

export type Seen = {
  status: number;
  location: string | undefined;
  text: string;
  headers: Record<string, string>;
};

/** A browser as far as this journey needs one: it keeps cookies, and follows our own redirects when told to. */
export class Browser {
  readonly cookies: Record<string, string> = {};
  readonly #handle: (request: Parameters<ReturnType<typeof makeHandleLink>>[0]) => Promise<HttpReply>;
  readonly #headers: Record<string, string>;

  constructor(handle: ReturnType<typeof makeHandleLink>, headers: Record<string, string> = {}) {
    this.#handle = handle;
    this.#headers = headers;
  }

  async request(method: string, address: string, form?: Record<string, string>): Promise<Seen> {
    const url = new URL(address, 'https://ledger.test');
    const reply = await this.#handle({
      method,
      path: url.pathname,
      query: Object.fromEntries(
        [...new Set(url.searchParams.keys())].map((name) => [name, url.searchParams.getAll(name)]),
      ),
      headers: this.#headers,
      cookies: { ...this.cookies },
      body: form === undefined ? '' : new URLSearchParams(form).toString(),
      requestId: 'request-1',
    });
    for (const cookie of reply.cookies) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      this.cookies[name] = value;
    }
    const { status, headers } = reply;
    return { status, headers, location: headers['location'], text: String(reply.body) };
  }

  get(address: string): Promise<Seen> {
    return this.request('GET', address);
  }

  /** Follows redirects on our own origin to the page, or to the way out. */
  async follow(seen: Seen): Promise<Seen> {
    let at = seen;
    for (let hops = 0; at.location?.startsWith('/'); hops += 1) {
      if (hops > 5) throw new Error('redirected in circles');
      at = await this.get(at.location);
    }
    return at;
  }

  /** Opens the link, says yes at FreshBooks as this person, and comes back with the code. */
  async authorise(scene: JourneyScene, identityId = '900', link = '/link/link-1'): Promise<Seen> {
    return this.follow(await this.comeBack(scene, identityId, link));
  }

  async comeBack(scene: JourneyScene, identityId = '900', link = '/link/link-1'): Promise<Seen> {
    return this.get(await this.callback(scene, identityId, link));
  }

  /** The address that FreshBooks sends the browser back to. */
  async callback(scene: JourneyScene, identityId = '900', link = '/link/link-1'): Promise<string> {
    const { location = '' } = await this.get(link);
    const { code, state } = scene.freshBooks.consent(location, identityId);
    return `/oauth/callback?${new URLSearchParams({ code, state })}`;
  }
}
