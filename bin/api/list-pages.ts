import * as z from 'zod';
import type { ApiClient } from './api-client.ts';

/** Of this API alone: a path, so the key goes nowhere else. */
const Links = z.object({ next: z.object({ href: z.string().startsWith('/') }).optional() });

/** Every record of a list, page by page, along the links that the API gives. */
export async function* listPages<T>(api: ApiClient, path: string, record: z.ZodType<T>): AsyncGenerator<T> {
  const Page = z.object({ results: z.array(record), _links: Links });
  for (let next: string | undefined = path; next !== undefined; ) {
    const page: z.infer<typeof Page> = await api('GET', next, Page);
    yield* page.results;
    next = page._links.next?.href;
  }
}
