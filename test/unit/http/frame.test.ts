import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { Problem, type ProblemKind } from '../../../src/domain/problem.ts';
import { makeHandle } from '../../../src/http/handle.ts';
import { operationsOf } from '../../../src/http/operation.ts';
import type { HttpReply, HttpRequest } from '../../../src/http/request.ts';
import { replyLimit } from '../../../src/http/size-of-reply.ts';
import { memoryLog } from '../../fakes/log.ts';
import { aRequest, textOf } from './api-world.ts';

const operation = operationsOf<{ greeting: string }>();

/** A frame around one operation that does what the test says. */
function frameOf(run: () => Promise<unknown>, limits: { replyLimit?: number } = {}) {
  const { log, lines } = memoryLog();
  const table = [
    operation({
      method: 'GET',
      path: '/things/{id}',
      name: 'getThing',
      summary: 'A thing.',
      role: 'public',
      success: 200,
      run,
    }),
    operation({
      method: 'POST',
      path: '/things/{id}',
      name: 'changeThing',
      summary: 'Changes it.',
      role: 'public',
      params: z.object({ id: z.string() }),
      body: z.strictObject({ size: z.number(), nested: z.strictObject({ deep: z.boolean() }).optional() }),
      success: 201,
      run: async ({ deps, params, body }) => ({ said: `${deps.greeting} ${params.id}`, body }),
    }),
  ];
  const signInName = async () => 'ada@example.com';
  const authenticate = async () => ({ kind: 'user', user: 'ada', signInName, role: 'admin' }) as const;
  const handle = makeHandle({ tables: [table], deps: { greeting: 'hello' }, authenticate, log, ...limits });
  return { handle, lines };
}

const bodyOf = (reply: HttpReply): unknown => JSON.parse(textOf(reply));
const thing = (with_: Partial<HttpRequest> = {}) => aRequest({ path: '/things/1', ...with_ });

describe('finding the operation', () => {
  it('hands parsed parameters and body to it and answers its success code as JSON', async () => {
    const { handle } = frameOf(async () => ({}));

    const reply = await handle(thing({ method: 'POST', path: '/things/a%2Fb', body: '{"size":1}' }));

    expect([reply.status, reply.headers['content-type']]).toEqual([201, 'application/json']);
    expect(bodyOf(reply)).toEqual({ said: 'hello a/b', body: { size: 1 } });
  });

  it.each(['/', '/nothing', '/things', '/things/1/2', '/things/%E0%A4%A', '//things/1'])(
    'answers JSON 404 at %s',
    async (path) => {
      const reply = await frameOf(async () => ({})).handle(thing({ path }));

      expect([reply.status, reply.headers['content-type']]).toEqual([404, 'application/json']);
      expect(bodyOf(reply)).toMatchObject({ statusCode: 404, correlationId: 'request-1' });
    },
  );

  it.each(['DELETE', 'PUT', 'OPTIONS', 'TRACE', 'get'])(
    'answers 405 and what is allowed to %s',
    async (method) => {
      const reply = await frameOf(async () => ({})).handle(thing({ method }));

      expect([reply.status, reply.headers['allow']]).toEqual([405, 'GET, POST']);
    },
  );
});

describe('refusing input', () => {
  const refuse = async (body: string) => {
    const reply = await frameOf(async () => ({})).handle(thing({ method: 'POST', body }));
    return { status: reply.status, body: bodyOf(reply) };
  };

  it.each([
    ['not JSON', '{"size":', 'The body is not valid JSON. Send a JSON object in UTF-8.'],
    [
      'a prototype',
      '{"size":1,"__proto__":{"admin":true}}',
      'The body is not valid JSON. Send a JSON object in UTF-8.',
    ],
    ['nothing', '', '"size" in the body is missing or has the wrong type: send a number.'],
    ['another type', '{"size":"1"}', '"size" in the body is missing or has the wrong type: send a number.'],
    [
      'a fault inside',
      '{"size":1,"nested":{"deep":1}}',
      '"nested.deep" in the body is missing or has the wrong type: send true or false.',
    ],
    [
      'too much',
      `{"size":1,"pad":"${'x'.repeat(300_000)}"}`,
      'The body is larger than 256 KB. Send a smaller one.',
    ],
    [
      'great depth',
      `${'['.repeat(50_000)}${']'.repeat(50_000)}`,
      'The body is not valid JSON. Send a JSON object in UTF-8.',
    ],
  ])('says what is wrong with %s', async (_case, body, sentence) => {
    const refused = await refuse(body);

    expect(refused).toMatchObject({ status: 400, body: { error: sentence } });
  });

  it('lists every fault with the property it is in', async () => {
    const refused = await refuse('{"size":"1","nested":{}}');

    expect(refused.body).toMatchObject({
      validation: {
        errors: [
          { itemId: 'size', validatorName: 'body' },
          { itemId: 'nested.deep', validatorName: 'body' },
        ],
        warnings: [],
      },
    });
  });
});

