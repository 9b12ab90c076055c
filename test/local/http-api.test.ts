import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import type { RunningStack } from '../../local/start-stack.ts';
import { control, eventually, startFixture } from './fixture.ts';

const Said = z.object({
  event: z.looseObject({
    routeKey: z.string(),
    rawPath: z.string(),
    rawQueryString: z.string(),
    headers: z.record(z.string(), z.string()),
    cookies: z.array(z.string()).optional(),
    queryStringParameters: z.record(z.string(), z.string()).optional(),
    pathParameters: z.record(z.string(), z.string()).optional(),
    body: z.string().optional(),
    isBase64Encoded: z.boolean(),
  }),
  env: z.record(z.string(), z.string()),
  pid: z.number(),
  calls: z.number(),
  now: z.number(),
  remaining: z.number(),
});
const Lines = z.array(z.object({ function: z.string(), line: z.string() }));

let stack: RunningStack;
beforeAll(async () => {
  stack = await startFixture({ parameters: { Greeting: 'bonjour' } });
});
afterAll(() => stack.close());

const call = (path: string, init: RequestInit = {}) => fetch(`${stack.originUrl}${path}`, init);
const said = async (path: string, init: RequestInit = {}) =>
  Said.parse(await (await call(path, init)).json());
const linesOf = async (name: string) =>
  Lines.parse(await control(stack, 'GET', '/logs'))
    .filter((line) => line.function.includes(name))
    .map(({ line }) => line);

const apiName = async () =>
  z
    .array(z.object({ logicalId: z.string() }))
    .parse(await control(stack, 'GET', '/functions'))
    .find(({ logicalId }) => logicalId.startsWith('Api'))?.logicalId;

/** A request with its path exactly as written, which fetch would tidy. */
function raw(path: string): Promise<string> {
  const { hostname, port } = new URL(stack.originUrl);
  return new Promise((resolve, reject) => {
    const outgoing = request({ hostname, port, path }, (reply) => {
      const chunks: Buffer[] = [];
      reply
        .on('data', (chunk: Buffer) => chunks.push(chunk))
        .on('end', () => resolve(Buffer.concat(chunks).toString()));
    });
    outgoing.on('error', reject).end();
  });
}

describe('the event of a request', () => {
  it('names the most specific route and its parameters', async () => {
    expect((await said('/things/7')).event).toMatchObject({
      routeKey: 'GET /things/{id}',
      pathParameters: { id: '7' },
    });
    expect((await said('/files/a/b')).event).toMatchObject({
      routeKey: 'ANY /files/{proxy+}',
      pathParameters: { proxy: 'a/b' },
    });
    expect((await said('/things/7/more')).event).toMatchObject({
      routeKey: '$default',
      rawPath: '/things/7/more',
    });
  });

  it('carries path and query as format 2.0 has them', async () => {
    const { event } = await said('/things/a%20b?x=1&x=2&y=%C3%A9&z');

    expect(event).toMatchObject({
      version: '2.0',
      rawPath: '/things/a b',
      pathParameters: { id: 'a b' },
      rawQueryString: 'x=1&x=2&y=%C3%A9&z',
      queryStringParameters: { x: '1,2', y: 'é', z: '' },
    });
  });

  it('carries headers in lower case and joined, cookies apart', async () => {
    const { event } = await said('/', {
      headers: [
        ['X-Two', 'a'],
        ['X-Two', 'b'],
        ['Cookie', 'a=1; b=2'],
      ],
    });

    expect(event.headers).toMatchObject({
      'x-two': expect.stringMatching(/^a, ?b$/),
      'x-forwarded-proto': 'http',
    });
    expect(event.headers).not.toHaveProperty('cookie');
    expect(event.cookies).toEqual(['a=1', 'b=2']);
  });

  it('carries a text body as text and any other in base64', async () => {
    const post = (body: string, type: string) =>
      said('/', { method: 'POST', body, headers: { 'content-type': type } });

    expect((await post('{"é":1}', 'application/json')).event).toMatchObject({
      body: '{"é":1}',
      isBase64Encoded: false,
    });
    expect((await post('a=1', 'application/x-www-form-urlencoded')).event).toMatchObject({
      body: 'YT0x',
      isBase64Encoded: true,
    });
  });

  it('tells the request id, the time and who asked', async () => {
    const reply = await call('/things/7', { headers: { 'user-agent': 'tester' } });
    const { event } = Said.parse(await reply.json());

    expect(event['requestContext']).toMatchObject({
      requestId: reply.headers.get('apigw-requestid'),
      stage: '$default',
      http: {
        method: 'GET',
        path: '/things/7',
        protocol: 'HTTP/1.1',
        sourceIp: '127.0.0.1',
        userAgent: 'tester',
      },
      time: expect.stringMatching(/^\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d \+0000$/),
    });
  });

  it('does not normalise a path before routing', async () => {
    expect(JSON.parse(await raw('/things/../files/x')).event.rawPath).toBe('/things/../files/x');
  });
});

