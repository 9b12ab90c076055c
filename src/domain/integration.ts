import { z } from 'zod';

/** The key of FreshBooks in paths and bodies of the API. */
export const integrationKey = 'vxvy';

/** FreshBooks as a source: which app we are there, what we ask for, and whether customers may link. */
export const Integration = z.object({
  clientId: z.string(),
  /** Counts the saved key pairs, from 1. A grant pins the version it was made with. */
  appVersion: z.number().int(),
  /** Secrets Manager's version id of each app version still of use, by app version. */
  secretVersions: z.record(z.string(), z.string()),
  scopes: z.array(z.string()),
  enabled: z.boolean(),
  changed: z.string(),
});
export type Integration = z.infer<typeof Integration>;

/** The link settings: where the browser goes when the customer is done. */
export const LinkSettings = z.object({
  /** May hold placeholders in braces; absent: our own page. */
  redirectUrl: z.string().optional(),
});
export type LinkSettings = z.infer<typeof LinkSettings>;
