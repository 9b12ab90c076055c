import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isTranslated } from '../../../src/http/in-language.ts';
import { openApiDocument } from '../../../src/http/openapi/document.ts';
import { componentPrefix, type JsonSchema } from '../../../src/http/openapi/json-schema.ts';
import { everyOperation } from '../../../src/http/public-api.ts';
import type { HttpReply, HttpRequest } from '../../../src/http/request.ts';
import { ErrorMessage } from '../../../src/http/wire/error-message.ts';
import { textOf } from './api-world.ts';
import { hostileText, hostileValue, spoilt, valid } from './from-schema.ts';
import { type Issuers, twoIssuers } from './issuers.ts';
import { type MatrixWorld, matrixWorld, own } from './role-matrix-world.ts';

// Requests made of the API's own description, and of what does not belong in them.

const document = openApiDocument(everyOperation());
const resolve = (ref: string): JsonSchema =>
  document.components.schemas[ref.slice(componentPrefix.length)] ?? {};

const operations = Object.entries(document.paths).flatMap(([path, item]) =>
  Object.entries(item).map(
    ([method, operation]) =>
      [`${method.toUpperCase()} ${path}`, method.toUpperCase(), path, operation] as const,
  ),
);
type Described = (typeof operations)[number][3];

let issuers: Issuers;

beforeAll(async () => {
  issuers = await twoIssuers();
});

afterAll(() => issuers.close());

type Wish = { path: string; query: Record<string, string[]>; body: string; headers: Record<string, string> };

/** A path with ids that exist or with anything at all, decoded as the gateway does it or not. */
function pathsOf(path: string): fc.Arbitrary<string> {
  const parts = path.split('/').map((part) => {
    const name = /^\{(\w+)\}$/.exec(part)?.[1];
    if (name === undefined) return fc.constant(part);
    const known = fc.constant(own[name] ?? 'x');
    return fc.oneof(
      { weight: 4, arbitrary: known },
      { weight: 1, arbitrary: hostileText },
      { weight: 1, arbitrary: hostileText.map((text) => encodeURIComponent(text.toWellFormed())) },
    );
  });
  return fc.tuple(...parts).map((found) => found.join('/'));
}

function queriesOf({ parameters }: Described): fc.Arbitrary<Record<string, string[]>> {
  const ofQuery = parameters.filter(({ in: place }) => place === 'query');
  const value = (schema: JsonSchema) =>
    fc.oneof(
      valid(schema, resolve).map((one) => [String(one)]),
      hostileText.map((text) => [text]),
      fc.array(hostileText, { maxLength: 3 }),
    );
  const known = fc
    .subarray(ofQuery)
    .chain((chosen) =>
      fc
        .tuple(...chosen.map(({ name, schema }) => value(schema).map((values) => [name, values] as const)))
        .map((pairs) => Object.fromEntries(pairs)),
    );
  const unknown = fc.dictionary(fc.constantFrom('page', 'query', '__proto__', 'x'), fc.array(hostileText), {
    maxKeys: 1,
  });
  return fc.tuple(known, unknown).map(([a, b]) => ({ ...b, ...a }));
}

function bodiesOf({ requestBody }: Described): fc.Arbitrary<string> {
  const schema = requestBody?.content['application/json']?.schema;
  const texts = fc.oneof(
    hostileText,
    hostileValue.map((value) => JSON.stringify(value)),
    fc.constantFrom(
      '{',
      '[1,',
      '{"__proto__":{"role":"admin"}}',
      '\ufeff{}',
      `{"a":${'['.repeat(9000)}`,
      '"',
    ),
  );
  if (schema === undefined) return texts;
  return fc.oneof(
    { weight: 3, arbitrary: valid(schema, resolve).map((value) => JSON.stringify(value)) },
    { weight: 3, arbitrary: spoilt(schema, resolve).map((value) => JSON.stringify(value)) },
    { weight: 1, arbitrary: texts },
  );
}

