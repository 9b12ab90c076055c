import { readFile } from 'node:fs/promises';
import { createServer, type ServerResponse } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { FakeLedgerlink } from './fake/fake-ledgerlink.ts';
import { answer } from './fake/fake-server.ts';
import { listen, type Running, textOf } from './serve.ts';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

/** The policy of portal/README.md: what the portal has to work under. */
function contentSecurityPolicy(issuer: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "font-src 'self'",
    "img-src 'self'",
    `connect-src 'self' ${issuer}`,
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

export type PortalServer = Running & {
  ledgerlink: FakeLedgerlink;
  /** Calls that the server would not take from the portal, and answers that it would never give. */
  mistakes: Error[];
};

/** Serves the built portal under the headers it has in production, with a fake of the server's API beside it. */
export async function startPortalServer(
  folder: string,
  issuer: string,
  clientId: string,
): Promise<PortalServer> {
  let ledgerlink: FakeLedgerlink | undefined;
  const mistakes: Error[] = [];

  const file = async (path: string, response: ServerResponse) => {
    const name = extname(path) === '' ? 'index.html' : normalize(path).replace(/^\/portal\//, '');
    const content = await readFile(join(folder, name)).catch(() => undefined);
    if (!content) return response.writeHead(404).end();
    return response
      .writeHead(200, {
        'content-type': types[extname(name)] ?? 'application/octet-stream',
        'content-security-policy': contentSecurityPolicy(issuer),
        'x-content-type-options': 'nosniff',
      })
      .end(content);
  };

  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://portal');
    if (url.pathname === '/portal/config.json') return json(response, 200, { issuer, clientId });
    if (url.pathname.startsWith('/portal')) return file(url.pathname, response);
    if (!request.headers.authorization?.startsWith('Bearer ey')) {
      return json(response, 401, { error: 'Sign in first.', correlationId: 'c0ffee-41' });
    }
    const text = await textOf(request);
    const body: unknown = text === '' ? undefined : JSON.parse(text);
    try {
      const language = request.headers['accept-language'] ?? '';
      const method = request.method ?? 'GET';
      const reply = ledgerlink && answer(ledgerlink, { method, url, body, language });
      return json(response, reply?.status ?? 500, reply?.body);
    } catch (mistake) {
      mistakes.push(new Error(`${request.method} ${url.pathname}`, { cause: mistake }));
      return json(response, 500, undefined);
    }
  });

  const running = await listen(server);
  ledgerlink = new FakeLedgerlink(running.url);
  return { ...running, ledgerlink, mistakes };
}

function json(response: ServerResponse, status: number, body: unknown) {
  response.writeHead(status, { 'content-type': 'application/json' });
  return response.end(body === undefined ? '' : JSON.stringify(body));
}
