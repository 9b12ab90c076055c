import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { Validator } from '@seriousme/openapi-schema-validator';
import { replyNames } from '../../../src/http/openapi/component-names.ts';
import { openApiDocument } from '../../../src/http/openapi/document.ts';
import { operationId } from '../../../src/http/openapi/operation-id.ts';
import { neverSucceeds } from '../../../src/http/openapi/statuses.ts';
import { everyOperation } from '../../../src/http/public-api.ts';
import { ErrorMessage } from '../../../src/http/wire/error-message.ts';
import { aRequest, makeWorld, textOf } from './api-world.ts';
import { matrix } from './role-matrix.ts';

const operations = everyOperation();
const document = openApiDocument(operations);
const rows = operations.map((operation) => [`${operation.method} ${operation.path}`, operation] as const);

const described = Object.entries(document.paths).flatMap(([path, item]) =>
  Object.entries(item).map(([method, operation]) => ({
    place: `${method.toUpperCase()} ${path}`,
    operation,
  })),
);
const describedAt = (place: string) => {
  const found = described.find((one) => one.place === place)?.operation;
  if (found === undefined) throw new Error(`${place} is not described`);
  return found;
};

describe('the OpenAPI document', () => {
  it('describes every operation and no other', () => {
    expect(described.map(({ place }) => place).toSorted()).toEqual(rows.map(([place]) => place).toSorted());
  });

  it('is valid OpenAPI 3.1 to a validator that we did not write', async () => {
    const validator = new Validator();

    const outcome = await validator.validate(structuredClone(document));

    expect(outcome).toEqual({ valid: true });
    expect(validator.version).toBe('3.1');
  });

  it('refers to nothing that it does not have', () => {
    const text = JSON.stringify(document);
    const missing = [...text.matchAll(/"#\/components\/(\w+)\/(\w+)"/g)].filter(([, kind, name]) => {
      const held: object = kind === 'schemas' ? document.components.schemas : document.components.responses;
      return !Object.hasOwn(held, name ?? '');
    });

    expect(missing.map(([ref]) => ref)).toEqual([]);
    expect(text).not.toContain('"#/$defs');
  });

  it('names no two operations alike', () => {
    const ids = operations.map(operationId);

    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^[a-z][A-Za-z]+$/);
  });

  it('is what docs/openapi.json holds', async () => {
    const written = await readFile(join(import.meta.dirname, '../../../docs/openapi.json'), 'utf8');
    const fresh = `${JSON.stringify(document, null, 2)}\n` === written;

    expect(fresh ? 'fresh' : 'stale: run `npm run openapi` and commit docs/openapi.json').toBe('fresh');
  });

  it('is served to anybody', async () => {
    const { handle } = await makeWorld();

    const reply = await handle(aRequest({ path: '/openapi.json' }));

    expect(reply.status).toBe(200);
    expect(JSON.parse(textOf(reply))).toEqual(JSON.parse(JSON.stringify(document)));
  });
});

describe('each described operation', () => {
  it.each(rows)('%s says what its parameters are', (place) => {
    const silent = describedAt(place).parameters.filter(
      ({ in: where, description }) => where === 'path' && !description,
    );

    // src/http/openapi/parameters.ts has the sentences.
    expect(silent.map(({ name }) => name)).toEqual([]);
  });

  it.each(rows)('%s shows a body that it would take', (place, operation) => {
    const example = describedAt(place).requestBody?.content['application/json']?.example;

    expect(operation.body?.safeParse(example).error).toBeUndefined();
    expect(example === undefined).toBe(operation.body === undefined);
  });

  it.each(rows)('%s shows an answer that it could give', (place, operation) => {
    const success = describedAt(place).responses[String(operation.success)];
    const content = success && 'content' in success ? success.content : undefined;

    expect(success === undefined).toBe(neverSucceeds(operation));
    expect(operation.reply?.safeParse(content?.['application/json']?.example).error).toBeUndefined();
  });

  it.each(rows)('%s asks for the credentials that open it', (place, { role, path }) => {
    const schemes = describedAt(place).security.flatMap((one) => Object.keys(one));
    const token = matrix.get(place)?.at(-1) === 200 ? ['companyToken'] : [];
    const keys = ['basicKey', 'bearerKey', 'signIn', ...token];
    const expected = role === 'public' ? [] : path.startsWith('/setup/') ? ['signIn'] : keys;

    expect(schemes).toEqual(expected);
  });

  it('has examples of failures in the shape of every failure', () => {
    for (const { content } of Object.values(document.components.responses)) {
      expect(ErrorMessage.safeParse(content['application/json'].example).error).toBeUndefined();
    }
  });

  it('names every shape once', () => {
    const names = [...replyNames(operations).values()];

    expect(new Set(names).size).toBe(names.length);
  });
});
