import { createServer, type Server } from 'node:net';

/** Listens on 127.0.0.1 and nowhere else. @returns the port, which is the one asked for unless that was 0 */
export function listen(
  server: Pick<Server, 'listen' | 'once' | 'off' | 'address'>,
  port = 0,
): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  server.once('error', reject);
  server.listen(port, '127.0.0.1', () => {
    server.off('error', reject);
    const address = server.address();
    resolve(typeof address === 'object' && address ? address.port : port);
  });
  return promise;
}

/** A port that nobody listens on, for programs that cannot choose one themselves. */
export async function freePort(): Promise<number> {
  const server = createServer();
  const port = await listen(server);
  await new Promise((resolve) => server.close(resolve));
  return port;
}
