import * as z from 'zod';

/** How many requests an API key may make in a minute; 0: as many as the gateway lets through. */
export const RateLimitSetting = z.object({ requestsPerMinute: z.number().int() });
export type RateLimitSetting = z.infer<typeof RateLimitSetting>;

/** Half of what the gateway lets through for everybody together. */
export const standardRateLimit: RateLimitSetting = { requestsPerMinute: 6000 };
