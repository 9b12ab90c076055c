import { createServer } from 'node:http';
import { type CryptoKey, exportJWK, generateKeyPair, SignJWT } from 'jose';

const clientId = 'portal';

/**
 * Two sign-in issuers on this machine, each with keys of its own: the one that is configured, and another. `close`
 * ends them.
 */
export async function twoIssuers() {
  const [ours, theirs] = await Promise.all([generateKeyPair('RS256'), generateKeyPair('RS256')]);
  const published = new Map([
    ['/ours/.well-known/jwks.json', await exportJWK(ours.publicKey)],
    ['/theirs/.well-known/jwks.json', await exportJWK(theirs.publicKey)],
  ]);
  let url = '';
  const server = createServer((request, reply) => {
    if (request.url === '/ours/.well-known/openid-configuration') {
      reply.end(JSON.stringify({ userinfo_endpoint: `${url}/ours/userInfo` }));
      return;
    }
    if (request.url === '/ours/userInfo') {
      const known = request.headers.authorization === `Bearer ${token}`;
      reply
        .writeHead(known ? 200 : 401)
        .end(known ? JSON.stringify({ sub: 'user-1', email: 'ada@example.com' }) : '');
      return;
    }
    const key = published.get(request.url ?? '');
    reply
      .writeHead(key ? 200 : 404, { 'content-type': 'application/json' })
      .end(JSON.stringify({ keys: key ? [{ ...key, kid: 'key-1', alg: 'RS256', use: 'sig' }] : [] }));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.address();
  url = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
  const tokenOf = (issuer: string, key: CryptoKey, life = '1h') =>
    new SignJWT({ client_id: clientId, token_use: 'access', username: 'user-1' })
      .setProtectedHeader({ alg: 'RS256', kid: 'key-1' })
      .setIssuer(issuer)
      .setExpirationTime(life)
      .sign(key);
  const token = await tokenOf(`${url}/ours`, ours.privateKey);
  return {
    issuer: `${url}/ours`,
    clientId,
    /** Of somebody who is signed in to the portal. */
    token,
    /** The same person's, of which the issuer tells nothing. */
    anotherToken: await tokenOf(`${url}/ours`, ours.privateKey, '2h'),
    /** The same claims, by another issuer with keys of its own. */
    foreignToken: await tokenOf(`${url}/theirs`, theirs.privateKey),
    /** Another issuer's key under our issuer's name. */
    forgedToken: await tokenOf(`${url}/ours`, theirs.privateKey),
    close: () => {
      server.closeAllConnections();
      return new Promise<void>((closed) => server.close(() => closed()));
    },
  };
}
export type Issuers = Awaited<ReturnType<typeof twoIssuers>>;
