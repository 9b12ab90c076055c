import { isCompanyToken, type VerifyCompanyToken } from '../app/keys/company-token.ts';
import type { Role } from '../app/keys/role.ts';
import type { VerifyKey } from '../app/keys/verify-key.ts';
import type { SignedIn, VerifySignIn } from '../app/ports.ts';
import { Problem } from '../domain/problem.ts';
import type { HttpRequest } from './request.ts';

/**
 * Who calls: nobody known, an API key, a person who is signed in (always an administrator), or whoever bears the access
 * token of one company.
 */
export type Caller =
  | { kind: 'anybody' }
  | { kind: 'key'; keyId: string; role: Role }
  | { kind: 'company'; companyId: string; role: 'operate' }
  | ({ kind: 'user'; role: 'admin' } & SignedIn);

/** Answers who calls, or throws Problem `unauthenticated` with what to send instead. */
export type Authenticate = (request: HttpRequest) => Promise<Exclude<Caller, { kind: 'anybody' }>>;

/**
 * Reads the `Authorization` header: `Basic base64(key)`, `Bearer key`, or `Bearer` and the access token of somebody
 * who is signed in, or of a company. Hand in neither `verifyKey` nor `verifyCompanyToken` where only people may come.
 */
export function makeAuthenticate(verify: {
  verifyKey?: VerifyKey;
  verifyCompanyToken?: VerifyCompanyToken;
  verifySignIn: VerifySignIn;
}): Authenticate {
  return async (request) => {
    const header = request.headers['authorization'];
    if (!header) throw refuse('This needs authorisation and none was sent.');
    const credential = credentialOf(header);
    if (!credential) throw refuse('The Authorization header is neither Basic nor Bearer.');
    if (credential.isKey) return keyCaller(verify.verifyKey, credential.text);
    if (isCompanyToken(credential.text)) return companyCaller(verify.verifyCompanyToken, credential.text);
    const signedIn = await verify.verifySignIn(credential.text);
    if (!signedIn) throw refuse('The key or sign-in token is not valid, or no longer.');
    return { kind: 'user', ...signedIn, role: 'admin' };
  };
}

async function companyCaller(verifyToken: VerifyCompanyToken | undefined, credential: string) {
  if (!verifyToken) throw refuse('An access token of a company does not open this.');
  const token = await verifyToken(credential);
  if (!token) throw refuse('The access token of the company is not valid, or no longer.');
  return { kind: 'company', companyId: token.companyId, role: 'operate' } as const;
}

async function keyCaller(verifyKey: VerifyKey | undefined, credential: string) {
  if (!verifyKey) throw refuse('An API key does not open this; somebody has to be signed in.');
  const key = await verifyKey(credential);
  if (!key) throw refuse('The API key is not valid, or no longer.');
  return { kind: 'key', keyId: key.id, role: key.role } as const;
}

function refuse(why: string): Problem {
  return new Problem(
    'unauthenticated',
    `${why} Send "Authorization: Basic" and the API key in base64, or "Bearer" and the key.`,
  );
}

function credentialOf(header: string): { text: string; isKey: boolean } | undefined {
  const [, scheme = '', value] = /^(\w+) +(\S+)\s*$/.exec(header) ?? [];
  if (value === undefined) return undefined;
  if (scheme.toLowerCase() === 'bearer') return { text: value, isKey: value.startsWith('ll_') };
  if (scheme.toLowerCase() !== 'basic') return undefined;
  // Many HTTP clients write a user name and a colon where this API has the key alone.
  return { text: Buffer.from(value, 'base64').toString('utf8').replace(/:$/, ''), isKey: true };
}
