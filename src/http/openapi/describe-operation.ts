import type * as z from 'zod';
import type { DescribedOperation } from '../operation.ts';
import { componentPrefix, type JsonSchema } from './json-schema.ts';
import { operationId } from './operation-id.ts';
import { type Parameter, parametersOf } from './parameters.ts';
import { isSetup, neverSucceeds, statusesOf } from './statuses.ts';
import { tagOf } from './tags.ts';

type Content = Readonly<Record<string, { schema: JsonSchema; example?: unknown }>>;
type Response = { description: string; content?: Content } | { $ref: string };

/** One operation as OpenAPI 3.1 has it, with the role that it needs. */
export type OperationObject = {
  operationId: string;
  summary: string;
  description: string;
  tags: readonly [string];
  'x-role': DescribedOperation['role'];
  parameters: readonly Parameter[];
  requestBody?: { required: boolean; content: Content };
  responses: Readonly<Record<string, Response>>;
  security: readonly Readonly<Record<string, readonly string[]>>[];
};

/** What names and examples of shapes are looked up in. */
export type Shapes = {
  replies: ReadonlyMap<z.ZodType, string>;
  bodies: ReadonlyMap<z.ZodType, string>;
  example: (schema: JsonSchema) => unknown;
};

export function describeOperation(operation: DescribedOperation, shapes: Shapes): OperationObject {
  const { body } = operation;
  const bodyName = body && shapes.bodies.get(body);
  return {
    operationId: operationId(operation),
    summary: operation.summary,
    description: descriptionOf(operation),
    tags: [tagOf(operation.path)],
    'x-role': operation.role,
    parameters: parametersOf(operation),
    ...(bodyName === undefined
      ? {}
      : {
          requestBody: { required: body?.safeParse({}).success !== true, content: jsonOf(bodyName, shapes) },
        }),
    responses: Object.fromEntries(
      statusesOf(operation).map((status) => [String(status), responseOf(status, operation, shapes)]),
    ),
    security: securityOf(operation),
  };
}

const listWords =
  'Pages are numbered from 1; `_links.next` leads to the next one and stays on the state of the books that this page shows.';

const roleWords = {
  public: 'Anybody may call it.',
  read: 'Every API key may call it.',
  operate: 'An API key needs the role `operate` or `admin`.',
  admin: 'An API key needs the role `admin`.',
} as const satisfies Record<DescribedOperation['role'], string>;

function descriptionOf(operation: DescribedOperation): string {
  const paged = parametersOf(operation).some(({ name }) => name === 'pageSize');
  return [
    operation.description ?? operation.summary,
    ...(paged ? [listWords] : []),
    isSetup(operation)
      ? 'For people who are signed in to the portal; no API key opens it.'
      : roleWords[operation.role],
  ].join('\n\n');
}

function securityOf(operation: DescribedOperation): OperationObject['security'] {
  if (operation.role === 'public') return [];
  if (isSetup(operation)) return [{ signIn: [] }];
  const token = operation.withCompanyToken ? [{ companyToken: [] }] : [];
  return [{ basicKey: [] }, { bearerKey: [] }, { signIn: [] }, ...token];
}

function responseOf(status: number, operation: DescribedOperation, shapes: Shapes): Response {
  if (status >= 400) return { $ref: `#/components/responses/${failureNames[status] ?? 'Broken'}` };
  const description = neverSucceeds(operation) ? '' : successWords[operation.success];
  if (operation.produces)
    return { description, content: { [operation.produces]: { schema: { type: 'string' } } } };
  const name = operation.reply && shapes.replies.get(operation.reply);
  return name === undefined ? { description } : { description, content: jsonOf(name, shapes) };
}

const successWords = { 200: 'Done.', 201: 'Created.', 204: 'Done; there is nothing to say.' } as const;

/** Failures that operations share, by the name of their component. */
export const failureNames: Readonly<Record<number, string>> = {
  400: 'Invalid',
  401: 'Unauthenticated',
  403: 'Forbidden',
  404: 'NotFound',
  409: 'Conflict',
  422: 'Unprocessable',
  429: 'TooMany',
  500: 'Broken',
  503: 'Unavailable',
};

export function jsonOf(component: string, { example }: Pick<Shapes, 'example'>): Content {
  const schema = { $ref: `${componentPrefix}${component}` };
  return { 'application/json': { schema, example: example(schema) } };
}
