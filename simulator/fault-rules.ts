import { z } from 'zod';

/** A fault set while the simulator runs: which requests it meets, how often, and what happens to them. */
export const FaultRule = z.strictObject({
  id: z.string().min(1).optional(),
  match: z
    .strictObject({
      method: z.string().optional(),
      /** A prefix, or with `*` a pattern for the whole path. */
      path: z.string().optional(),
      /** A resource of the catalogue, or `token`, `revoke`, `users/me`. */
      resource: z.string().optional(),
      /** An identity id or an e-mail address. */
      identity: z.union([z.string(), z.number()]).optional(),
      /** Only the nth request that meets the rest, counted from 1. */
      nth: z.int().positive().optional(),
    })
    .default({}),
  times: z.int().positive().optional(),
  kind: z.enum([
    'status',
    'slow',
    'drop-before',
    'drop-after',
    'html',
    'truncate',
    'errors-in-200',
    'expire-token',
    'revoke-consent',
    'echo-other-paging',
    'rate-limit',
  ]),
  status: z.int().min(200).max(599).optional(),
  retryAfter: z.union([z.int().nonnegative(), z.string()]).optional(),
  delayMs: z.int().nonnegative().optional(),
  errno: z.int().optional(),
  /** Of `rate-limit`: requests let through in a minute; the rest are 429 with the seconds that are left. */
  perMinute: z.int().nonnegative().optional(),
});
export type FaultRule = z.infer<typeof FaultRule>;

/** A rule as it is kept: numbered, with how often it was met and struck. */
export const KeptFault = FaultRule.extend({
  id: z.string(),
  order: z.number(),
  met: z.number(),
  fired: z.number(),
  /** Of `rate-limit`: when the minute began (milliseconds), and how many requests it has seen. */
  since: z.number().default(0),
  seen: z.number().default(0),
});
export type KeptFault = z.infer<typeof KeptFault>;
