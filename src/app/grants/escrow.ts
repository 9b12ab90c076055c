import type * as z from 'zod';
import { Sealed } from '../../domain/grant.ts';
import { SealedPair } from '../../domain/grant-moves.ts';
import type { Instant } from '../../domain/instant.ts';
import type { Objects } from '../ports.ts';

/** A pair that FreshBooks gave for the pair of `epoch`, sealed and to be saved. */
export type Refreshed = { grantId: string; born: Instant; epoch: number; sealed: SealedPair };

/**
 * The second place for a token pair that its table would not take: its refresh token is the only one that lives. Kept
 * among the objects, which fail apart from the table, and sealed exactly as the table would have held it.
 *
 * Whoever might present a token that was perhaps spent looks here first, so a pair kept here is never lost and its
 * predecessor never shown again. Beside it lies which tokens were spent, for a table that comes back from a backup.
 */
export type Escrow = {
  /** A pair that was given for the pair of `epoch`. */
  keepPair(refreshed: Refreshed): Promise<void>;
  pairAfter(place: PairPlace): Promise<SealedPair | undefined>;
  forgetPair(place: PairPlace): Promise<void>;
  /** A refresh token, by its hash, was spent for another: what says so does not come back with a restored table. */
  noteSpent(token: SpentToken): Promise<void>;
  isSpent(token: SpentToken): Promise<boolean>;
  /** The pair of a consent, sealed for its link attempt. */
  keepConsent(attemptId: string, pair: Sealed): Promise<void>;
  consent(attemptId: string): Promise<Sealed | undefined>;
  forgetConsent(attemptId: string): Promise<void>;
};

const json = 'application/json';

/** An epoch of a grant has one successor; a grant that was given back and given again is born anew. */
type PairPlace = Pick<Refreshed, 'grantId' | 'born' | 'epoch'>;

type SpentToken = { grantId: string; hash: string };

const pairName = ({ grantId, born, epoch }: PairPlace): string =>
  `consents/${grantId}/${born}/after-${epoch}.json`;
const spentName = ({ grantId, hash }: SpentToken): string => `consents/${grantId}/spent/${hash}`;
const consentName = (attemptId: string): string => `consents/attempts/${attemptId}.json`;

export function makeEscrow({ objects }: { objects: Pick<Objects, 'put' | 'get' | 'remove'> }): Escrow {
  const keep = (name: string, value: unknown) =>
    objects.put(name, new TextEncoder().encode(JSON.stringify(value)), json);
  const kept = async <T>(name: string, schema: z.ZodType<T>): Promise<T | undefined> => {
    const bytes = await objects.get(name);
    return bytes === undefined ? undefined : schema.parse(JSON.parse(new TextDecoder().decode(bytes)));
  };
  return {
    keepPair: (refreshed) => keep(pairName(refreshed), refreshed.sealed),
    pairAfter: (place) => kept(pairName(place), SealedPair),
    forgetPair: (place) => objects.remove([pairName(place)]),
    noteSpent: (token) => objects.put(spentName(token), new TextEncoder().encode('spent'), 'text/plain'),
    isSpent: async (token) => (await objects.get(spentName(token))) !== undefined,
    keepConsent: (attemptId, pair) => keep(consentName(attemptId), pair),
    consent: (attemptId) => kept(consentName(attemptId), Sealed),
    forgetConsent: (attemptId) => objects.remove([consentName(attemptId)]),
  };
}
