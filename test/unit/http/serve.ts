import { createServer, type IncomingMessage } from 'node:http';
import type { HttpReply, HttpRequest } from '../../../src/http/request.ts';
import { aRequest } from './api-world.ts';

/** Serves an API on a free port of this machine; `close` ends it. */
export async function serve(handle: (request: HttpRequest) => Promise<HttpReply>) {
  const server = createServer({ keepAliveTimeout: 60_000 }, async (incoming, outgoing) => {
    const reply = await handle(await requestOf(incoming));
    outgoing.writeHead(reply.status, reply.headers).end(reply.body);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () => {
      server.closeAllConnections();
      return new Promise<void>((closed) => server.close(() => closed()));
    },
  };
}

async function requestOf(incoming: IncomingMessage): Promise<HttpRequest> {
  const body = await incoming.toArray();
  const headers = Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]);
  return aRequest({
    method: incoming.method ?? '',
    path: incoming.url ?? '',
    headers: Object.fromEntries(headers),
    body: Buffer.concat(body).toString('utf8'),
  });
}
