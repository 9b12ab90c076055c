import type { LinkAttempt } from '../../domain/grant.ts';
import { isUsedByAnother, unused, useUp } from '../../domain/one-time-link.ts';
import type { Clock, OneTimeLinks } from '../ports.ts';

/** Using up the one-time link that an attempt came by; an attempt that came by another link may do as it likes. */
export type LinkUse = {
  /** Whether another attempt has used it up meanwhile. */
  isSpent(attempt: LinkAttempt): Promise<boolean>;
  /** True for one attempt alone, however often it asks. */
  take(attempt: LinkAttempt): Promise<boolean>;
  /** After all nothing came of the attempt: its customer may try again. */
  giveBack(attempt: LinkAttempt): Promise<void>;
};

type Deps = { oneTimeLinks: Pick<OneTimeLinks, 'find' | 'change'>; clock: Clock };

export function makeLinkUse({ oneTimeLinks, clock }: Deps): LinkUse {
  return {
    isSpent: async ({ id, oneTimeLink }) => {
      const link = oneTimeLink === undefined ? undefined : await oneTimeLinks.find(oneTimeLink);
      return link !== undefined && isUsedByAnother(link, id);
    },
    take: async ({ id, oneTimeLink }) => {
      if (oneTimeLink === undefined) return true;
      const taken = await oneTimeLinks.change(oneTimeLink, (link) => {
        const next = useUp(link, id, clock());
        return next === undefined ? { result: false } : { next, result: true };
      });
      return taken ?? false;
    },
    giveBack: async ({ id, oneTimeLink }) => {
      if (oneTimeLink === undefined) return;
      await oneTimeLinks.change(oneTimeLink, (link) => {
        const next = unused(link, id);
        return next === undefined ? { result: undefined } : { next, result: undefined };
      });
    },
  };
}
