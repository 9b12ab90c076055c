import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import { Webhook } from 'standardwebhooks';
import * as z from 'zod';
import type { ReadyFile } from './running-stack.ts';

const Message = z.object({
  id: z.string(),
  eventType: z.string(),
  sequence: z.number(),
  payload: z.record(z.string(), z.unknown()),
});
type Message = z.infer<typeof Message>;

/** A receiver on this machine: keeps what it was sent, verified by the stock verifier once it knows the secret. */
export async function startConsumer(status: (body: string) => number = () => 204) {
  const got: { body: string; headers: IncomingHttpHeaders }[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (part) => {
      body += part;
    });
    request.on('end', () => {
      got.push({ body, headers: request.headers });
      response.writeHead(status(body)).end();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  return {
    url: `http://127.0.0.1:${port}/hook`,
    /** Everything that came, in its order; throws when a signature is not by this secret. */
    messages: (secret: string): Message[] =>
      got.map(({ body, headers }) => {
        const text = (name: string) => z.string().parse(headers[name]);
        const at = new Date(Number(text('webhook-timestamp')) * 1000);
        const signature = new Webhook(secret).sign(text('webhook-id'), at, body);
        if (!text('webhook-signature').split(' ').includes(signature)) throw new Error('a wrong signature');
        return Message.parse(JSON.parse(body));
      }),
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** The bearer token of the administrator who is signed in. */
export async function administrator({ controlUrl }: ReadyFile): Promise<string> {
  const reply = await fetch(`${controlUrl}/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{}',
  });
  return `Bearer ${z.object({ accessToken: z.string() }).parse(await reply.json()).accessToken}`;
}

/** Calls the API as the administrator; throws on a refusal. */
export async function callAs(
  authorization: string,
  { apiUrl }: ReadyFile,
  operation: string,
  body?: unknown,
): Promise<Record<string, unknown>> {
  const [method = '', path = ''] = operation.split(' ');
  const reply = await fetch(`${apiUrl}${path}`, {
    method,
    headers: { authorization, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!reply.ok) throw new Error(`${operation}: ${reply.status} ${await reply.text()}`);
  return reply.status === 204 ? {} : z.record(z.string(), z.unknown()).parse(await reply.json());
}

/** Makes the receiver a consumer of events. */
export async function subscribe(
  authorization: string,
  ready: ReadyFile,
  url: string,
): Promise<{ id: string; secret: string }> {
  const made = await callAs(authorization, ready, 'POST /webhooks', { url });
  return z.object({ id: z.string(), secret: z.string() }).parse(made);
}

/** Waits until something holds; the caller's time-out ends the wait. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 100));
}
