import * as z from 'zod';
import type { ApiDeps } from './api-deps.ts';
import { apiOperation } from './api-operation.ts';
import { openApiDocument } from './openapi/document.ts';
import type { DescribedOperation, Operation } from './operation.ts';

/**
 * The API's own documentation. `all` are the operations to describe, these among them; the document is made at the
 * first call.
 */
export function documentationOperations(
  all: () => readonly DescribedOperation[],
): readonly Operation<ApiDeps>[] {
  let document: ReturnType<typeof openApiDocument> | undefined;
  return [
    apiOperation({
      method: 'GET',
      path: '/openapi.json',
      name: 'getOpenApi',
      summary: 'Shows this description, in OpenAPI 3.1.',
      role: 'public',
      success: 200,
      reply: z.record(z.string(), z.unknown()),
      run: async () => (document ??= openApiDocument(all())),
    }),
  ];
}
