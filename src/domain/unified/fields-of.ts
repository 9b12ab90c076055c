import * as z from 'zod';
import type { FieldKind, Fields } from '../query/fields.ts';
import { DateTime } from './scalars.ts';

/**
 * What a query may name in records of a schema, derived from it: properties of objects inside objects have paths of
 * their own, lists and maps are named and closed.
 *
 *     fieldsOf(Invoice)['customerRef.id'] // 'text'
 */
export function fieldsOf(schema: z.ZodObject): Fields {
  return Object.fromEntries(entriesOf('', schema));
}

function entriesOf(prefix: string, schema: z.ZodObject): [string, FieldKind][] {
  return Object.entries(schema.shape).flatMap(([name, property]): [string, FieldKind][] => {
    const path = prefix + name;
    const inner = unwrapped(property);
    const entry: [string, FieldKind] = [path, kindOf(path, inner)];
    return inner instanceof z.ZodObject ? [entry, ...entriesOf(`${path}.`, inner)] : [entry];
  });
}

function unwrapped(schema: z.core.$ZodType): z.core.$ZodType {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable) return unwrapped(schema.unwrap());
  return schema;
}

function kindOf(path: string, schema: z.core.$ZodType): FieldKind {
  if (schema === DateTime) return 'date';
  if (schema instanceof z.ZodString || schema instanceof z.ZodEnum || schema instanceof z.ZodLiteral)
    return 'text';
  if (schema instanceof z.ZodNumber) return 'number';
  if (schema instanceof z.ZodBoolean) return 'boolean';
  if (schema instanceof z.ZodArray) return 'list';
  if (schema instanceof z.ZodRecord) return 'map';
  if (schema instanceof z.ZodObject) return 'object';
  throw new TypeError(`${path}: a schema whose kind nobody wrote down for queries`);
}
