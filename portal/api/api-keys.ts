import { z } from 'zod';
import type { Call } from './call.ts';

export const ApiKey = z.object({
  id: z.string(),
  name: z.string().nullish(),
  createdDate: z.string().nullish(),
  expiresDate: z.string().nullish(),
});
export type ApiKey = z.infer<typeof ApiKey>;

/** The one reply that holds the key itself. */
const NewApiKey = ApiKey.extend({ apiKey: z.string() });

/** API keys, through the public API. */
export function apiKeysApi(call: Call) {
  return {
    list: () => call({ method: 'GET', path: '/apiKeys' }, z.object({ results: z.array(ApiKey) })),
    create: (name: string) => call({ method: 'POST', path: '/apiKeys', body: { name } }, NewApiKey),
    remove: (id: string) =>
      call({ method: 'DELETE', path: `/apiKeys/${encodeURIComponent(id)}` }, z.unknown()),
  };
}
