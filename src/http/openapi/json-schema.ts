import * as z from 'zod';

/** A JSON Schema (draft 2020-12, which OpenAPI 3.1 uses), as plain data. */
export type JsonSchema = Readonly<Record<string, unknown>>;

type Direction = 'input' | 'output';

export const componentPrefix = '#/components/schemas/';

/**
 * Shapes by their names as JSON Schemas that refer to one another as components of an OpenAPI document. `input` is
 * what a caller writes, `output` what is answered; an answer is open, because a later version may tell more.
 */
export function componentSchemas(
  shapes: ReadonlyMap<z.ZodType, string>,
  direction: Direction,
): Record<string, JsonSchema> {
  const registry = z.registry<{ id: string }>();
  for (const [shape, id] of shapes) registry.add(shape, { id });
  const { schemas } = z.toJSONSchema(registry, {
    io: direction,
    uri: (id) => `${componentPrefix}${id}`,
    override: ({ jsonSchema }) => tidy(jsonSchema, direction),
  });
  return Object.fromEntries(Object.entries(schemas).map(([id, schema]) => [id, bare(schema)]));
}

/** One shape that no other refers to: a parameter. */
export function parameterSchema(shape: z.ZodType): JsonSchema {
  return bare(
    z.toJSONSchema(shape, { io: 'input', override: ({ jsonSchema }) => tidy(jsonSchema, 'input') }),
  );
}

function tidy(schema: Record<string, unknown>, direction: Direction): void {
  if (direction === 'output' && schema['additionalProperties'] === false)
    delete schema['additionalProperties'];
  // What every whole number of JavaScript is within says nothing to anybody.
  if (schema['minimum'] === Number.MIN_SAFE_INTEGER) delete schema['minimum'];
  if (schema['maximum'] === Number.MAX_SAFE_INTEGER) delete schema['maximum'];
}

/** Without what stands at the head of a schema that is a document of its own. */
function bare({ $schema, $id, ...schema }: Record<string, unknown>): JsonSchema {
  return schema;
}
