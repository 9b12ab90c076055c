import * as z from 'zod';

/** What FreshBooks sent and no table of ours knows: a field (`colour`) or a value (`vis_state=7`), and in how many rows. */
export const Drift = z.object({ resource: z.string(), field: z.string(), rows: z.number().int() });
export type Drift = z.infer<typeof Drift>;

/** A connection's item has limited room; more than this at once is another API, and the raw rows have it all. */
const mostKept = 20;

/** Those that are remembered with a data type: the most seen first. */
export function keptDrift(found: readonly Drift[]): Drift[] {
  return [...found].sort((a, b) => b.rows - a.rows).slice(0, mostKept);
}

/** Those that were not there before: what is worth telling. */
export function newDrift(now: readonly Drift[], before: readonly Drift[]): Drift[] {
  const known = new Set(before.map(({ resource, field }) => `${resource} ${field}`));
  return now.filter(({ resource, field }) => !known.has(`${resource} ${field}`));
}
