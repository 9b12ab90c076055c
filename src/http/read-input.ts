import type * as z from 'zod';
import { Problem } from '../domain/problem.ts';
import { type Part, refuseInput } from './refuse-input.ts';

/** Bodies of this API are small settings; anything larger is a mistake or an attack. */
const maxBodyBytes = 256 * 1024;

/**
 * One part of a request through its schema. Without a schema the part is not looked at and `undefined` is answered:
 * the operation's type parameter is then `undefined` too.
 */
export function readPart<T>(part: Part, schema: z.ZodType<T> | undefined, value: unknown): T {
  // The one cast: `T` is `undefined` exactly where an operation gives no schema (see `operationsOf`).
  if (!schema) return undefined as T;
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw refuseInput(part, parsed.error.issues);
}

/** The JSON body through its schema; an operation without a body schema ignores what was sent. */
export function readBody<T>(schema: z.ZodType<T> | undefined, text: string): T {
  if (!schema) return readPart('body', schema, undefined);
  if (Buffer.byteLength(text) > maxBodyBytes) {
    throw new Problem('invalid', `The body is larger than ${maxBodyBytes / 1024} KB. Send a smaller one.`);
  }
  return readPart('body', schema, text.trim() === '' ? {} : parseJson(text));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text, refusePrototype);
  } catch (cause) {
    throw new Problem('invalid', 'The body is not valid JSON. Send a JSON object in UTF-8.', { cause });
  }
}

function refusePrototype(key: string, value: unknown): unknown {
  if (key === '__proto__') throw new SyntaxError('a key that would change a prototype');
  return value;
}
