import { createServer, type Server } from 'node:http';
import { listen } from './free-port.ts';

/** A port that is open before anything stands behind it, so that its URL can be written into the stack. */
export interface Door {
  readonly url: string;
  readonly port: number;
  attach(server: Server): void;
  close(): Promise<void>;
}

/** Opens a port on 127.0.0.1. @param port 0 for any free one */
export async function openDoor(port = 0): Promise<Door> {
  const front = createServer({ maxHeaderSize: 65_536, requestTimeout: 0, keepAliveTimeout: 60_000 });
  const actual = await listen(front, port);
  return {
    url: `http://127.0.0.1:${actual}`,
    port: actual,
    attach: (server) => {
      front.on('request', (request, response) => server.emit('request', request, response));
    },
    close: () => {
      const closed = new Promise<void>((resolve) => front.close(() => resolve()));
      front.closeAllConnections();
      return closed;
    },
  };
}
