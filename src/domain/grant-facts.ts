import * as z from 'zod';

/**
 * What may be known of a grant by who may not open it: kept on the connections that stand on it, with every consent
 * and at the end of every run. The hashes are of refresh tokens, shortened: they recognise, and open nothing.
 */
export const GrantFacts = z.object({
  born: z.string(),
  epoch: z.number().int(),
  /** Version of the app's keys that it was last renewed with. */
  appVersion: z.number().int(),
  renewed: z.string(),
  /** When the access token ends. */
  ends: z.string(),
  scopes: z.array(z.string()),
  loss: z.object({ at: z.string(), reason: z.enum(['refused', 'rotation-lost', 'restored']) }).optional(),
  /** Refused while many were, and not taken for lost: since when. */
  held: z.string().optional(),
  /** Since when it cannot be renewed, because FreshBooks refuses the app's keys. */
  keysRefused: z.string().optional(),
  /** A refresh that nobody answered: since when. */
  unanswered: z.string().optional(),
  lineage: z.array(z.object({ epoch: z.number().int(), hash: z.string(), at: z.string() })),
});
export type GrantFacts = z.infer<typeof GrantFacts>;

/**
 * True when the row is older than what somebody has seen of the same grant: it came back from a backup or a copy, and
 * the token in it was spent since. A grant that was given back and given again is another one, born later.
 */
export function isBehind(
  grant: Pick<GrantFacts, 'born' | 'epoch'>,
  seen: readonly Pick<GrantFacts, 'born' | 'epoch'>[],
): boolean {
  return seen.some(({ born, epoch }) => born > grant.born || (born === grant.born && epoch > grant.epoch));
}
