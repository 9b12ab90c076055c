import { timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { importJWK, SignJWT } from 'jose';
import Provider, { type AdapterFactory, type Configuration } from 'oidc-provider';
import type { SignInKeys } from './sign-in-keys.ts';
import { languageOf, signedOutPage, signInErrorPage, signInPage, signOutPage } from './sign-in-page.ts';
import { userInfo } from './user-info.ts';

/** A public client of the user pool. */
interface PoolClient {
  readonly id: string;
  readonly callbackUrls: readonly string[];
  readonly logoutUrls: readonly string[];
  readonly scopes: readonly string[];
}

export interface SignIn {
  readonly server: Server;
  /** A token as the hosted page would lead to, for scripts without a browser. */
  issueToken(clientId: string): Promise<string>;
}

const HOUR_S = 3600;
const RESOURCE = 'urn:ledgerlink:local';
const userInfoPath = '/oauth2/userInfo';

/** The claims Cognito puts into an access token beside the registered ones. */
function cognitoClaims(clientId: string, scope: string, keys: SignInKeys) {
  return { token_use: 'access', client_id: clientId, username: keys.user.sub, scope };
}

const originsOf = (client: PoolClient) => client.callbackUrls.map((url) => new URL(url).origin);

function features(scopes: readonly string[]): Configuration['features'] {
  return {
    devInteractions: { enabled: false },
    userinfo: { enabled: true },
    revocation: { enabled: true },
    resourceIndicators: {
      enabled: true,
      defaultResource: () => RESOURCE,
      useGrantedResource: () => true,
      getResourceServerInfo: () => ({
        scope: scopes.join(' '),
        audience: RESOURCE,
        accessTokenTTL: HOUR_S,
        accessTokenFormat: 'jwt',
        jwt: { sign: { alg: 'RS256' } },
      }),
    },
    rpInitiatedLogout: {
      enabled: true,
      logoutSource: (ctx, form) => {
        ctx.body = signOutPage(languageOf(ctx.get('accept-language')), form);
      },
      postLogoutSuccessSource: (ctx) => {
        ctx.body = signedOutPage(languageOf(ctx.get('accept-language')));
      },
    },
  };
}

function configurationOf(
  clients: readonly PoolClient[],
  keys: SignInKeys,
  adapter: AdapterFactory,
): Configuration {
  const scopes = [...new Set(clients.flatMap((client) => client.scopes))];
  return {
    adapter,
    clients: clients.map((client) => ({
      client_id: client.id,
      redirect_uris: [...client.callbackUrls],
      post_logout_redirect_uris: [...client.logoutUrls],
      grant_types: ['authorization_code'],
      response_types: ['code'],
      token_endpoint_auth_method: 'none',
      scope: client.scopes.join(' '),
    })),
    jwks: { keys: [keys.key] },
    cookies: { keys: keys.cookieKeys },
    scopes,
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
    conformIdTokenClaims: false,
    pkce: { required: () => true },
    routes: {
      authorization: '/oauth2/authorize',
      token: '/oauth2/token',
      userinfo: userInfoPath,
      revocation: '/oauth2/revoke',
      end_session: '/session/end',
      jwks: '/.well-known/jwks.json',
    },
    ttl: {
      AccessToken: HOUR_S,
      IdToken: HOUR_S,
      AuthorizationCode: 300,
      Interaction: HOUR_S,
      Session: 8 * HOUR_S,
      Grant: 8 * HOUR_S,
    },
    clientBasedCORS: (_ctx, origin, client) =>
      clients.some((known) => known.id === client.clientId && originsOf(known).includes(origin)),
    findAccount: (_ctx, sub) =>
      sub === keys.user.sub
        ? {
            accountId: sub,
            claims: () => ({ sub, email: keys.user.email, email_verified: true, name: 'Ledgerlink' }),
          }
        : undefined,
    // One administrator and first-party clients: nobody is asked for consent, as in Cognito.
    loadExistingGrant: async (ctx) => {
      const { client, session, provider } = ctx.oidc;
      if (!client || !session?.accountId) return undefined;
      const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
      grant.addOIDCScope(scopes.join(' '));
      grant.addResourceScope(RESOURCE, scopes.join(' '));
      await grant.save();
      return grant;
    },
    renderError: (ctx, out) => {
      ctx.type = 'html';
      const reason = [out.error, out.error_description].filter(Boolean).join(': ');
      ctx.body = signInErrorPage(languageOf(ctx.get('accept-language')), reason);
    },
    interactions: { url: (_ctx, interaction) => `/interaction/${interaction.uid}` },
    features: features(scopes),
    formats: {
      customizers: {
        jwt: (ctx, token, parts) => {
          const asked = ctx.oidc.entities.AuthorizationCode?.scope ?? token.scope ?? '';
          // The provider insists on an audience, which Cognito's access tokens lack; nobody reads it there.
          const clientId = token.clientId ?? '';
          Object.assign(parts.payload, { aud: clientId, ...cognitoClaims(clientId, asked, keys) });
        },
      },
    },
  };
}

async function readForm(request: IncomingMessage): Promise<URLSearchParams> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return new URLSearchParams(Buffer.concat(chunks).toString('utf8'));
}

