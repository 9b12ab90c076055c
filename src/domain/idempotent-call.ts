import * as z from 'zod';
import { type Instant, plusSeconds } from './instant.ts';

/** A call that carried an Idempotency-Key: claimed by one request at a time, and what the first was answered. */
export const IdempotentCall = z.object({
  /** SHA-256 of method, path, query and body: another call under the same key is a mistake. */
  fingerprint: z.string(),
  /** The request that has claimed it. */
  owner: z.string(),
  /** Until when that request can be at it; after it, it died and the call may be made again. */
  until: z.string(),
  /** Id of what the call creates, the same for everybody who makes it again. */
  creates: z.string(),
  /** When all of this is forgotten. */
  expires: z.string(),
  /** The reply, sealed; absent while the call is being made. */
  reply: z.object({ iv: z.string(), tag: z.string(), text: z.string() }).optional(),
});
export type IdempotentCall = z.infer<typeof IdempotentCall>;

/** No function that answers callers lives longer than 29 seconds. */
const longestCallSeconds = 60;
/** Replies are given again for so long; at least an hour and a half is what callers count on. */
const keptSeconds = 24 * 3600;

/** What becomes of a call when a request comes for it. */
export type Claim =
  /** It is this request's now. `creates` is the id of what it creates. */
  | { kind: 'mine'; next: IdempotentCall }
  | { kind: 'answered'; reply: NonNullable<IdempotentCall['reply']> }
  /** Another request is at it; `until` at most. */
  | { kind: 'busy'; until: Instant }
  /** The key was used for another call. */
  | { kind: 'other' };

/** Decides who makes a call: of several requests with one key the first, and after its death the next. */
export function claim(
  held: IdempotentCall | undefined,
  by: { fingerprint: string; owner: string; now: Instant; newId: string },
): Claim {
  const { fingerprint, owner, now } = by;
  const mine = (creates: string): Claim => ({
    kind: 'mine',
    next: {
      fingerprint,
      owner,
      creates,
      until: plusSeconds(now, longestCallSeconds),
      expires: plusSeconds(now, keptSeconds),
    },
  });
  if (held === undefined || held.expires <= now) return mine(by.newId);
  if (held.fingerprint !== fingerprint) return { kind: 'other' };
  if (held.reply !== undefined) return { kind: 'answered', reply: held.reply };
  return held.until > now ? { kind: 'busy', until: held.until } : mine(held.creates);
}
