import * as z from 'zod';
import type { DescribedOperation } from '../operation.ts';
import { type JsonSchema, parameterSchema } from './json-schema.ts';
import { isMadeOnce } from './statuses.ts';

/** What a parameter of a path names; the same name means the same everywhere. */
const inPaths: Readonly<Record<string, string>> = {
  companyId: 'A company.',
  connectionId: 'A connection of the company.',
  dataType: 'A data type, such as `invoices`.',
  datasetId: 'A pull operation, by its id in the history.',
  recordId: 'A record of the data type, by its id.',
  attachmentId: 'A paper beside a record: none are read.',
  resource: 'A collection of FreshBooks by our name for it, such as `clients` (docs/data-types.md).',
  rowId: "A row of the collection, by FreshBooks' id.",
  pushOperationKey: 'A push operation, by its key.',
  platformKey: 'An integration: `vxvy` is FreshBooks.',
  webhookId: 'An endpoint that is told of events, by its id.',
  apiKeyId: 'An API key, by its id (not the key itself).',
};

export type Parameter = {
  name: string;
  in: 'path' | 'query' | 'header';
  required: boolean;
  description?: string;
  schema: JsonSchema;
};

const idempotencyKey: Parameter = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description:
    'A random text of your own, such as a UUID. Requests that repeat it within a day are given the first reply.',
  schema: { type: 'string', minLength: 1, maxLength: 255 },
};

/** The parameters of an operation, those of the path first. */
export function parametersOf(operation: DescribedOperation): Parameter[] {
  const { path, params, query } = operation;
  const named = [...path.matchAll(/\{(\w+)\}/g)].flatMap(([, name]) => name ?? []);
  const shapes = shapeOf(params);
  const ofPath = named.map((name) => parameter(name, 'path', shapes[name] ?? z.string()));
  const ofQuery = Object.entries(shapeOf(query)).map(([name, shape]) => parameter(name, 'query', shape));
  const ofHeader = isMadeOnce(operation) ? [idempotencyKey] : [];
  return [...ofPath, ...ofQuery.filter(({ schema }) => !isRefused(schema)), ...ofHeader];
}

function shapeOf(schema: z.ZodType | undefined): Readonly<Record<string, z.ZodType>> {
  return schema instanceof z.ZodObject ? schema.shape : {};
}

function parameter(name: string, place: Parameter['in'], shape: z.ZodType): Parameter {
  const { description = inPaths[name], ...schema } = parameterSchema(shape);
  const required = place === 'path' || !shape.safeParse(undefined).success;
  return {
    name,
    in: place,
    required,
    ...(typeof description === 'string' ? { description } : {}),
    schema,
  };
}

/** A parameter that is only there to be refused in words: nothing is valid for it. */
function isRefused(schema: JsonSchema): boolean {
  return Object.hasOwn(schema, 'not');
}
