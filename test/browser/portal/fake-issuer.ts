import { createHash, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { listen, type Running, textOf } from './serve.ts';

/** The person the issuer signs in, without asking. */
const person = 'admin@ledger.example';

/**
 * A small OpenID provider: discovery, authorisation code with PKCE, token, end of session. It checks what a provider
 * checks (redirect URI, code once, verifier) and signs everybody in as `person`.
 */
export async function startFakeIssuer(clientId: string): Promise<Running & { signIns: () => number }> {
  const { publicKey, privateKey } = await generateKeyPair('RS256');
  const keys = { keys: [{ ...(await exportJWK(publicKey)), kid: 'one', alg: 'RS256', use: 'sig' }] };
  const codes = new Map<string, { challenge: string; redirectUri: string; nonce: string | null }>();
  let issuer = '';
  let count = 0;

  const sign = (claims: Record<string, unknown>) =>
    new SignJWT(claims)
      .setProtectedHeader({ alg: 'RS256', kid: 'one' })
      .setIssuer(issuer)
      .setSubject('person-1')
      .setIssuedAt()
      .setExpirationTime('1h')
      .sign(privateKey);

  const discovery = () => ({
    issuer,
    authorization_endpoint: `${issuer}/authorize`,
    token_endpoint: `${issuer}/token`,
    jwks_uri: `${issuer}/jwks`,
    end_session_endpoint: `${issuer}/logout`,
    response_types_supported: ['code'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
  });

  const authorize = (query: URLSearchParams, response: ServerResponse) => {
    const redirectUri = query.get('redirect_uri') ?? '';
    const challenge = query.get('code_challenge');
    if (query.get('client_id') !== clientId || query.get('code_challenge_method') !== 'S256' || !challenge) {
      return answer(response, 400, { error: 'invalid_request' });
    }
    const code = randomUUID();
    codes.set(code, { challenge, redirectUri, nonce: query.get('nonce') });
    count += 1;
    const back = new URL(redirectUri);
    back.searchParams.set('code', code);
    back.searchParams.set('state', query.get('state') ?? '');
    return response.writeHead(302, { location: back.href }).end();
  };

  const token = async (request: IncomingMessage, response: ServerResponse) => {
    const form = new URLSearchParams(await textOf(request));
    const code = form.get('code') ?? '';
    const known = codes.get(code);
    codes.delete(code);
    const challenge = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url');
    if (!known || known.challenge !== challenge || known.redirectUri !== form.get('redirect_uri')) {
      return answer(response, 400, { error: 'invalid_grant' });
    }
    const nonce = known.nonce === null ? {} : { nonce: known.nonce };
    return answer(response, 200, {
      token_type: 'Bearer',
      expires_in: 3600,
      scope: 'openid',
      access_token: await sign({ token_use: 'access', client_id: clientId }),
      id_token: await sign({ aud: clientId, email: person, ...nonce }),
    });
  };

  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', issuer);
    response.setHeader('access-control-allow-origin', '*');
    if (url.pathname === '/.well-known/openid-configuration') return answer(response, 200, discovery());
    if (url.pathname === '/jwks') return answer(response, 200, keys);
    if (url.pathname === '/authorize') return authorize(url.searchParams, response);
    if (url.pathname === '/token') return token(request, response);
    if (url.pathname === '/logout') {
      return response.writeHead(200, { 'content-type': 'text/html' }).end('<title>Signed out</title>');
    }
    return answer(response, 404, { error: 'not_found' });
  });

  const running = await listen(server);
  issuer = running.url;
  return { ...running, signIns: () => count };
}

function answer(response: ServerResponse, status: number, body: unknown) {
  return response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
