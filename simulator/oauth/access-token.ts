import type { Consent } from './consent.ts';

type Claims = Consent & { createdAt: number; expiresAt: number; id: string; signature: string };

const coded = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/**
 * §1.5: an access token looks like a JWT of about a thousand characters with a `scope` claim. It is opaque: the
 * signature is random and nobody checks it.
 */
export const accessToken = ({
  clientId,
  identityId,
  scopes,
  createdAt,
  expiresAt,
  id,
  signature,
}: Claims): string => {
  const header = { alg: 'RS256', kid: id.slice(0, 32), typ: 'JWT' };
  const payload = {
    aud: clientId,
    exp: expiresAt,
    iat: createdAt,
    iss: 'https://auth.freshbooks.com',
    jti: id,
    scope: scopes.join(' '),
    sub: String(identityId),
  };
  return `${coded(header)}.${coded(payload)}.${Buffer.from(signature.repeat(4), 'hex').toString('base64url')}`;
};
