import { createServer } from 'node:http';
import type { HttpReply, HttpRequest } from '../../../src/http/request.ts';
import { listen, type Running, textOf } from '../portal/serve.ts';

/** Serves the pages of the link journey on this machine, as the gateway would. */
export async function serveLink(handle: (request: HttpRequest) => Promise<HttpReply>): Promise<Running> {
  const server = createServer(async (incoming, outgoing) => {
    const url = new URL(incoming.url ?? '/', 'http://127.0.0.1');
    const cookies = (incoming.headers.cookie ?? '').split('; ').map((pair) => pair.split('='));
    const reply = await handle({
      method: incoming.method ?? 'GET',
      path: url.pathname,
      query: Object.fromEntries(
        [...new Set(url.searchParams.keys())].map((name) => [name, url.searchParams.getAll(name)]),
      ),
      headers: {
        'accept-language': incoming.headers['accept-language'],
        'sec-fetch-site': incoming.headers['sec-fetch-site']?.toString(),
      },
      cookies: Object.fromEntries(cookies.map(([name = '', value = '']) => [name, value])),
      body: await textOf(incoming),
      requestId: 'request-1',
    });
    outgoing.writeHead(reply.status, { ...reply.headers, 'set-cookie': reply.cookies });
    outgoing.end(reply.body);
  });
  return listen(server);
}

/** A page of another site (`localhost`, not `127.0.0.1`), with one link that leads to where `back` says. */
export async function serveElsewhere(back: (url: string) => string): Promise<Running> {
  const server = createServer((incoming, outgoing) => {
    const url = incoming.url ?? '/';
    const href = url.startsWith('/consent') ? back(`http://localhost${url}`) : '/';
    outgoing.writeHead(200, { 'content-type': 'text/html' });
    outgoing.end(`<a href="${href.replaceAll('&', '&amp;')}">Allow</a>`);
  });
  const running = await listen(server);
  return { ...running, url: running.url.replace('127.0.0.1', 'localhost') };
}
