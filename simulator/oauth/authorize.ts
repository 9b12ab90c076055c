import { pageReply, type Reply, redirectReply } from '../http/reply.ts';
import { people, personByEmail } from '../people.ts';
import type { App } from './apps.ts';
import { consentPage, messagePage } from './consent-page.ts';
import { withProfile } from './scopes.ts';
import type { OAuth } from './token-endpoint.ts';

/** The parameters of an authorization, carried from the page to the decision (§1.2). */
const authorizeParameters = [
  'response_type',
  'client_id',
  'redirect_uri',
  'scope',
  'state',
  'code_challenge',
  'code_challenge_method',
] as const;

type Parameters = URLSearchParams;

const refusePage = (status: number, message: string): Reply =>
  pageReply(status, messagePage('Something is wrong', message));

// §1.2: an unknown app is a 500 page; a redirect URI that is not registered never gets a redirect.
const checkApp = (parameters: Parameters, { apps, plays }: OAuth): App | Reply => {
  const app = apps.get(parameters.get('client_id') ?? '');
  if (!app) return refusePage(500, 'We’re sorry, but something went wrong.');
  if (!app.redirectUris.includes(parameters.get('redirect_uri') ?? '')) {
    return refusePage(400, 'The redirect uri included is not valid.');
  }
  if (parameters.get('response_type') !== 'code') {
    return refusePage(400, 'The authorization server does not support this response type.');
  }
  const method = parameters.get('code_challenge_method') ?? 'S256';
  const challenge = parameters.get('code_challenge');
  if (plays('pkce', 'required') && !challenge)
    return refusePage(400, 'Missing required parameter: code_challenge.');
  return challenge && method !== 'S256' && !plays('pkce', 'ignored')
    ? refusePage(400, 'The code_challenge_method must be S256.')
    : app;
};

const isReply = (value: App | Reply): value is Reply => 'status' in value;

/** GET /oauth/authorize: the consent page with the choice of person. */
export const answerAuthorize = (query: Parameters, oauth: OAuth): Reply => {
  const app = checkApp(query, oauth);
  if (isReply(app)) return app;
  const carried = authorizeParameters.flatMap((name) => {
    const value = query.get(name);
    return value === null ? [] : [[name, value] as const];
  });
  return pageReply(200, consentPage(app, scopesOf(query, app), people, carried));
};

const scopesOf = (parameters: Parameters, app: App): readonly string[] => {
  const asked = (parameters.get('scope') ?? '').split(/\s+/).filter(Boolean);
  return withProfile(asked.length > 0 ? asked : app.scopes);
};

const back = (parameters: Parameters, answer: Record<string, string>): Reply => {
  const url = new URL(parameters.get('redirect_uri') ?? '');
  for (const [name, value] of Object.entries(answer)) url.searchParams.set(name, value);
  const state = parameters.get('state');
  if (state !== null) url.searchParams.set('state', state);
  return redirectReply(url.href);
};

/**
 * POST …/authorize/decision: 302 to the redirect URI with a code or with error=access_denied. A scope the app does
 * not have fails here, after the person has chosen, not at the authorize URL (§1.2).
 */
export const answerDecision = (form: Parameters, oauth: OAuth): Reply => {
  const app = checkApp(form, oauth);
  if (isReply(app)) return app;
  if (form.get('decision') !== 'allow') {
    return back(form, {
      error: 'access_denied',
      error_description: 'The resource owner or authorization server denied the request.',
    });
  }
  const person = personByEmail(form.get('email') ?? '');
  if (!person) return refusePage(422, 'Choose the person who signs in.');
  const scopes = scopesOf(form, app);
  if (scopes.some((scope) => !app.scopes.includes(scope))) {
    return refusePage(400, 'The requested scope is invalid, unknown, or malformed.');
  }
  const code = oauth.grants.issueCode({
    clientId: app.clientId,
    identityId: person.identityId,
    scopes,
    redirectUri: form.get('redirect_uri') ?? '',
    challenge: form.get('code_challenge') ?? '',
  });
  return back(form, { code });
};
