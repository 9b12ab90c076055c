import * as z from 'zod';

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
});
export type Company = z.infer<typeof Company>;
