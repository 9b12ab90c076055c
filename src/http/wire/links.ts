import * as z from 'zod';

const Href = z.strictObject({ href: z.string() });

/** Where the pages of a list are, relative to the server; `next` and `previous` only where there is one. */
export const Links = z.strictObject({
  self: Href,
  current: Href,
  next: Href.optional(),
  previous: Href.optional(),
});
export type Links = z.infer<typeof Links>;

/** A page of a list. `totalResults` counts what the query matches, on all pages. */
export function listOf<T extends z.ZodType>(record: T) {
  return z.strictObject({
    results: z.array(record),
    pageNumber: z.number().int(),
    pageSize: z.number().int(),
    totalResults: z.number().int(),
    _links: Links,
  });
}
