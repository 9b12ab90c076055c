import type { DescribedOperation } from '../operation.ts';
import { bodyNames, replyNames } from './component-names.ts';
import { describeOperation, failureNames, jsonOf, type OperationObject } from './describe-operation.ts';
import { componentPrefix, componentSchemas, type JsonSchema } from './json-schema.ts';
import { sampleOf } from './sample.ts';
import { tags } from './tags.ts';

const about = `Books of FreshBooks companies. Paths, shapes and statuses follow Codat's Platform and Accounting APIs, so
that client code written for those works by changing the base URL and the key. What the two differ in is in
docs/public-api.md.

A path that is asked with another method answers 405 with \`Allow\`; every reply is JSON, and every failure an
\`ErrorMessage\` whose \`correlationId\` finds the log line. The gateway's own 429 and 5xx are the exception: their body
is \`{"message":"…"}\`.`;

const securitySchemes = {
  basicKey: {
    type: 'http',
    scheme: 'basic',
    description:
      'The API key alone in base64: `Authorization: Basic base64(key)`. No user name and no colon.',
  },
  bearerKey: { type: 'http', scheme: 'bearer', description: 'The API key as it is: `ll_…`.' },
  signIn: {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
    description: 'The access token of somebody who is signed in to the portal; an administrator.',
  },
  companyToken: {
    type: 'http',
    scheme: 'bearer',
    description: 'The access token of one company, `lc_…`: for its connections alone, for a day.',
  },
} as const;

const failureWords: Readonly<Record<string, string>> = {
  Invalid:
    'An input is wrong, a query cannot be read, or the reply would be too large (it names the size that fits).',
  Unauthenticated: 'No key, or one that is not valid.',
  Forbidden:
    'The role of the key does not allow it, or the access token is for the connections of one company.',
  NotFound: 'There is no such thing; or FreshBooks does not have such data; or nothing was ever linked.',
  Conflict: 'The state does not allow it now: not fetched yet, not linked, not enabled.',
  Unprocessable: 'It cannot be done with what was sent.',
  TooMany: 'Too many requests; `Retry-After` says when to come again.',
  Broken: 'Our own defect; it was logged under the correlation id.',
  Unavailable: 'Something that is needed is down; `Retry-After` says when to come again.',
};

export type OpenApiDocument = ReturnType<typeof openApiDocument>;

/**
 * The OpenAPI 3.1 document of operation tables. It is the tables and nothing else: an operation that is in no table is
 * not in it, and the order is theirs.
 */
export function openApiDocument(operations: readonly DescribedOperation[]) {
  const [replies, bodies] = [replyNames(operations), bodyNames(operations)];
  const schemas = { ...componentSchemas(replies, 'output'), ...componentSchemas(bodies, 'input') };
  const resolve = (ref: string): JsonSchema => schemas[ref.slice(componentPrefix.length)] ?? {};
  const shapes = { replies, bodies, example: (schema: JsonSchema) => sampleOf(schema, resolve) };
  const paths: Record<string, Record<string, OperationObject>> = {};
  for (const operation of operations) {
    paths[operation.path] = {
      ...paths[operation.path],
      [operation.method.toLowerCase()]: describeOperation(operation, shapes),
    };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Ledgerlink',
      version: '1',
      description: about,
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/', description: 'This installation.' }],
    tags: tags.filter(({ name }) => usedTags(paths).has(name)),
    paths,
    components: { schemas: used(schemas, paths), responses: failureResponses(shapes), securitySchemes },
  } as const;
}

function usedTags(paths: Readonly<Record<string, Readonly<Record<string, OperationObject>>>>): Set<string> {
  return new Set(Object.values(paths).flatMap((item) => Object.values(item).flatMap(({ tags: own }) => own)));
}

function failureResponses(shapes: Parameters<typeof jsonOf>[1]) {
  return Object.fromEntries(
    Object.entries(failureNames).map(([status, name]) => [
      name,
      { description: failureWords[name] ?? '', content: failureContent(Number(status), shapes) },
    ]),
  );
}

function failureContent(status: number, shapes: Parameters<typeof jsonOf>[1]) {
  const content = jsonOf('ErrorMessage', shapes);
  const example: unknown = content['application/json']?.example;
  const of = typeof example === 'object' ? { ...example, statusCode: status } : example;
  return { 'application/json': { schema: content['application/json']?.schema, example: of } };
}

/** Without the shapes that nothing leads to: they are for operations that other tables have. */
function used(
  schemas: Readonly<Record<string, JsonSchema>>,
  paths: unknown,
): Readonly<Record<string, JsonSchema>> {
  const reached = new Set<string>(['ErrorMessage']);
  const visit = (text: string) => {
    for (const [, name] of text.matchAll(/"#\/components\/schemas\/(\w+)"/g)) {
      if (name === undefined || reached.has(name)) continue;
      reached.add(name);
      visit(JSON.stringify(schemas[name] ?? {}));
    }
  };
  visit(JSON.stringify(paths));
  return Object.fromEntries(Object.entries(schemas).filter(([name]) => reached.has(name)));
}
