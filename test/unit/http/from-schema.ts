import fc from 'fast-check';
import type { JsonSchema } from '../../../src/http/openapi/json-schema.ts';

/** Texts that have broken parsers, prototypes, databases, file systems and pages before. */
const hostileTexts = [
  '',
  ' ',
  '.',
  '..',
  '../../etc/passwd',
  '%',
  '%00',
  '%2e%2e%2f',
  '%E0%A4%A',
  '%c0%ae',
  '\u0000',
  '\u202e\ufeff',
  '\ud800',
  '😀'.repeat(300),
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  'null',
  'undefined',
  'NaN',
  '-0',
  '1e309',
  '99999999999999999999',
  "' OR 1=1 --",
  '<script>alert(1)</script>',
  '$\u007bjndi:ldap://x}',
  '{{7*7}}',
  'a'.repeat(5000),
  'CONNECTION#connection-1',
  'id=1&&{'.repeat(60),
  '{'.repeat(60),
  'metadata.isDeleted!=true',
  '2026-02-31',
  '-id',
  'snapshot.of.nothing',
];

/** Values of every kind, sensible for nothing in particular. */
export const hostileValue: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    0,
    -1,
    1e308,
    2 ** 53,
    0.1,
    [],
    {},
    [null],
    [[[[]]]],
    { constructor: { prototype: {} } },
    { toString: 'x', valueOf: 1, length: -1 },
  ),
  fc.constantFrom(...hostileTexts),
  fc.string({ unit: 'binary', maxLength: 50 }),
  fc.jsonValue({ maxDepth: 3 }),
);

/** Texts for a place in a path or a query string. */
export const hostileText: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...hostileTexts),
  fc.string({ unit: 'binary', maxLength: 50 }),
);

type Resolve = (ref: string) => JsonSchema;

/** Values that a JSON Schema allows, as far as the schemas of this API go. */
export function valid(schema: JsonSchema, resolve: Resolve): fc.Arbitrary<unknown> {
  const { $ref: ref, enum: choices, anyOf, pattern, example } = schema;
  if (typeof ref === 'string') return valid(resolve(ref), resolve);
  if (Object.hasOwn(schema, 'const')) return fc.constant(schema['const']);
  if (Array.isArray(choices)) return fc.constantFrom<unknown>(...choices);
  if (Array.isArray(anyOf)) return fc.oneof(...anyOf.filter(isSchema).map((one) => valid(one, resolve)));
  if (typeof pattern === 'string') return fc.constant(example ?? '2026-03-01T09:30:00Z');
  const types = [schema['type']].flat();
  return fc.oneof(...types.map((type) => ofType(type, schema, resolve)));
}

function ofType(type: unknown, schema: JsonSchema, resolve: Resolve): fc.Arbitrary<unknown> {
  switch (type) {
    case 'object':
      return objects(schema, resolve);
    case 'array': {
      const items = schema['items'];
      return isSchema(items) ? fc.array(valid(items, resolve), { maxLength: 4 }) : fc.constant([]);
    }
    case 'boolean':
      return fc.boolean();
    case 'integer':
      return fc.integer({ min: numberAt(schema, 'minimum', -1000), max: numberAt(schema, 'maximum', 1000) });
    case 'number':
      return fc.double({ noNaN: true });
    case 'null':
      return fc.constant(null);
    default:
      return fc.string({
        minLength: numberAt(schema, 'minLength', 0),
        maxLength: Math.min(numberAt(schema, 'maxLength', 40), 40),
      });
  }
}

function objects(schema: JsonSchema, resolve: Resolve): fc.Arbitrary<unknown> {
  const properties = isSchema(schema['properties']) ? schema['properties'] : {};
  const entries = Object.entries(properties).flatMap(([name, value]) =>
    isSchema(value) ? [[name, valid(value, resolve)] as const] : [],
  );
  const further = schema['additionalProperties'];
  if (entries.length === 0 && isSchema(further)) return fc.dictionary(fc.string(), valid(further, resolve));
  const required = Array.isArray(schema['required']) ? schema['required'] : [];
  return fc.record(Object.fromEntries(entries), {
    requiredKeys: entries.map(([name]) => name).filter((name) => required.includes(name)),
  });
}

/** Like an object of the schema, with something in it that does not belong there. */
export function spoilt(schema: JsonSchema, resolve: Resolve): fc.Arbitrary<unknown> {
  const names = namesIn(schema, resolve);
  const name = fc.oneof(fc.constantFrom(...names, 'unknown', 'constructor'), fc.string({ maxLength: 20 }));
  return fc
    .tuple(valid(schema, resolve), fc.array(fc.tuple(name, hostileValue), { minLength: 1, maxLength: 3 }))
    .map(([body, changes]) => ({ ...(isSchema(body) ? body : {}), ...Object.fromEntries(changes) }));
}

function namesIn(schema: JsonSchema, resolve: Resolve): string[] {
  const { $ref: ref, properties } = schema;
  if (typeof ref === 'string') return namesIn(resolve(ref), resolve);
  return isSchema(properties) ? Object.keys(properties) : [];
}

function numberAt(schema: JsonSchema, key: string, otherwise: number): number {
  const value = schema[key];
  return typeof value === 'number' && Math.abs(value) < 1e9 ? value : otherwise;
}

function isSchema(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
