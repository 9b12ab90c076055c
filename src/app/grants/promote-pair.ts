import type { TokenPair } from '../../domain/grant.ts';
import { type Consent, promoted, type Standing, standingOf } from '../../domain/grant-moves.ts';
import type { Clock, Grants, Sealer } from '../ports.ts';
import { grantIdOf } from './grant-id.ts';
import { pairText, sealedPair } from './pair-text.ts';

/**
 * Makes a consent's pair that of its grant, for every connection that stands on it, unless it is no longer the living
 * one. Saying it again changes nothing, even after the pair was refreshed.
 */
export type PromotePair = (consent: {
  clientId: string;
  appVersion: number;
  identityId: string;
  pair: TokenPair;
}) => Promise<{ grantId: string; standing: Standing }>;

type Deps = { grants: Grants; sealer: Sealer; clock: Clock };

export function makePromotePair({ grants, sealer, clock }: Deps): PromotePair {
  return async ({ clientId, appVersion, identityId, pair }) => {
    const id = grantIdOf(clientId, identityId);
    const sealed = await sealer.seal(pairText(pair), { purpose: 'grant', id });
    const consent: Consent = { id, clientId, identityId, pair: sealedPair(pair, sealed, appVersion) };
    const standing = await grants.change<Standing>(id, (current) => {
      const result = standingOf(current, consent.pair);
      return result === 'new' ? { next: promoted(current, consent, clock()), result } : { result };
    });
    return { grantId: id, standing };
  };
}
