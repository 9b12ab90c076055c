import { createHash } from 'node:crypto';
import { type Json, textOf } from '../../simulator/json.ts';
import { type Bench, call, people, rowWithin, within } from './harness.ts';

export const redirectUri = 'http://127.0.0.1:9/callback';
export const verifier = 'a-verifier-of-forty-three-characters-or-more-0123';
export const challenge = createHash('sha256').update(verifier).digest('base64url');

/** The parameters of an authorization by the viewer app. */
export const asked = (bench: Bench, extra: Record<string, string> = {}): Record<string, string> => ({
  response_type: 'code',
  client_id: bench.simulator.apps.viewer.clientId,
  redirect_uri: redirectUri,
  state: 'st&te',
  ...extra,
});

/** Registers the redirect URI and consents in one POST, as a script would; gives where it was sent back to. */
export const decide = async (bench: Bench, extra: Record<string, string> = {}) => {
  const body = new URLSearchParams({ ...asked(bench), email: people.alex, decision: 'allow', ...extra });
  const response = await fetch(`${bench.url}/service/auth/oauth/authorize/decision`, {
    method: 'POST',
    body,
    redirect: 'manual',
  });
  const location = response.headers.get('location');
  return {
    status: response.status,
    text: await response.text(),
    back: location === null ? undefined : new URL(location),
  };
};

export const codeFrom = async (bench: Bench, extra: Record<string, string> = {}): Promise<string> =>
  (await decide(bench, extra)).back?.searchParams.get('code') ?? '';

/** POST to the token endpoint with the viewer's keys, JSON unless told otherwise. */
export const token = (bench: Bench, fields: Record<string, string>, path = '/auth/oauth/token') => {
  const { clientId, clientSecret } = bench.simulator.apps.viewer;
  return call('POST', `${bench.url}${path}`, {
    body: { client_id: clientId, client_secret: clientSecret, ...fields },
  });
};

export const exchange = async (bench: Bench, code: string, extra: Record<string, string> = {}) =>
  token(bench, { grant_type: 'authorization_code', code, redirect_uri: redirectUri, ...extra });

export const refresh = (bench: Bench, refreshToken: string, extra: Record<string, string> = {}) =>
  token(bench, {
    grant_type: 'refresh_token',
    refresh_token: refreshToken,
    redirect_uri: redirectUri,
    ...extra,
  });

export const usersMe = (bench: Bench, accessToken: string) =>
  call('GET', `${bench.url}/auth/api/v1/users/me`, { token: accessToken });

export const registerRedirect = (bench: Bench) =>
  bench.control('PUT', `/apps/${bench.simulator.apps.viewer.clientId}`, { redirectUris: [redirectUri] });

/** A token pair after a whole consent, or for a code that is at hand. */
export const pairOf = async (bench: Bench, code?: string) => {
  const { json } = await exchange(bench, code ?? (await codeFrom(bench)));
  const row = rowWithin(json);
  return { access: textOf(row, 'access_token'), refresh: textOf(row, 'refresh_token') };
};

/** The status and the error code of a reply of the auth family. */
export const authErrorOf = (got: { status: number; json: Json }) => [got.status, within(got.json, 'error')];
