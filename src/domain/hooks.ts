import * as z from 'zod';

/** One address registered with FreshBooks: what it listens to, and the key that its deliveries are signed with. */
export const Callback = z.object({
  /** FreshBooks' id of it. */
  id: z.string(),
  /** `invoice`, or `invoice.create` where bare nouns are not taken. */
  event: z.string(),
  verified: z.boolean(),
  /** Comes by a delivery of its own, perhaps before we know of the callback. */
  verifier: z.string().optional(),
});
export type Callback = z.infer<typeof Callback>;

/**
 * What a connection has FreshBooks tell it. A delivery is a hint to look, never data, so losing all of this loses
 * nothing but time.
 */
export const Hooks = z.object({
  /** Unguessable, the last segment of the address that FreshBooks posts to. */
  token: z.string(),
  callbacks: z.array(Callback),
  /** Verifiers of callbacks that we do not know, by FreshBooks' id of them. */
  strays: z.record(z.string(), z.string()),
  /** When what FreshBooks has was last compared with what is wanted. */
  tended: z.string().optional(),
  /** When to look again. */
  next: z.string(),
  /** Looks in a row that left something to do. */
  tries: z.number().int(),
  lease: z.object({ owner: z.string(), until: z.string() }).optional(),
});
export type Hooks = z.infer<typeof Hooks>;
