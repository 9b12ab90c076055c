import * as z from 'zod';
import { type Instant, plusSeconds } from './instant.ts';

/** Whether links work once, and for how long; the deployer's choice. */
export const OneTimeLinkSetting = z.strictObject({
  enabled: z.boolean(),
  /** From when a link is handed out. */
  lifetimeHours: z.number().int().min(1).max(720).default(24),
});
export type OneTimeLinkSetting = z.infer<typeof OneTimeLinkSetting>;

/** As long as nobody chose. */
export const linksWorkOften: OneTimeLinkSetting = { enabled: false, lifetimeHours: 24 };

/** One link that was handed out: good for one company, or for one connection of it, and for one authorisation. */
export const OneTimeLink = z.object({
  /** SHA-256 of its code, hex: the code itself is in the link alone. */
  digest: z.string(),
  companyId: z.string(),
  /** Absent: for whichever connection the company has. */
  connectionId: z.string().optional(),
  created: z.string(),
  expires: z.string(),
  /** The attempt that it was used up for. */
  used: z.object({ at: z.string(), attemptId: z.string() }).optional(),
});
export type OneTimeLink = z.infer<typeof OneTimeLink>;

/** Why a link does not let its customer in; each is a page in `messages/<language>/link.json`. */
export type LinkFault = 'link-needed' | 'link-wrong' | 'link-expired' | 'link-used';

/** After its end a link is remembered for a month, so that its customer is told what became of it. */
const rememberedSeconds = 30 * 24 * 3600;

export function forgottenAfter({ expires }: OneTimeLink): Instant {
  return plusSeconds(expires, rememberedSeconds);
}

/** What is wrong with a link on its way to this company, and to this connection where the address names one. */
export function linkFault(
  link: OneTimeLink | undefined,
  to: { companyId: string; connectionId?: string | undefined },
  now: Instant,
): LinkFault | undefined {
  if (link?.companyId !== to.companyId) return 'link-wrong';
  if (link.connectionId !== undefined && link.connectionId !== to.connectionId) return 'link-wrong';
  if (link.used !== undefined) return 'link-used';
  return now >= link.expires ? 'link-expired' : undefined;
}

/** Used up for an attempt; `undefined` when another one has used it. Saying it again for the same one is no fault. */
export function useUp(link: OneTimeLink, attemptId: string, now: Instant): OneTimeLink | undefined {
  if (isUsedByAnother(link, attemptId)) return undefined;
  return { ...link, used: link.used ?? { at: now, attemptId } };
}

/** As it was before the attempt took it: the attempt came to nothing. */
export function unused(link: OneTimeLink, attemptId: string): OneTimeLink | undefined {
  if (link.used?.attemptId !== attemptId) return undefined;
  const { used: _used, ...rest } = link;
  return rest;
}

export function isUsedByAnother({ used }: OneTimeLink, attemptId: string): boolean {
  return used !== undefined && used.attemptId !== attemptId;
}
