import type { AppKeys, Clock, FreshBooksOAuth, Person } from '../../src/app/ports.ts';
import type { TokenPair } from '../../src/domain/grant.ts';
import { plusSeconds } from '../../src/domain/instant.ts';
import { Problem } from '../../src/domain/problem.ts';
import { turn } from './memory-table.ts';

/** What happens to a call: lost on the way there, or processed and its answer lost on the way back. */
export type Mishap = 'lost-before' | 'lost-after';
type Call = 'exchange' | 'refresh' | 'revoke' | 'whoIs';

const accessSeconds = 12 * 60 * 60;
const redirectUri = 'https://ledger.test/oauth/callback';

/**
 * FreshBooks' authorisation server in memory, as strict as the real one: codes and refresh tokens work once, one
 * refresh token lives per person and app, a second consent kills the first one's, access tokens live on to their end
 * unless the consent is taken back.
 */
export class FakeFreshBooks implements FreshBooksOAuth {
  readonly #clock: Clock;
  readonly #people = new Map<string, Person>();
  readonly #secrets = new Map<string, Set<string>>();
  readonly #codes = new Map<string, { person: string; clientId: string; challenge: string }>();
  /** The living refresh token of each person and app. */
  readonly #refresh = new Map<string, string>();
  readonly #access = new Map<string, { person: string; clientId: string; until: string }>();
  readonly #mishaps: { call: Call; mishap: Mishap }[] = [];
  /** How often each refresh token was shown, and what it was shown with. */
  readonly presented = new Map<string, number>();
  readonly calls: Call[] = [];
  readonly authorizations: URL[] = [];
  #made = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  addApp(keys: AppKeys): void {
    this.#secrets.set(keys.clientId, (this.#secrets.get(keys.clientId) ?? new Set()).add(keys.clientSecret));
  }
  dropSecret(keys: AppKeys): void {
    this.#secrets.get(keys.clientId)?.delete(keys.clientSecret);
  }
  addPerson(person: Person): void {
    this.#people.set(person.identityId, person);
  }
  /** The next calls of this kind that meet a mishap, in order. */
  fail(call: Call, ...mishaps: Mishap[]): void {
    this.#mishaps.push(...mishaps.map((mishap) => ({ call, mishap })));
  }
  mend(): void {
    this.#mishaps.length = 0;
  }

  /** The person says yes at this address; answers the code. */
  consent(authorizeUrl: string, identityId: string): { code: string; state: string } {
    const query = new URL(authorizeUrl).searchParams;
    const code = this.#make('code');
    this.#codes.set(code, {
      person: identityId,
      clientId: query.get('client_id') ?? '',
      challenge: query.get('code_challenge') ?? '',
    });
    return { code, state: query.get('state') ?? '' };
  }

  /** The person takes the consent back in FreshBooks. */
  takeBack(clientId: string, identityId: string): void {
    this.#refresh.delete(slot(clientId, identityId));
    for (const [token, { person, clientId: of }] of this.#access) {
      if (person === identityId && of === clientId) this.#access.delete(token);
    }
  }

  works(accessToken: string): boolean {
    return this.#clock() < (this.#access.get(accessToken)?.until ?? '');
  }
  lives(refreshToken: string): boolean {
    return [...this.#refresh.values()].includes(refreshToken);
  }

  authorizeUrl(request: Parameters<FreshBooksOAuth['authorizeUrl']>[0]): string {
    const url = new URL('https://auth.freshbooks.test/oauth/authorize');
    url.searchParams.set('response_type', 'code');
    url.searchParams.set('client_id', request.clientId);
    url.searchParams.set('redirect_uri', request.redirectUri);
    url.searchParams.set('scope', request.scopes.join(' '));
    url.searchParams.set('state', request.state);
    url.searchParams.set('code_challenge', request.challenge);
    url.searchParams.set('code_challenge_method', 'S256');
    this.authorizations.push(url);
    return url.href;
  }

  async exchange(keys: AppKeys, request: Parameters<FreshBooksOAuth['exchange']>[1]): Promise<TokenPair> {
    return this.#meet('exchange', async () => {
      this.#knowApp(keys, request.redirectUri);
      const code = this.#codes.get(request.code);
      this.#codes.delete(request.code);
      if (code === undefined || code.clientId !== keys.clientId) throw invalidGrant();
      if ((await challengeOf(request.verifier)) !== code.challenge) throw invalidGrant();
      return this.pairFor(keys.clientId, code.person);
    });
  }

  async refresh(keys: AppKeys, request: Parameters<FreshBooksOAuth['refresh']>[1]): Promise<TokenPair> {
    return this.#meet('refresh', async () => {
      this.#knowApp(keys, request.redirectUri);
      const { refreshToken } = request;
      this.presented.set(refreshToken, (this.presented.get(refreshToken) ?? 0) + 1);
      const owner = [...this.#refresh].find(([, token]) => token === refreshToken)?.[0];
      if (owner === undefined || !owner.startsWith(`${keys.clientId} `)) throw invalidGrant();
      return this.pairFor(keys.clientId, owner.slice(keys.clientId.length + 1));
    });
  }

  async revoke(keys: AppKeys, token: string): Promise<void> {
    await this.#meet('revoke', async () => {
      this.#knowApp(keys, redirectUri);
      this.#access.delete(token);
      for (const [key, living] of this.#refresh) if (living === token) this.#refresh.delete(key);
    });
  }

  async whoIs(accessToken: string): Promise<Person> {
    return this.#meet('whoIs', async () => {
      const person = this.works(accessToken) && this.#people.get(this.#access.get(accessToken)?.person ?? '');
      if (!person) throw invalidGrant();
      return structuredClone(person);
    });
  }

  /** A pair made for a person, which kills the one before. */
  pairFor(clientId: string, identityId: string): TokenPair {
    const [accessToken, refreshToken] = [this.#make('access'), this.#make('refresh')];
    const createdAt = this.#clock();
    const expiresAt = plusSeconds(createdAt, accessSeconds);
    this.#refresh.set(slot(clientId, identityId), refreshToken);
    this.#access.set(accessToken, { person: identityId, clientId, until: expiresAt });
    return { accessToken, refreshToken, createdAt, expiresAt, scopes: ['user:profile:read'] };
  }

  async #meet<T>(call: Call, process: () => Promise<T>): Promise<T> {
    this.calls.push(call);
    await turn();
    const next = this.#mishaps.findIndex((one) => one.call === call);
    const [met] = next === -1 ? [] : this.#mishaps.splice(next, 1);
    if (met?.mishap === 'lost-before') throw nobodyAnswered();
    const answer = await process();
    await turn();
    if (met?.mishap === 'lost-after') throw nobodyAnswered();
    return answer;
  }

  #knowApp({ clientId, clientSecret }: AppKeys, uri: string): void {
    if (uri !== redirectUri) throw invalidGrant();
    if (!this.#secrets.get(clientId)?.has(clientSecret)) {
      throw new Problem('forbidden', 'FreshBooks does not accept the keys of this app.');
    }
  }

  #make(what: string): string {
    this.#made += 1;
    return `canary-${what}-${this.#made}`;
  }
}

const slot = (clientId: string, identityId: string): string => `${clientId} ${identityId}`;
const invalidGrant = (): Problem => new Problem('access-lost', 'FreshBooks did not accept the consent.');
const nobodyAnswered = (): Problem => new Problem('unavailable', 'FreshBooks did not answer.');

async function challengeOf(verifier: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier));
  return Buffer.from(digest).toString('base64url');
}
