import * as z from 'zod';
import { OneTimeLinkSetting } from './one-time-link.ts';

/** The key of FreshBooks in paths and bodies of the API. */
export const integrationKey = 'vxvy';

/** Constants of our own: clients key on `vxvy`, these only have to stay as they are. */
export const integrationId = '5b0e2f46-7c1d-4f0a-9a53-1d8c0e6b7a21';
export const sourceId = '0d9a4c37-62f8-4e5b-8b1e-f3a7c2d41e90';

/** FreshBooks as a source: which app we are there, what we ask for, and whether customers may link. */
export const Integration = z.object({
  clientId: z.string(),
  /** Counts the saved key pairs, from 1. A grant pins the version it was made with. */
  appVersion: z.number().int(),
  /** Secrets Manager's version id of each app version still of use, by app version. */
  secretVersions: z.record(z.string(), z.string()),
  scopes: z.array(z.string()),
  enabled: z.boolean(),
  keysSaved: z.string().optional(),
  changed: z.string(),
});
export type Integration = z.infer<typeof Integration>;

/** The link settings: who sends customers here, and where the browser goes when they are done. */
export const LinkSettings = z.object({
  /** May hold placeholders in braces; absent: our own page. */
  redirectUrl: z.string().optional(),
  /** Origins that an address with a placeholder in its host may lead to. */
  allowedOrigins: z.array(z.string()).optional(),
  /** Origins of the deployer's own pages that may call the API from a browser, with a company's access token. */
  pageOrigins: z.array(z.string()).optional(),
  /** Absent: links work as often as they are opened. */
  oneTimeLinks: OneTimeLinkSetting.optional(),
  /** How the deployer is called and seen. */
  name: z.string().optional(),
  logoUrl: z.string().optional(),
  iconUrl: z.string().optional(),
});
export type LinkSettings = z.infer<typeof LinkSettings>;
