import { z } from 'zod';

/** What a worker near its time-out leaves of the resources it could not finish. */
export const Journal = z.object({
  version: z.literal(1),
  open: z.record(
    z.string(),
    z.object({
      /** The snapshot the read began from; another one by now makes what was left worthless. */
      base: z.string().optional(),
      /** Where the source goes on, and what it had given until then. */
      source: z.unknown(),
      collected: z.unknown(),
    }),
  ),
});
export type Journal = z.infer<typeof Journal>;
export type JournalEntry = Journal['open'][string];

export const emptyJournal: Journal = { version: 1, open: {} };
