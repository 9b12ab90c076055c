import type { TokenPair } from '../../domain/grant.ts';
import { type Consent, promoted } from '../../domain/grant-moves.ts';
import type { Clock, Grants, Sealer } from '../ports.ts';
import { grantIdOf } from './grant-id.ts';
import { pairText, sealedPair } from './pair-text.ts';

/**
 * Makes a consent's pair that of its grant, for every connection that stands on it. Saying it again changes nothing,
 * even after the pair was refreshed. Answers the grant's id.
 */
export type PromotePair = (consent: {
  clientId: string;
  appVersion: number;
  identityId: string;
  pair: TokenPair;
}) => Promise<string>;

type Deps = { grants: Grants; sealer: Sealer; clock: Clock };

export function makePromotePair({ grants, sealer, clock }: Deps): PromotePair {
  return async ({ clientId, appVersion, identityId, pair }) => {
    const id = grantIdOf(clientId, identityId);
    const sealed = await sealer.seal(pairText(pair), { purpose: 'grant', id });
    const consent: Consent = { id, clientId, identityId, pair: sealedPair(pair, sealed, appVersion) };
    await grants.change(id, (current) => {
      const next = promoted(current, consent, clock());
      return next === undefined ? { result: undefined } : { next, result: undefined };
    });
    return id;
  };
}
