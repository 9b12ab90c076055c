import type { LinkAttempt } from '../../domain/grant.ts';
import { type LinkFault, linkFault } from '../../domain/one-time-link.ts';
import { digestOf, isDigestOf } from '../digest.ts';
import type { Clock, LinkAttempts, LinkSettingsStore, OneTimeLinks } from '../ports.ts';

/** Whom a customer's browser wants to reach, and what it shows for it. */
type Entry = {
  companyId: string;
  connectionId?: string | undefined;
  /** The code of a one-time link. */
  code?: string | undefined;
  /** What the browser carries: its secret, and the attempt it was shown last. */
  browser?: string | undefined;
  attemptId?: string | undefined;
};

/** Let in, with the digest of the one-time link that is to be used up; or why not. */
type Admission = { kind: 'admitted'; oneTimeLink?: string } | { kind: LinkFault };
export type Admit = (entry: Entry) => Promise<Admission>;

export type AdmitDeps = {
  linkSettings: Pick<LinkSettingsStore, 'find'>;
  oneTimeLinks: Pick<OneTimeLinks, 'find'>;
  attempts: Pick<LinkAttempts, 'find'>;
  clock: Clock;
};

/**
 * Whether a link opens, where links work once. Looking uses nothing up: mail scanners and chat programs open links
 * before people do.
 */
export function makeAdmit(deps: AdmitDeps): Admit {
  return async (entry) => {
    if (!(await deps.linkSettings.find()).oneTimeLinks?.enabled) return { kind: 'admitted' };
    const oneTimeLink = entry.code === undefined ? await ofAttempt(deps, entry) : digestOf(entry.code);
    if (oneTimeLink === undefined) return { kind: 'link-needed' };
    const link = await deps.oneTimeLinks.find(oneTimeLink);
    // Whoever tries again was led to this connection by the link before.
    const connectionId = entry.code === undefined ? link?.connectionId : entry.connectionId;
    const fault = linkFault(link, { companyId: entry.companyId, connectionId }, deps.clock());
    return fault === undefined ? { kind: 'admitted', oneTimeLink } : { kind: fault };
  };
}

/** Whoever came with a one-time link, and is to try again, has it still: the attempt knows which one it was. */
async function ofAttempt({ attempts }: AdmitDeps, entry: Entry): Promise<string | undefined> {
  const { attemptId, browser } = entry;
  if (attemptId === undefined || browser === undefined) return undefined;
  const attempt = await attempts.find(attemptId);
  return attempt !== undefined && isDigestOf(attempt.browser, browser) && leadsTo(attempt, entry)
    ? attempt.oneTimeLink
    : undefined;
}

function leadsTo({ companyId, connectionId, replaces }: LinkAttempt, entry: Entry): boolean {
  const ids: readonly (string | undefined)[] = [connectionId, replaces];
  return (
    companyId === entry.companyId && entry.connectionId !== undefined && ids.includes(entry.connectionId)
  );
}
