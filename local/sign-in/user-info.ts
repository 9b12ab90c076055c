import { createPublicKey } from 'node:crypto';
import { jwtVerify } from 'jose';
import { z } from 'zod';
import type { SignInKeys } from './sign-in-keys.ts';

interface UserInfoOptions {
  readonly issuer: string;
  readonly keys: SignInKeys;
  readonly now: () => number;
}

const Claims = z.object({ sub: z.string(), scope: z.string(), token_use: z.literal('access') });

/**
 * Whom an access token is of, as Cognito's `/oauth2/userInfo` tells it; `undefined` for one that is not good. The
 * provider's own answers to no token that a resource server takes as well, which all of Cognito's are.
 */
export async function userInfo(
  authorization: string | undefined,
  { issuer, keys, now }: UserInfoOptions,
): Promise<Record<string, string> | undefined> {
  const token = /^Bearer (\S+)$/i.exec(authorization ?? '')?.[1] ?? '';
  const key = createPublicKey({ key: keys.key, format: 'jwk' });
  const verified = await jwtVerify(token, key, { issuer, currentDate: new Date(now()) }).catch(
    () => undefined,
  );
  const claims = Claims.safeParse(verified?.payload);
  if (!claims.success || claims.data.sub !== keys.user.sub) return undefined;
  const { sub, scope } = claims.data;
  // Cognito has its truths as text here.
  const email = { email: keys.user.email, email_verified: 'true' };
  return { sub, username: sub, ...(scope.split(' ').includes('email') ? email : {}) };
}