const headers = fc.record(
  {
    'content-type': fc.constantFrom('application/json', 'text/xml', 'multipart/form-data; boundary=x', ''),
    accept: fc.constantFrom('*/*', 'text/html', 'application/xml'),
    'accept-encoding': fc.constantFrom('gzip', 'br;q=1, *;q=0', 'gzip;q=x'),
    'accept-language': fc.constantFrom('fr-CA', 'en', 'xx;q=9', hostileLanguage()),
    'idempotency-key': hostileText,
  },
  { requiredKeys: [] },
);

function hostileLanguage(): string {
  return 'fr;q=,'.repeat(200);
}

function wishesOf(path: string, operation: Described): fc.Arbitrary<Wish> {
  return fc.record({ path: pathsOf(path), query: queriesOf(operation), body: bodiesOf(operation), headers });
}

let sent = 0;

async function send(
  world: MatrixWorld,
  method: string,
  wish: Wish,
): Promise<{ reply: HttpReply; request: HttpRequest }> {
  sent += 1;
  const request: HttpRequest = {
    ...wish,
    method,
    cookies: {},
    headers: { ...wish.headers, authorization: world.credentials['signed in'] },
    requestId: `fuzz-${sent}`,
  };
  const handle = wish.path.startsWith('/setup/') ? world.setup.handle : world.handle;
  return { reply: await handle(request), request };
}

/** Never our own defect; a failure is an ErrorMessage whose correlation id finds the log line, in both languages. */
function expectWellAnswered(world: MatrixWorld, reply: HttpReply, request: HttpRequest): void {
  expect(reply.status).toBeLessThan(500);
  const lines = [...world.lines, ...world.setup.lines];
  expect(lines.filter(({ facts }) => facts['correlationId'] === request.requestId)).toHaveLength(1);
  if (reply.status < 400) return;
  expect(reply.headers['content-type']).toBe('application/json');
  const message = ErrorMessage.parse(JSON.parse(textOf(reply)));
  expect(message).toMatchObject({ statusCode: reply.status, correlationId: request.requestId });
  if (request.headers['accept-language']?.startsWith('fr') || message.error.length > 1500) return;
  const sentences = message.validation?.errors.map((fault) => fault.message) ?? [message.error];
  expect(sentences.filter((sentence) => !isTranslated(sentence))).toEqual([]);
}

describe('whatever is sent', () => {
  it.each(operations)('%s answers it or refuses it in words', async (_place, method, path, operation) => {
    const world = await matrixWorld(issuers);
    await fc.assert(
      fc.asyncProperty(wishesOf(path, operation), async (wish) => {
        world.lines.length = 0;
        world.setup.lines.length = 0;
        const { reply, request } = await send(world, method, wish);
        expectWellAnswered(world, reply, request);
      }),
      { numRuns: 40 },
    );
  });

  it('paths and methods that nobody described are refused in words', async () => {
    const world = await matrixWorld(issuers);
    const anyPath = fc.oneof(
      hostileText.map((text) => `/${text}`),
      fc.constantFrom(...operations.map(([, , path]) => path)).chain(pathsOf),
      fc.constantFrom('/', '//', '/companies//data', '/companies/..', '/COMPANIES', '/companies/', '*'),
    );
    const anyMethod = fc.constantFrom(
      'GET',
      'POST',
      'PUT',
      'PATCH',
      'DELETE',
      'OPTIONS',
      'HEAD',
      'TRACE',
      'get',
      '',
    );
    await fc.assert(
      fc.asyncProperty(anyMethod, anyPath, async (method, path) => {
        world.lines.length = 0;
        world.setup.lines.length = 0;
        const { reply, request } = await send(world, method, { path, query: {}, body: '', headers: {} });
        expectWellAnswered(world, reply, request);
        if (reply.status === 405) expect(reply.headers['allow']).toMatch(/^[A-Z]+(, [A-Z]+)*$/);
      }),
      { numRuns: 600 },
    );
  });
});
