import * as z from 'zod';
import { SyncSettings } from './sync-settings.ts';

/** A customer of the deployer, who shares books. */
export const Company = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string().optional(),
  tags: z.record(z.string(), z.string()),
  created: z.string(),
  createdBy: z.string().optional(),
  /** Unguessable, stable: the last segment of the company's hosted link. */
  linkToken: z.string(),
  /** Its own sync settings; each of its connections has a copy, so that a run needs no read of the company. */
  syncSettings: SyncSettings.optional(),
});
export type Company = z.infer<typeof Company>;
