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
  const server = createServer((request, reply) => {
    const key = published.get(request.url ?? '');
    reply
      .writeHead(key ? 200 : 404, { 'content-type': 'application/json' })
      .end(JSON.stringify({ keys: key ? [{ ...key, kid: 'key-1', alg: 'RS256', use: 'sig' }] : [] }));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
  const tokenOf = (issuer: string, key: CryptoKey) =>
    new SignJWT({ client_id: clientId, token_use: 'access', username: 'ada@example.com' })
      .setProtectedHeader({ alg: 'RS256', kid: 'key-1' })
      .setIssuer(issuer)
      .setExpirationTime('1h')
      .sign(key);
  return {
    issuer: `${url}/ours`,
    clientId,
    /** Of somebody who is signed in to the portal. */
    token: await tokenOf(`${url}/ours`, ours.privateKey),
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