describe('failing', () => {
  it.each([
    ['invalid', 400, 'No'],
    ['unauthenticated', 401, 'No'],
    ['forbidden', 403, 'No'],
    ['not-found', 404, 'No'],
    ['conflict', 409, 'No'],
    ['not-ready', 409, 'No'],
    ['unprocessable', 422, 'No'],
    ['too-many', 429, 'Yes'],
    ['unavailable', 503, 'Yes'],
    ['broken', 500, 'Unknown'],
  ] satisfies [ProblemKind, number, string][])('turns %s into %i', async (kind, status, canBeRetried) => {
    const { handle } = frameOf(async () => {
      throw new Problem(kind, 'A sentence.');
    });

    const reply = await handle(thing());

    expect(bodyOf(reply)).toEqual({
      statusCode: status,
      service: 'PlatformApi',
      error: 'A sentence.',
      correlationId: 'request-1',
      validation: null,
      canBeRetried,
      detailedErrorCode: 0,
    });
  });

  it('says when to try again', async () => {
    const { handle } = frameOf(async () => {
      throw new Problem('too-many', 'Slowly.', { retryAfterSeconds: 2.2 });
    });

    expect((await handle(thing())).headers['retry-after']).toBe('3');
  });

  it('tells the log what broke, under the correlation id, and the caller nothing', async () => {
    const { handle, lines } = frameOf(async () => {
      throw new TypeError('the secret is hunter2');
    });

    const reply = await handle(thing());

    expect(reply.status).toBe(500);
    expect(textOf(reply)).not.toMatch(/hunter2|TypeError|\.ts/);
    expect(lines).toMatchObject([
      { level: 'error', event: 'http.broken', facts: { operation: 'getThing', correlationId: 'request-1' } },
    ]);
    expect(String(lines[0]?.facts['cause'])).toContain('hunter2');
  });
});

describe('the size of a reply', () => {
  const rows = (count: number) => async () => ({
    rows: Array.from({ length: count }, (_, index) => `${index} ${Math.sin(index)} "quoted"`),
  });
  const gzip = { 'accept-encoding': 'br, gzip;q=0.8' };

  it('compresses a large one for who accepts it', async () => {
    const reply = await frameOf(rows(1000)).handle(thing({ headers: gzip }));

    expect(reply.headers).toMatchObject({ 'content-encoding': 'gzip', vary: 'accept-encoding' });
    const bytes = typeof reply.body === 'string' ? Buffer.alloc(0) : reply.body;
    expect(JSON.parse(gunzipSync(bytes).toString())).toEqual(await rows(1000)());
  });

  it.each([
    ['a small one', 3, gzip],
    ['one for who accepts nothing', 1000, {}],
    ['one for who refuses gzip', 1000, { 'accept-encoding': 'gzip;q=0' }],
  ])('leaves %s as text', async (_case, count, headers) => {
    const reply = await frameOf(rows(count)).handle(thing({ headers }));

    expect(typeof reply.body).toBe('string');
    expect(reply.headers).not.toHaveProperty('content-encoding');
  });

  it('refuses what the gateway would refuse and names the page size that fits', async () => {
    const replyLimit = 40_000;
    const { handle } = frameOf(rows(2000), { replyLimit });

    const reply = await handle(aRequest({ path: '/things/1?pageSize=5000' }));

    expect(reply.status).toBe(400);
    const [, named] = /pageSize=(\d+), or accept gzip/.exec(textOf(reply)) ?? [];
    const bytes = Buffer.byteLength(JSON.stringify(JSON.stringify(await rows(2000)())));
    expect(Number(named)).toBe(Math.floor((5000 * replyLimit * 0.9) / bytes));
  });

  it('counts that bytes travel as base64', async () => {
    const compressed = await frameOf(rows(1000)).handle(thing({ headers: gzip }));
    const bytes = compressed.body.length;

    const fits = frameOf(rows(1000), { replyLimit: Math.ceil(bytes / 3) * 4 });
    const exceeds = frameOf(rows(1000), { replyLimit: Math.ceil(bytes / 3) * 4 - 1 });

    expect((await fits.handle(thing({ headers: gzip }))).status).toBe(200);
    expect((await exceeds.handle(thing({ headers: gzip }))).status).toBe(400);
  });

  it('counts that quotes travel with a backslash', async () => {
    const bytes = Buffer.byteLength(JSON.stringify(JSON.stringify(await rows(100)())));

    const fits = frameOf(rows(100), { replyLimit: bytes });
    const exceeds = frameOf(rows(100), { replyLimit: bytes - 1 });

    expect((await fits.handle(thing())).status).toBe(200);
    expect((await exceeds.handle(thing())).status).toBe(400);
  });

  it('may be what a function can hand over, six mebibytes, less some for its head', () => {
    expect(replyLimit).toBeGreaterThan(6_200_000);
    expect(replyLimit).toBeLessThan(6_291_556);
  });
});
