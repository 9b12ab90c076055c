import { createRemoteJWKSet, errors, jwtVerify } from 'jose';
import * as z from 'zod';
import type { VerifySignIn } from '../app/ports.ts';

const Claims = z.object({
  client_id: z.string(),
  token_use: z.literal('access'),
  username: z.string().min(1),
});

/**
 * Checks an access token of the sign-in issuer: signature by its published keys, issuer, expiry, and that it is an
 * access token made for our client (Cognito puts the client into `client_id`, not `aud`). Undefined when it is not.
 */
export function makeVerifySignIn(issuer: string, clientId: string): VerifySignIn {
  const keys = createRemoteJWKSet(new URL(`${issuer}/.well-known/jwks.json`));
  const signInName = makeSignInName(issuer);
  return async (token) => {
    try {
      const { payload } = await jwtVerify(token, keys, { issuer, algorithms: ['RS256'], clockTolerance: 5 });
      const claims = Claims.safeParse(payload);
      return claims.success && claims.data.client_id === clientId
        ? { user: claims.data.username, signInName: () => signInName(token, claims.data.username) }
        : undefined;
    } catch (error) {
      if (error instanceof errors.JOSEError) return undefined;
      throw error;
    }
  };
}

const Discovery = z.object({ userinfo_endpoint: z.url() });
const UserInfo = z.object({ email: z.string().min(1) });
/** Nobody is kept waiting for a name. */
const patienceMillis = 3000;

/**
 * The e-mail address that somebody signs in with. An access token does not hold it (its `username` is an id where people
 * sign in by e-mail), so the issuer is asked (OpenID Connect, section 5.3); the id where it does not answer.
 */
function makeSignInName(issuer: string) {
  return async (token: string, username: string): Promise<string> => {
    try {
      const { userinfo_endpoint } = Discovery.parse(
        await getJson(`${issuer}/.well-known/openid-configuration`),
      );
      return UserInfo.parse(await getJson(userinfo_endpoint, token)).email;
    } catch {
      return username;
    }
  };
}

async function getJson(url: string, token?: string): Promise<unknown> {
  const reply = await fetch(url, {
    headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
    signal: AbortSignal.timeout(patienceMillis),
  });
  return reply.json();
}
