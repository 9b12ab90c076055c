import { type Instant, plusSeconds } from '../../domain/instant.ts';
import { digestOf } from '../digest.ts';
import type { Clock, LinkSettingsStore, NewToken, OneTimeLinks } from '../ports.ts';

/** Whom a link is for: a company, or one connection of it. */
export type LinkOf = { companyId: string; connectionId?: string };

/** What makes a link work once, and until when. It is nowhere but in this answer. */
type LinkCode = { code: string; expires: Instant };

/** A fresh code for a link; `undefined` while links are to work as often as they are opened. */
export type HandOutLink = (of: LinkOf) => Promise<LinkCode | undefined>;

export function makeHandOutLink(deps: {
  linkSettings: Pick<LinkSettingsStore, 'find'>;
  oneTimeLinks: Pick<OneTimeLinks, 'insert'>;
  clock: Clock;
  newToken: NewToken;
}): HandOutLink {
  return async (of) => {
    const { oneTimeLinks } = await deps.linkSettings.find();
    if (!oneTimeLinks?.enabled) return undefined;
    const code = deps.newToken();
    const created = deps.clock();
    const expires = plusSeconds(created, oneTimeLinks.lifetimeHours * 3600);
    await deps.oneTimeLinks.insert({ ...of, digest: digestOf(code), created, expires });
    return { code, expires };
  };
}
