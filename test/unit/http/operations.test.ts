import { describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { publicApi } from '../../../src/http/public-api.ts';

const operations = publicApi.flat();
const rows = operations.map((operation) => [`${operation.method} ${operation.path}`, operation] as const);

describe('the operations of the public API', () => {
  it('have names and places of their own', () => {
    const places = rows.map(([place]) => place);

    expect(new Set(places).size).toBe(places.length);
    expect(new Set(operations.map(({ name }) => name)).size).toBe(operations.length);
  });

  it.each(rows)('%s parses every parameter of its path', (_place, { path, params }) => {
    const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    const parsed = params instanceof z.ZodObject ? Object.keys(params.shape) : [];

    expect(named.filter((name) => !parsed.includes(name ?? ''))).toEqual([]);
  });

  it.each(rows)(
    '%s says what it answers, unless it answers nothing',
    (_place, { success, reply, name, produces }) => {
      const answers = success !== 204 && produces === undefined && !name.startsWith('unsupported');

      expect(reply !== undefined).toBe(answers);
    },
  );

  it('are open to nobody but for their description, and change nothing for who may only read', () => {
    const open = operations.filter(
      ({ role, path }) => role === 'public' && !['/openapi.json', '/docs'].includes(path),
    );
    const careless = operations.filter(({ method, role }) => method !== 'GET' && role === 'read');

    expect([...open, ...careless].map(({ name }) => name)).toEqual([]);
  });

  it('leave keys to administrators', () => {
    const keys = operations.filter(({ path }) => path.startsWith('/apiKeys'));

    expect(keys.map(({ role }) => role)).toEqual(['admin', 'admin', 'admin']);
  });
});
