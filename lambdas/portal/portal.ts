import type { Log } from '../../src/app/ports.ts';
import type { HttpReply, HttpRequest } from '../../src/http/request.ts';
import { fitReply } from '../../src/http/size-of-reply.ts';
import { readStatic } from './static-files.ts';

export type PortalParts = { folder: string; signIn: SignIn; log: Log };

/** Where people sign in; `pages` is the origin of the issuer's own pages, where its token address is. */
type SignIn = { issuer: string; clientId: string; pages: string };

/** The portal over HTTP: its files, `config.json` with where to sign in, and the way there from the bare origin. */
export function makePortal(parts: PortalParts): (request: HttpRequest) => Promise<HttpReply> {
  const answer = makeAnswer(parts);
  return async (request) => {
    const reply = await answer(request);
    parts.log.info('portal.answered', { status: reply.status, correlationId: request.requestId });
    return reply;
  };
}

function makeAnswer({ folder, signIn }: PortalParts): (request: HttpRequest) => Promise<HttpReply> {
  const headers = securityHeaders(signIn);
  return async (request) => {
    const { method, path } = request;
    if (method !== 'GET' && method !== 'HEAD')
      return reply(405, 'text/plain; charset=utf-8', 'Only GET.\n', headers);
    if (path === '/' || path === '/portal') {
      return {
        ...reply(303, 'text/plain; charset=utf-8', '', headers),
        headers: { ...headers, location: '/portal/' },
      };
    }
    const name = decodeURIComponent(path.slice('/portal/'.length));
    if (name === 'config.json') {
      return reply(
        200,
        'application/json',
        JSON.stringify({ issuer: signIn.issuer, clientId: signIn.clientId }),
        {
          ...headers,
          'cache-control': 'no-store',
        },
      );
    }
    const file = await readStatic(folder, name);
    if (file === undefined)
      return reply(404, 'text/plain; charset=utf-8', 'There is no such page.\n', headers);
    const cache = file.immutable ? 'public, max-age=31536000, immutable' : 'no-cache';
    return fitReply(request, reply(200, file.type, file.body, { ...headers, 'cache-control': cache }));
  };
}

function reply(
  status: number,
  type: string,
  body: string | Buffer,
  headers: Record<string, string>,
): HttpReply {
  return { status, headers: { ...headers, 'content-type': type }, cookies: [], body };
}

/** What the browser may do with the portal's pages; the reasons for each line are in portal/README.md. */
function securityHeaders({ issuer, pages }: SignIn): Record<string, string> {
  return {
    'content-security-policy': [
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "font-src 'self'",
      "img-src 'self'",
      `connect-src 'self' ${new URL(issuer).origin} ${new URL(pages).origin}`,
      "form-action 'self'",
      "base-uri 'none'",
      "frame-ancestors 'none'",
    ].join('; '),
    'strict-transport-security': 'max-age=31536000; includeSubDomains',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'permissions-policy': 'clipboard-write=(self), camera=(), geolocation=(), microphone=()',
  };
}
