import * as z from 'zod';
import { Business } from './connection.ts';
import type { GrantFacts } from './grant-facts.ts';

/** Something sealed by envelope encryption: the data key under our KMS key, the text under the data key. */
export const Sealed = z.object({ key: z.string(), iv: z.string(), tag: z.string(), text: z.string() });
export type Sealed = z.infer<typeof Sealed>;

/** A token pair as FreshBooks gave it; lives in memory only, between opening and use. */
export type TokenPair = {
  accessToken: string;
  refreshToken: string;
  /** When FreshBooks made it and when the access token ends. */
  createdAt: string;
  expiresAt: string;
  scopes: readonly string[];
};

/**
 * One FreshBooks person's consent to our app: the token pair, for every connection that stands on it.
 * `epoch` counts pairs: each saved pair is one more, and a save under an older epoch is refused.
 */
export const Grant = z.object({
  id: z.string(),
  clientId: z.string(),
  appVersion: z.number().int(),
  identityId: z.string(),
  /** When the person first gave it; a consent given back and given again is born anew. */
  born: z.string().default(''),
  epoch: z.number().int(),
  /** Gone when another system has said that it has it: what is left of the grant tells that older pairs are dead. */
  pair: Sealed.optional(),
  obtainedAt: z.string(),
  expiresAt: z.string(),
  scopes: z.array(z.string()),
  /** `handed-over`: another system has the pair now, and this one neither uses nor renews it. */
  status: z.enum(['live', 'lost', 'revoked', 'handed-over']),
  /** When it was handed over. */
  handedOver: z.string().optional(),
  /** One worker refreshes at a time. */
  lease: z.object({ owner: z.string(), until: z.string() }).optional(),
  /** Written before the refresh token is spent: tells a later reader that it may be. */
  intent: z
    .object({ epoch: z.number().int(), requestId: z.string(), at: z.string(), tokenHash: z.string() })
    .optional(),
  /** No refresh before it, while the access token lives: the last one was not answered. */
  retryAt: z.string().optional(),
  /**
   * Why it is lost. `rotation-lost`: a refresh was spent and its answer never reached us, so the access token may
   * still be used to its end; `restored`: this row is an old one that came back, and its refresh token was spent since;
   * `refused`: FreshBooks took the consent back.
   */
  loss: z.object({ at: z.string(), reason: z.enum(['refused', 'rotation-lost', 'restored']) }).optional(),
  /** Since when FreshBooks refuses the app's keys, and with them to renew it. */
  keysRefused: z.string().optional(),
  /** Refused while many were (`refusals.ts`): since when, and not shown again before `retryAt`. */
  held: z.object({ since: z.string(), retryAt: z.string() }).optional(),
  /** Hashes of the refresh tokens held, oldest first: who asks "which token was that?" can be answered. */
  lineage: z.array(z.object({ epoch: z.number().int(), hash: z.string(), at: z.string() })),
});
export type Grant = z.infer<typeof Grant>;

const lineageShown = 5;
const hashShown = 16;

/** What may be shown of a grant. */
export function factsOf(grant: Grant): GrantFacts {
  const { born, epoch, appVersion, obtainedAt, expiresAt, scopes, lineage } = grant;
  const { loss, held, keysRefused, intent } = grant;
  return {
    born,
    epoch,
    appVersion,
    renewed: obtainedAt,
    ends: expiresAt,
    scopes: [...scopes],
    ...(loss === undefined ? {} : { loss }),
    ...(held === undefined ? {} : { held: held.since }),
    ...(keysRefused === undefined ? {} : { keysRefused }),
    ...(intent === undefined ? {} : { unanswered: intent.at }),
    lineage: lineage.slice(-lineageShown).map((one) => ({ ...one, hash: one.hash.slice(0, hashShown) })),
  };
}

/** A business of the person who authorised, as it is offered for choice; `unfit` says why it cannot be linked. */
export const OfferedBusiness = Business.extend({
  role: z.string(),
  unfit: z.enum(['client-only', 'no-account', 'classic', 'inactive']).optional(),
});
export type OfferedBusiness = z.infer<typeof OfferedBusiness>;

/** One customer's walk through FreshBooks' consent, from our link to its end. */
export const LinkAttempt = z.object({
  /** SHA-256 of the OAuth state, hex. */
  id: z.string(),
  companyId: z.string(),
  connectionId: z.string(),
  /** The connection it was begun for, when its customer chose another business than that one's. */
  replaces: z.string().optional(),
  /** SHA-256 of the browser's cookie, hex: another browser's callback is refused. */
  browser: z.string(),
  /** PKCE verifier, sealed. */
  verifier: Sealed,
  appVersion: z.number().int(),
  language: z.string(),
  created: z.string(),
  /** Link starts that are older are refused: ten minutes. */
  expires: z.string(),
  /** The scopes asked for. */
  scopes: z.array(z.string()),
  step: z.enum(['started', 'exchanging', 'exchanged', 'choosing', 'done']),
  /** When the code was taken to be exchanged: an exchange that never ended is given up after a minute. */
  exchangingSince: z.string().optional(),
  /** The pair, saved before any other call is made with it. */
  pair: Sealed.optional(),
  grantId: z.string().optional(),
  /** The businesses to choose from, while the customer chooses. */
  businesses: z.array(OfferedBusiness).optional(),
  /** Id of the business the customer chose: the first choice stands. */
  chosen: z.string().optional(),
  /** Extra query parameters of the link URL, for the placeholders of the return URL. */
  parameters: z.record(z.string(), z.string()),
  /** The one-time link it came by, as its digest: used up when this attempt succeeds. */
  oneTimeLink: z.string().optional(),
  /** Key of the page that told the customer how it ended; a repeated callback shows it again. */
  outcome: z.string().optional(),
  /**
   * No walk of a customer: an administrator brought the pair of another system, and the id is the SHA-256 of its
   * refresh token. It is remembered for long, so that a token is never shown to FreshBooks a second time.
   */
  imported: z.literal(true).optional(),
});
export type LinkAttempt = z.infer<typeof LinkAttempt>;
