import { createHash } from 'node:crypto';
import { basicOf, type Form } from '../http/read-form.ts';
import { authError, authReply, type Reply } from '../http/reply.ts';
import type { Asked } from '../http/request.ts';
import type { Row } from '../json.ts';
import type { Plays } from '../switches.ts';
import type { App, Apps } from './apps.ts';
import type { Code } from './codes.ts';
import type { Grants } from './grants.ts';
import { accessSeconds, type TokenPair } from './tokens.ts';

export type OAuth = { apps: Apps; grants: Grants; plays: Plays };

/** The body of a token reply (§1.5). */
export const tokenBody = ({ accessToken, refreshToken, createdAt, scopes }: TokenPair): Row => ({
  access_token: accessToken,
  token_type: 'Bearer',
  expires_in: accessSeconds,
  refresh_token: refreshToken,
  scope: scopes.join(' '),
  created_at: createdAt,
  direct_buy_tokens: {},
});

/** The app that calls, by fields or Basic; an Authorization of another kind is ignored (§8: `Bearer undefined`). */
const callingApp = (asked: Asked, form: Form, apps: Apps): App | undefined => {
  const basic = basicOf(asked);
  const app = apps.get(form['client_id'] ?? basic?.clientId ?? '');
  return app && app.clientSecret === (form['client_secret'] ?? basic?.clientSecret) ? app : undefined;
};

const invalidClient = (): Reply =>
  authError(
    401,
    'invalid_client',
    'Client authentication failed due to unknown client, no client authentication included, or unsupported authentication method.',
  );

const invalidGrant = (): Reply =>
  authError(
    400,
    'invalid_grant',
    'The provided authorization grant is invalid, expired, revoked, does not match the redirection URI used in the authorization request, or was issued to another client.',
  );

const provesChallenge = (code: Code, verifier: string | undefined, plays: Plays): boolean => {
  if (!code.challenge || plays('pkce', 'ignored')) return true;
  return (
    verifier !== undefined && createHash('sha256').update(verifier).digest('base64url') === code.challenge
  );
};

const exchange = (form: Form, app: App, { grants, plays }: OAuth): Reply => {
  const code = grants.takeCode(form['code'] ?? '');
  const good =
    code?.clientId === app.clientId &&
    code.redirectUri === form['redirect_uri'] &&
    provesChallenge(code, form['code_verifier'], plays);
  return code && good ? authReply(200, tokenBody(grants.authorize(code))) : invalidGrant();
};

const refresh = (form: Form, app: App, { grants, plays }: OAuth): Reply => {
  if (plays('refresh-redirect-uri', 'required') && !form['redirect_uri']) {
    return authError(400, 'invalid_request', 'Missing required parameter: redirect_uri.');
  }
  const pair = grants.refresh(app.clientId, form['refresh_token'] ?? '');
  return pair ? authReply(200, tokenBody(pair)) : invalidGrant();
};

/** POST /auth/oauth/token (§1.4). */
export const answerToken = (asked: Asked, form: Form, oauth: OAuth): Reply => {
  const app = callingApp(asked, form, oauth.apps);
  if (!app) return invalidClient();
  const grants: Readonly<Record<string, typeof exchange>> = {
    authorization_code: exchange,
    refresh_token: refresh,
  };
  const answer = grants[form['grant_type'] ?? ''];
  return answer
    ? answer(form, app, oauth)
    : authError(
        400,
        'unsupported_grant_type',
        'The authorization grant type is not supported by the authorization server.',
      );
};

/** POST /auth/oauth/revoke (§1.7): `{}`, whether or not the token was known. */
export const answerRevoke = (asked: Asked, form: Form, { apps, grants }: OAuth): Reply => {
  const app = callingApp(asked, form, apps);
  if (!app) return invalidClient();
  grants.revokeToken(app.clientId, form['token'] ?? '');
  return authReply(200, {});
};

/** POST /service/auth/oauth/introspect (§1.1, §1.8). */
export const answerIntrospect = (form: Form, { grants }: OAuth): Reply => {
  const consent = grants.bearer(form['token']);
  if (consent) {
    return authReply(200, {
      active: true,
      client_id: consent.clientId,
      scope: consent.scopes.join(' '),
      sub: String(consent.identityId),
    });
  }
  return authReply(401, {
    error: 'invalid_token',
    error_description: 'The access token is invalid',
    state: 'unauthorized',
  });
};
