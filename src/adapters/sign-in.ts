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
  return async (token) => {
    try {
      const { payload } = await jwtVerify(token, keys, { issuer, algorithms: ['RS256'], clockTolerance: 5 });
      const claims = Claims.safeParse(payload);
      return claims.success && claims.data.client_id === clientId
        ? { user: claims.data.username }
        : undefined;
    } catch (error) {
      if (error instanceof errors.JOSEError) return undefined;
      throw error;
    }
  };
}
