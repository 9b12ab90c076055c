import { Agent, request as httpRequest } from 'node:http';
import type { AwsReply } from './aws-request.ts';

/** Sends a call on to a stand-in on this machine. */
export interface Upstream {
  send(headers: Readonly<Record<string, string>>, body: Buffer | string): Promise<AwsReply>;
  close(): void;
}

function textHeaders(headers: NodeJS.Dict<string | string[]>): Record<string, string> {
  const hopByHop = new Set(['connection', 'keep-alive', 'transfer-encoding', 'date', 'content-length']);
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined || hopByHop.has(name) ? [] : [[name, [value].flat().join(', ')] as const],
    ),
  );
}

/** @param port where the stand-in listens on 127.0.0.1 */
export function upstream(port: number): Upstream {
  const agent = new Agent({ keepAlive: true, maxSockets: 128 });
  return {
    close: () => agent.destroy(),
    send: (headers, body) =>
      new Promise((resolve, reject) => {
        const length = String(Buffer.byteLength(body));
        const call = httpRequest(
          {
            host: '127.0.0.1',
            port,
            agent,
            method: 'POST',
            path: '/',
            headers: { ...headers, 'content-length': length },
          },
          (reply) => {
            const chunks: Buffer[] = [];
            reply.on('data', (chunk: Buffer) => chunks.push(chunk));
            reply.on('error', reject);
            reply.on('end', () =>
              resolve({
                status: reply.statusCode ?? 500,
                headers: textHeaders(reply.headers),
                body: Buffer.concat(chunks),
              }),
            );
          },
        );
        call.on('error', reject);
        call.end(body);
      }),
  };
}
