import { readFile } from 'node:fs/promises';
import { request } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ErrorMessage } from '../../src/http/wire/error-message.ts';
import { hostileText, hostileValue } from '../unit/http/from-schema.ts';
import { type Clients, clientsOf } from './conformance/clients.ts';
import { type RunningStack, startStack, temporaryState } from './running-stack.ts';

// What no client library would send, over a socket, through the gateway, to the functions as they are deployed. Every
// operation's own inputs are tried in memory (test/unit/http/fuzz.test.ts); here it is the way there and back.

let stack: RunningStack;
let state: string;
let removeState: () => Promise<void>;
let clients: Clients;

beforeAll(async () => {
  ({ state, remove: removeState } = await temporaryState());
  stack = await startStack(state, ['--books', 'tiny']);
  clients = await clientsOf(stack.ready);
}, 240_000);

afterAll(async () => {
  await stack?.stop();
  await removeState?.();
}, 300_000);

type Reply = { status: number; type: string; text: string };

/** A request whose path goes out as it is written, which `fetch` would tidy. */
function send(method: string, path: string, headers: Record<string, string>, body: string): Promise<Reply> {
  const { hostname, port } = new URL(clients.ready.apiUrl);
  return new Promise((resolve, reject) => {
    const sent = request({ hostname, port, method, path, headers }, (reply) => {
      const parts: Buffer[] = [];
      reply.on('data', (part: Buffer) => parts.push(part));
      reply.on('end', () =>
        resolve({
          status: reply.statusCode ?? 0,
          type: reply.headers['content-type'] ?? '',
          text: Buffer.concat(parts).toString('utf8'),
        }),
      );
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

/** Node refuses to send a space or a control character in a path; anything else goes out raw. */
const rawText = hostileText.map((text) =>
  text.replaceAll(/[^\x21-\x7e]/g, encodeURIComponent.bind(undefined, ' ')),
);
const segment = () =>
  fc.oneof(fc.constantFrom(clients.company.id, clients.company.connectionId, 'invoices'), rawText);

describe('whatever comes over the wire', () => {
  it('is answered by the API in JSON, under an id that finds the log line', async () => {
    const methods = fc.constantFrom('GET', 'GET', 'POST', 'PUT', 'PATCH', 'DELETE');
    const shapes = fc.constantFrom(
      '/companies',
      '/companies/*',
      '/companies/*/data/*',
      '/companies/*/data/*/*',
      '/*',
    );
    const paths = fc
      .tuple(shapes, fc.array(segment(), { minLength: 3, maxLength: 3 }), fc.option(rawText))
      .map(([shape, ids, query]) => {
        const filled = ids.reduce((path, id) => path.replace('*', () => id), shape);
        return query === null ? filled : `${filled}?query=${query}`;
      })
      // The portal and the customer's journey answer pages, which are for people.
      .filter((path) => !/^\/(link|oauth|portal|setup|docs)?([/?#]|$)/.test(path));
    const bodies = fc.oneof(
      hostileText,
      hostileValue.map((value) => JSON.stringify(value)),
    );
    const refusals: ErrorMessage[] = [];

    await fc.assert(
      fc.asyncProperty(methods, paths, bodies, async (method, path, body) => {
        // The sample company is still needed by the next request.
        const way = method === 'DELETE' && path.includes(clients.company.id) ? 'GET' : method;
        const headers = {
          authorization: `Bearer ${clients.ready.apiKey}`,
          'content-length': String(Buffer.byteLength(way === 'GET' ? '' : body)),
        };
        const reply = await send(way, path, headers, way === 'GET' ? '' : body);

        expect({ path, status: reply.status, fine: reply.status < 500 }).toMatchObject({ fine: true });
        if (reply.status < 400) return;
        expect(reply.type).toBe('application/json');
        refusals.push(ErrorMessage.parse(JSON.parse(reply.text)));
      }),
      { numRuns: 250 },
    );

    expect(refusals.length).toBeGreaterThan(50);
    // The last lines are still on their way to the file; the test's own time-out ends the wait.
    for (let unlogged = refusals; unlogged.length > 0; ) {
      const log = await readFile(join(state, 'ledgerlink.log'), 'utf8');
      unlogged = unlogged.filter(({ correlationId }) => !log.includes(correlationId));
    }
  }, 240_000);
});
