import * as z from 'zod';
import type { ApiDeps } from './api-deps.ts';
import { apiOperation } from './api-operation.ts';
import { languageOf, languages } from './link/language.ts';
import { docsPage } from './openapi/docs-page.ts';
import { type OpenApiDocument, openApiDocument } from './openapi/document.ts';
import type { DescribedOperation, Operation } from './operation.ts';

/**
 * The API's own documentation. `all` are the operations to describe, these among them; the document is made at the
 * first call.
 */
export function documentationOperations(
  all: () => readonly DescribedOperation[],
): readonly Operation<ApiDeps>[] {
  let made: OpenApiDocument | undefined;
  const document = () => {
    made ??= openApiDocument(all());
    return made;
  };
  return [
    apiOperation({
      method: 'GET',
      path: '/openapi.json',
      name: 'getOpenApi',
      summary: 'Shows this description, in OpenAPI 3.1.',
      role: 'public',
      success: 200,
      reply: z.record(z.string(), z.unknown()),
      run: async () => document(),
    }),
    apiOperation({
      method: 'GET',
      path: '/docs',
      name: 'getDocs',
      summary: 'Shows this description as a page for people.',
      role: 'public',
      query: z.object({ lang: z.enum(languages).optional() }),
      success: 200,
      produces: 'text/html',
      run: async ({ request }) => docsPage(document(), languageOf(request)),
    }),
  ];
}