function isUser(form: URLSearchParams, keys: SignInKeys): boolean {
  const given = Buffer.from(form.get('password') ?? '');
  const wanted = Buffer.from(keys.user.password);
  const sameEmail = (form.get('email') ?? '').trim().toLowerCase() === keys.user.email;
  return sameEmail && given.length === wanted.length && timingSafeEqual(given, wanted);
}

async function interact(
  provider: Provider,
  keys: SignInKeys,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  // Fails when the browser's cookie and the path do not name the same interaction.
  const { uid } = await provider.interactionDetails(request, response);
  const language = languageOf(request.headers['accept-language']);
  const wrong = request.method === 'POST' && !isUser(await readForm(request), keys);
  if (request.method === 'POST' && !wrong) {
    const result = { login: { accountId: keys.user.sub } };
    return provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
  }
  response.writeHead(wrong ? 401 : 200, {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'content-security-policy':
      "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'",
    'referrer-policy': 'no-referrer',
  });
  response.end(signInPage(language, `/interaction/${uid}`, wrong));
}

/** Cognito's own way out, `/logout?client_id&logout_uri`, beside the standard one. */
function logoutTarget(url: URL): string {
  const params = new URLSearchParams({ client_id: url.searchParams.get('client_id') ?? '' });
  const back = url.searchParams.get('logout_uri');
  if (back !== null) params.set('post_logout_redirect_uri', back);
  return `/session/end?${params}`;
}

export interface SignInOptions {
  /** What the user pool's ProviderURL resolves to. */
  readonly issuer: string;
  readonly clients: readonly PoolClient[];
  readonly keys: SignInKeys;
  readonly store: AdapterFactory;
  readonly now: () => number;
  readonly onProblem: (line: string) => void;
}

/** Sign-in on one machine: a certified OpenID provider in Cognito's place, with tokens of Cognito's shape. */
export function makeSignIn(options: SignInOptions): SignIn {
  const { issuer, clients, keys, store, now, onProblem } = options;
  const provider = new Provider(issuer, configurationOf(clients, keys, store));
  provider.on('server_error', (_ctx, error) => onProblem(`sign-in failed: ${error.stack}`));
  const handle = provider.callback();
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', issuer);
    if (url.pathname === userInfoPath) {
      void userInfo(request.headers.authorization, options).then((told) =>
        response
          .writeHead(told === undefined ? 401 : 200, { 'content-type': 'application/json' })
          .end(JSON.stringify(told ?? { error: 'invalid_token' })),
      );
      return;
    }
    if (url.pathname === '/logout') return response.writeHead(303, { location: logoutTarget(url) }).end();
    if (!url.pathname.startsWith('/interaction/')) return handle(request, response);
    return interact(provider, keys, request, response).catch(() => {
      if (!response.headersSent) response.writeHead(400, { 'content-type': 'text/html; charset=utf-8' });
      response.end(
        signInErrorPage(
          languageOf(request.headers['accept-language']),
          'the browser and this page do not belong together',
        ),
      );
    });
  });
  return {
    server,
    issueToken: async (clientId) => {
      const scope = clients.find(({ id }) => id === clientId)?.scopes.join(' ') ?? '';
      const seconds = Math.floor(now() / 1000);
      return new SignJWT(cognitoClaims(clientId, scope, keys))
        .setProtectedHeader({ alg: 'RS256', kid: keys.key.kid, typ: 'JWT' })
        .setIssuer(issuer)
        .setSubject(keys.user.sub)
        .setJti(crypto.randomUUID())
        .setIssuedAt(seconds)
        .setExpirationTime(seconds + HOUR_S)
        .sign(await importJWK(keys.key, 'RS256'));
    },
  };
}
