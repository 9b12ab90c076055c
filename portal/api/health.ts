import { z } from 'zod';
import type { Call } from './call.ts';

/** How something stands, why, and the one thing to do next; the sentences are in the asked language. */
export const Health = z.object({
  state: z.enum(['ok', 'waiting', 'attention', 'broken']),
  reason: z.string(),
  sentence: z.string(),
  since: z.string().optional(),
  action: z.object({ code: z.string(), sentence: z.string(), link: z.string().optional() }),
});
export type Health = z.infer<typeof Health>;

const seconds = z.number();

/** The customer's consent as it is kept: no token, only shortened hashes of the pairs there were. */
const Consent = z.object({
  state: z.enum(['live', 'lost']),
  renewedSecondsAgo: seconds,
  /** Negative when it has ended: it is renewed before the next call. */
  accessEndsInSeconds: seconds,
  unansweredSinceSeconds: seconds.optional(),
  keysVersion: z.number(),
  keysCurrent: z.boolean(),
  /** Older keys of the same app: the consent moves to the present ones by itself. */
  sameApp: z.boolean(),
  scopes: z.array(z.string()),
  missingScopes: z.array(z.string()),
  /** The oldest first. */
  lineage: z.array(z.object({ epoch: z.number(), hash: z.string(), at: z.string() })),
});
export type Consent = z.infer<typeof Consent>;

const TypeDiagnosis = z.object({
  dataType: z.string(),
  status: z.string().optional(),
  lastSuccessSecondsAgo: seconds.optional(),
  message: z.string().optional(),
  health: Health,
});
export type TypeDiagnosis = z.infer<typeof TypeDiagnosis>;

/** A resource of FreshBooks that the latest read did not bring, or not whole, and why. */
const ResourceTrouble = z.object({
  resource: z.string(),
  message: z.string(),
  triedSecondsAgo: seconds,
  health: Health,
});
export type ResourceTrouble = z.infer<typeof ResourceTrouble>;

const Run = z.object({
  id: z.string(),
  completed: z.string(),
  tookSeconds: seconds,
  dataTypes: z.number(),
  failed: z.array(z.string()),
});
export type Run = z.infer<typeof Run>;

/** All that is known of why a connection is or is not current. */
const Diagnosis = z.object({
  connectionId: z.string(),
  at: z.string(),
  health: Health,
  scheduleTickedSecondsAgo: seconds.optional(),
  nextDue: z.string().optional(),
  consent: Consent.optional(),
  lease: z.object({ until: z.string(), live: z.boolean() }).optional(),
  waiting: z.array(
    z.object({ dataType: z.string(), reason: z.string(), waitingSeconds: seconds, taken: z.boolean() }),
  ),
  lastRuns: z.array(Run),
  troubles: z.array(ResourceTrouble),
  dataTypes: z.array(TypeDiagnosis),
});
export type Diagnosis = z.infer<typeof Diagnosis>;

/** Why things are as they are, through the public API. */
export function healthApi(call: Call) {
  const at = (companyId: string, connectionId: string) =>
    `/companies/${encodeURIComponent(companyId)}/connections/${encodeURIComponent(connectionId)}`;
  return {
    ofConnection: async (companyId: string, connectionId: string) =>
      (await call({ method: 'GET', path: at(companyId, connectionId) }, z.object({ health: Health }))).health,
    diagnose: (companyId: string, connectionId: string) =>
      call({ method: 'GET', path: `${at(companyId, connectionId)}/doctor` }, Diagnosis),
  };
}
