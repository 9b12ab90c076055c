import { z } from 'zod';
import type { Call } from './call.ts';

/** What a key may do, the least first; each may all that stands before it too. */
export const roles = ['read', 'operate', 'admin'] as const;
export type Role = (typeof roles)[number];

const ApiKey = z.object({
  id: z.string(),
  name: z.string(),
  /** How the key begins, to recognise it by. */
  prefix: z.string(),
  role: z.enum(roles),
  createdDate: z.string(),
  expiresDate: z.string().optional(),
  /** To the hour. */
  lastUsedDate: z.string().optional(),
});
export type ApiKey = z.infer<typeof ApiKey>;

/** The one reply that holds the key itself. */
const NewApiKey = ApiKey.extend({ apiKey: z.string() });

/** Requests that one key may make in a minute; 0: no limit. */
const RateLimit = z.object({ requestsPerMinute: z.number() });
export type RateLimit = z.infer<typeof RateLimit>;

/** API keys and their common rate limit, through the public API. */
export function apiKeysApi(call: Call) {
  return {
    list: () => call({ method: 'GET', path: '/apiKeys' }, z.object({ results: z.array(ApiKey) })),
    create: (body: { name: string; role: Role; expiresInDays?: number }) =>
      call({ method: 'POST', path: '/apiKeys', body }, NewApiKey),
    remove: (id: string) =>
      call({ method: 'DELETE', path: `/apiKeys/${encodeURIComponent(id)}` }, z.unknown()),
    rateLimit: () => call({ method: 'GET', path: '/profile/rateLimit' }, RateLimit),
    saveRateLimit: (body: RateLimit) => call({ method: 'PUT', path: '/profile/rateLimit', body }, RateLimit),
  };
}
