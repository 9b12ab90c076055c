import * as z from 'zod';

/** How many requests an API key may make in a minute; 0: as many as the gateway lets through. */
export const RateLimitSetting = z.object({ requestsPerMinute: z.number().int() });
export type RateLimitSetting = z.infer<typeof RateLimitSetting>;

/** An API key that made more requests than it may in a minute: `limit` of them; from `reset` on it may make some again. */
export const RateLimitNews = z.object({
  what: z.enum(['reached', 'reset']),
  keyId: z.string(),
  limit: z.number().int(),
  reset: z.string(),
});
export type RateLimitNews = z.infer<typeof RateLimitNews>;

/** Half of what the gateway lets through for everybody together. */
export const standardRateLimit: RateLimitSetting = { requestsPerMinute: 6000 };
