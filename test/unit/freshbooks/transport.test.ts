import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from '@jest/globals';
import { makeTransport, type Transport } from '../../../src/freshbooks/transport.ts';

const servers: Server[] = [];

async function serving(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return `http://127.0.0.1:${isPort(address) ? address.port : 0}/`;
}

function isPort(address: string | AddressInfo | null): address is AddressInfo {
  return typeof address === 'object' && address !== null;
}

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

function get(transport: Transport, url: string): ReturnType<Transport> {
  return transport({ method: 'GET', url, headers: { Authorization: 'Bearer t' } });
}

describe('an exchange over HTTP', () => {
  it('says who it is, asks for JSON, and gives a GET no content type', async () => {
    const seen: Record<string, unknown>[] = [];
    const url = await serving((request, response) => {
      seen.push(request.headers);
      response.end('{"ok":1}');
    });

    const reply = await get(makeTransport(), url);

    expect(reply).toMatchObject({ status: 200, text: '{"ok":1}' });
    expect(seen[0]).toMatchObject({
      accept: 'application/json',
      authorization: 'Bearer t',
      'user-agent': 'Ledgerlink',
    });
    expect(seen[0]).not.toHaveProperty('content-type');
  });

  it('sends a form with its length', async () => {
    const bodies: string[] = [];
    const url = await serving((request, response) => {
      request.on('data', (chunk) => bodies.push(String(chunk)));
      request.on('end', () => response.writeHead(400).end('é'));
    });

    const reply = await makeTransport()({ method: 'POST', url, headers: {}, body: 'a=é' });

    expect(reply).toMatchObject({ status: 400, text: 'é' });
    expect(bodies).toEqual(['a=é']);
  });

  it('unpacks what comes packed', async () => {
    const url = await serving((_, response) => {
      response.writeHead(200, { 'Content-Encoding': 'gzip' }).end(gzipSync('{"packed":true}'));
    });

    expect((await get(makeTransport(), url)).text).toBe('{"packed":true}');
  });

  it('uses its connection again', async () => {
    const ports = new Set<number | undefined>();
    const url = await serving((request, response) => {
      ports.add(request.socket.remotePort);
      response.end('{}');
    });
    const transport = makeTransport();

    await get(transport, url);
    await get(transport, url);

    expect(ports.size).toBe(1);
  });

  it.each<readonly [string, RequestListener]>([
    ['breaks off before it answers', (request) => request.socket.destroy()],
    [
      'breaks off in the middle of the body',
      (request, response) => {
        response.writeHead(200, { 'Content-Length': '100' });
        response.write('{"half":');
        setImmediate(() => request.socket.destroy());
      },
    ],
    ['sends more than anybody could have asked for', (_, response) => response.end('x'.repeat(5_000))],
    [
      'packs a bomb',
      (_, response) =>
        response.writeHead(200, { 'Content-Encoding': 'gzip' }).end(gzipSync('x'.repeat(100_000))),
    ],
    [
      'says packed and is not',
      (_, response) => response.writeHead(200, { 'Content-Encoding': 'gzip' }).end('plain text'),
    ],
  ])('is unavailable when the other side %s', async (_, listener) => {
    const url = await serving(listener);

    await expect(get(makeTransport({ maxBytes: 1_000 }), url)).rejects.toMatchObject({ kind: 'unavailable' });
  });

  it('is unavailable when nobody listens', async () => {
    const url = await serving(() => {});
    const [server] = servers.splice(0);
    await new Promise((resolve) => server?.close(resolve));

    await expect(get(makeTransport(), url)).rejects.toMatchObject({ kind: 'unavailable' });
  });

  it('is unavailable, and says that it was slow, when no answer comes in time', async () => {
    const url = await serving(() => {});

    await expect(get(makeTransport({ timeoutMs: 30 }), url)).rejects.toMatchObject({
      kind: 'unavailable',
      sentence: 'FreshBooks did not answer in time.',
    });
  });
});