describe('the reply of a function', () => {
  it('carries status, headers and every cookie', async () => {
    const reply = await call('/?mode=cookies');

    expect(reply.status).toBe(201);
    expect(reply.headers.getSetCookie()).toEqual(['a=1; Path=/', 'b=2; Path=/']);
  });

  it('is decoded when it is in base64', async () => {
    const reply = await call('/?mode=binary');

    expect(reply.headers.get('content-type')).toBe('image/png');
    expect(new Uint8Array(await reply.arrayBuffer())).toEqual(new Uint8Array([1, 2, 255]));
  });

  it('without a status is JSON with status 200', async () => {
    const reply = await call('/?mode=plain');

    expect(reply.status).toBe(200);
    expect(await reply.json()).toEqual({ said: 'plainly' });
  });

  it('to HEAD has no body', async () => {
    expect(await (await call('/things/7', { method: 'HEAD' })).text()).toBe('');
  });
});

describe('the gateway itself answers', () => {
  const body = async (path: string, init: RequestInit = {}) => {
    const reply = await call(path, init);
    return [reply.status, await reply.text(), reply.headers.get('content-type')];
  };

  it.each([
    ['a function that throws', '/?mode=throw'],
    ['a reply that makes no sense', '/?mode=malformed'],
    ['a process that ends', '/?mode=exit'],
    ['a reply of more than 6 MB', '/?mode=large&bytes=6291560'],
  ])('500 to %s', async (_title, path) => {
    expect(await body(path)).toEqual([500, '{"message":"Internal Server Error"}', 'application/json']);
  });

  it('a reply of just under 6 MB, which is let through', async () => {
    expect((await call('/?mode=large&bytes=6291400')).status).toBe(200);
  });

  it('503 when the integration takes too long', async () => {
    expect(await body('/impatient?mode=sleep&ms=2000')).toEqual([
      503,
      '{"message":"Service Unavailable"}',
      'application/json',
    ]);
  });

  it('413 to a body of more than 10 MB, and to one that no function can be given', async () => {
    const post = (bytes: number) =>
      body('/', { method: 'POST', body: 'x'.repeat(bytes), headers: { 'content-type': 'text/plain' } });

    expect(await post(10 * 1024 * 1024 + 1)).toEqual([
      413,
      '{"message":"Request Entity Too Large"}',
      'application/json',
    ]);
    expect(await post(7 * 1024 * 1024)).toEqual([
      413,
      '{"message":"Request Entity Too Large"}',
      'application/json',
    ]);
  });

  it('429 when a route is asked more often than its stage allows', async () => {
    expect((await call('/slowly')).status).toBe(200);
    expect(await body('/slowly')).toEqual([429, '{"message":"Too Many Requests"}', 'application/json']);
  });

  it('431 to headers of more than 10 KB', async () => {
    expect((await call('/', { headers: { 'x-large': 'x'.repeat(11_000) } })).status).toBe(431);
  });
});

describe('a function', () => {
  it('has its own environment, what Lambda gives, and nothing of this machine', async () => {
    const { env } = await said('/');
    const given = Object.keys(env).filter((name) => !/^(AWS_|LAMBDA_|_HANDLER$|LANG$|TZ$)/.test(name));

    expect(given.toSorted()).toEqual([
      'BUCKET',
      'GREETING',
      'IDLE_QUEUE_URL',
      'KEY_ID',
      'QUEUE_URL',
      'SECRET_ID',
      'TABLE',
    ]);
    expect(env).toMatchObject({
      GREETING: 'bonjour',
      AWS_REGION: 'ca-central-1',
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '256',
    });
  });

  it('keeps its sandbox from request to request', async () => {
    const first = await said('/');
    const second = await said('/');

    expect(second.pid).toBe(first.pid);
    expect(second.calls).toBe(first.calls + 1);
  });

  it('gets a second sandbox while the first is busy', async () => {
    const [one, two] = await Promise.all([said('/?mode=sleep&ms=2000'), said('/?mode=sleep&ms=2000')]);

    expect(one.pid).not.toBe(two.pid);
  });

  it('is told how long it has left', async () => {
    const { remaining } = await said('/');

    expect(remaining).toBeGreaterThan(4000);
    expect(remaining).toBeLessThanOrEqual(5000);
  });

  it('is killed at its time-out, even when it never yields, and the next request gets a fresh one', async () => {
    await control(stack, 'POST', `/functions/${await apiName()}/kill`);
    const { pid } = await said('/');

    expect((await call('/?mode=spin')).status).toBe(500);

    expect((await linesOf('Api')).join('\n')).toMatch(/Task timed out after 5\.00 seconds/);
    expect((await said('/')).pid).not.toBe(pid);
  });

  it('is started again after it was killed', async () => {
    const { pid } = await said('/');

    await control(stack, 'POST', `/functions/${await apiName()}/kill`);

    expect((await said('/')).pid).not.toBe(pid);
  });

  it('writes its lines into its log', async () => {
    await call('/?mode=log&word=something');

    expect(await linesOf('Api')).toContain('logged something');
  });

  it('what it threw is in its log', async () => {
    await call('/?mode=throw');

    expect((await linesOf('Api')).join('\n')).toMatch(/Invoke Error.*TypeError.*thrown on purpose/);
  });
});

describe('the access log', () => {
  it('has a line for each request, in the format of the stage', async () => {
    await call('/things/99');

    const line = await eventually(async () =>
      (await linesOf('AccessLog')).find((each) => each.includes('/things/99')),
    );

    expect(line).toMatch(/^[0-9a-f-]{36} GET \/things\/99 200 GET \/things\/\{id\}$/);
  });
});
