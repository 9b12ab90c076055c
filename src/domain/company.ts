import * as z from 'zod';
import { OutboxEvent } from './event.ts';
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
  /** Events that are not in the feed yet, oldest first. */
  outbox: z.array(OutboxEvent).optional(),
  /** Since when it is deleted: nobody finds it any more, and it goes when its events have gone. */
  removed: z.string().optional(),
});
export type Company = z.infer<typeof Company>;
