import * as z from 'zod';

/** How far one list was read: all that is kept of it are ids and counters. */
export const ListState = z.object({
  /** The next page to ask for. */
  next: z.number().int(),
  /** Pages there are, as the latest reply says. */
  pages: z.number().int(),
  perPage: z.number().int().optional(),
  total: z.number().int().optional(),
  /** False as soon as something says that the list moved under our hands: another total, or a row that came twice. */
  steady: z.boolean(),
  ids: z.array(z.string()),
  /** Those of `ids` that are marked as deleted. */
  gone: z.array(z.string()),
  /** Those that are archived. */
  archived: z.array(z.string()).optional(),
  /** Rows without a primary key. */
  keyless: z.number().int(),
});
export type ListState = z.infer<typeof ListState>;

/** What a read looks at before anything else: what happens after it is for the next one to notice. */
export const Before = z.object({
  /** Ids of the rows that were deleted and archived when a first read began. */
  deleted: z.array(z.string()),
  archived: z.array(z.string()),
  /** Which rows of the resource that changes this one were deleted, as a mark, and whose rows have changed lately. */
  movers: z.string(),
  owners: z.array(z.string()),
});
export type Before = z.infer<typeof Before>;

/** What a read that met its deadline leaves for the next worker; JSON all through. */
export const Unfinished = z.object({
  day: z.string(),
  attempt: z.number().int(),
  pages: z.number().int(),
  rowsRead: z.number().int(),
  /** What was looked at before the lists. */
  before: Before.optional(),
  /** The list of rows that are not deleted: whole when `deleted` is there as well. */
  live: ListState,
  deleted: ListState.optional(),
});
export type Unfinished = z.infer<typeof Unfinished>;
