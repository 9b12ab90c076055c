import { z } from 'zod';
import type { Call } from './call.ts';

/** What the deployer says of themselves, and where customers return to; saved as a whole. */
const Profile = z.object({
  name: z.string(),
  /** Empty: to a page of Ledgerlink's. */
  redirectUrl: z.string(),
  logoUrl: z.string().optional(),
  iconUrl: z.string().optional(),
  /** Origins that a return address with a placeholder in its host may lead to. */
  whiteListUrls: z.array(z.string()),
});
export type Profile = z.infer<typeof Profile>;

/** The profile of this installation, through the public API. */
export function profileApi(call: Call) {
  return {
    get: () => call({ method: 'GET', path: '/profile' }, Profile),
    save: (body: Profile) => call({ method: 'PUT', path: '/profile', body }, Profile),
  };
}
