import { type User, UserManager, WebStorageStateStore } from 'oidc-client-ts';
import { z } from 'zod';
import { loadPortalConfig, type PortalConfig } from './portal-config.ts';

export type SignedIn = {
  name: string;
  /** An access token that still lives, renewed where the issuer gave the means; else nothing. */
  accessToken: () => Promise<string | undefined>;
};

/** What the issuer's redirects come back to; both are registered with it. */
export const signedInPath = '/portal/signed-in';
const signedOutPath = '/portal/';

const ReturnState = z.object({ returnTo: z.string().startsWith('/portal') });

/**
 * Signing in with the issuer: authorisation code with PKCE. Tokens stay in this tab's session storage, which ends with
 * the tab; nothing is renewed in the background.
 */
export class Session {
  readonly #manager: UserManager;
  readonly #clientId: string;

  constructor(config: PortalConfig) {
    this.#clientId = config.clientId;
    const { origin } = window.location;
    this.#manager = new UserManager({
      authority: config.issuer,
      client_id: config.clientId,
      redirect_uri: `${origin}${signedInPath}`,
      post_logout_redirect_uri: `${origin}${signedOutPath}`,
      response_type: 'code',
      scope: config.scope,
      automaticSilentRenew: false,
      monitorSession: false,
      userStore: new WebStorageStateStore({ store: sessionStorage }),
      stateStore: new WebStorageStateStore({ store: sessionStorage }),
    });
  }

  static async open(): Promise<Session> {
    return new Session(await loadPortalConfig());
  }

  /** Who is signed in in this tab, if anyone. */
  async current(): Promise<SignedIn | undefined> {
    const user = await this.#manager.getUser();
    return user && !user.expired ? this.#signedIn(user) : undefined;
  }

  /** Leaves for the issuer; the browser comes back to `signedInPath` and then to `returnTo`. */
  async leaveToSignIn(returnTo: string): Promise<void> {
    await this.#manager.removeUser();
    await this.#manager.signinRedirect({ state: { returnTo } });
  }

  /** Takes the issuer's answer out of the address and says which page was asked for. */
  async comeBack(): Promise<string> {
    const user = await this.#manager.signinRedirectCallback();
    const state = ReturnState.safeParse(user.state);
    return state.success ? state.data.returnTo : '/portal/';
  }

  /** Ends the session here and, where the issuer can, there too. */
  async leave(): Promise<void> {
    const returnTo = `${window.location.origin}${signedOutPath}`;
    const endSession = await this.#manager.metadataService.getEndSessionEndpoint();
    if (!endSession) {
      await this.#manager.removeUser();
      window.location.assign(returnTo);
      return;
    }
    // Cognito wants its own names beside the standard ones.
    await this.#manager.signoutRedirect({
      extraQueryParams: { client_id: this.#clientId, logout_uri: returnTo },
    });
  }

  #signedIn(user: User): SignedIn {
    const { email, preferred_username, name, sub } = user.profile;
    return { name: email ?? preferred_username ?? name ?? sub, accessToken: () => this.#accessToken() };
  }

  async #accessToken(): Promise<string | undefined> {
    const user = await this.#manager.getUser();
    if (!user) return undefined;
    if (!user.expired) return user.access_token;
    if (!user.refresh_token) return undefined;
    const renewed = await this.#manager.signinSilent().catch(() => null);
    return renewed?.access_token;
  }
}
