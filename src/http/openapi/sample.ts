import type { JsonSchema } from './json-schema.ts';

/** Texts that a reader recognises, by the name of the property that holds them. */
const byProperty: Readonly<Record<string, unknown>> = {
  id: '1024',
  companyId: 'f0b6a1de-4d5e-4f0a-9a53-3f4a8c5a9a10',
  connectionId: '0d3c6a50-6c2e-4d0e-8d2f-8a8f1c2b7e55',
  name: 'Maple Studio Ltd',
  description: 'Design and print',
  platformKey: 'vxvy',
  key: 'vxvy',
  dataType: 'invoices',
  href: '/companies?page=1&pageSize=100',
  redirectUrl: 'https://app.example.com/linked?company={companyId}',
  emailAddress: 'ada@example.com',
  correlationId: 'JKJaXmPLvHcESHA=',
  pageNumber: 1,
  pageSize: 100,
  totalResults: 1,
};

/** A text for each pattern that our shapes hold their texts to. */
const texts = ['2026-03-01T09:30:00Z', 'CAD', '2026-03-01', '09:30', 'https://example.com/hook', 'text'];

type Resolve = (ref: string) => JsonSchema;

/**
 * An example of a JSON Schema: every property once, lists with one element. What was written down with the shape
 * (`example`, `default`) wins. The same schema always gives the same example.
 */
export function sampleOf(
  schema: JsonSchema,
  resolve: Resolve,
  property = '',
  inside: readonly string[] = [],
): unknown {
  const ref = schema['$ref'];
  if (typeof ref === 'string') {
    return inside.includes(ref) ? undefined : sampleOf(resolve(ref), resolve, property, [...inside, ref]);
  }
  const given = ['example', 'default', 'const'].find((key) => Object.hasOwn(schema, key));
  if (given !== undefined) return schema[given];
  const [first] = listAt(schema, 'enum');
  if (first !== undefined) return first;
  const choice = [...listAt(schema, 'anyOf'), ...listAt(schema, 'oneOf')]
    .filter(isSchema)
    .find(({ type }) => type !== 'null');
  if (choice) return sampleOf(choice, resolve, property, inside);
  return ofType(schema, resolve, property, inside);
}

function ofType(schema: JsonSchema, resolve: Resolve, property: string, inside: readonly string[]): unknown {
  const type = [schema['type']].flat().find((name) => name !== 'null');
  switch (type) {
    case 'object':
      return objectOf(schema, resolve, inside);
    case 'array': {
      const items = schema['items'];
      const element = isSchema(items) ? sampleOf(items, resolve, property, inside) : undefined;
      return element === undefined ? [] : [element];
    }
    case 'boolean':
      return false;
    case 'integer':
    case 'number':
      return numberOf(schema, property);
    case 'string':
      return textOf(schema, property);
    default:
      return {};
  }
}

function objectOf(schema: JsonSchema, resolve: Resolve, inside: readonly string[]): Record<string, unknown> {
  const properties = isSchema(schema['properties']) ? schema['properties'] : {};
  const entries = Object.entries(properties).map(([name, value]) => [
    name,
    isSchema(value) ? sampleOf(value, resolve, name, inside) : undefined,
  ]);
  const further = schema['additionalProperties'];
  if (isSchema(further) && entries.length === 0) {
    const names = isSchema(schema['propertyNames']) ? sampleOf(schema['propertyNames'], resolve) : 'name';
    entries.push([String(names), sampleOf(further, resolve, '', inside)]);
  }
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

function numberOf(schema: JsonSchema, property: string): number {
  const known = byProperty[property];
  if (typeof known === 'number') return known;
  const { minimum } = schema;
  if (typeof minimum === 'number') return minimum;
  return schema['type'] === 'integer' ? 1 : 113;
}

function textOf(schema: JsonSchema, property: string): string {
  const { pattern, format } = schema;
  if (format === 'uri') return 'https://example.com/';
  if (typeof pattern === 'string') {
    return texts.find((text) => new RegExp(pattern, 'u').test(text)) ?? '';
  }
  const known = byProperty[property];
  return typeof known === 'string' ? known : 'text';
}

function listAt(schema: JsonSchema, key: string): readonly unknown[] {
  const value = schema[key];
  return Array.isArray(value) ? value : [];
}

function isSchema(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
