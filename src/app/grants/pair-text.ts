import { z } from 'zod';
import type { Sealed, TokenPair } from '../../domain/grant.ts';
import type { SealedPair } from '../../domain/grant-moves.ts';
import { digestOf } from '../digest.ts';

const PairText = z.object({
  accessToken: z.string(),
  refreshToken: z.string(),
  createdAt: z.string(),
  expiresAt: z.string(),
  scopes: z.array(z.string()),
});

/** The text that is sealed for a pair; only ever given to a sealer. */
export function pairText(pair: TokenPair): string {
  const { accessToken, refreshToken, createdAt, expiresAt, scopes } = pair;
  return JSON.stringify({ accessToken, refreshToken, createdAt, expiresAt, scopes });
}

/** The pair out of the text of {@link pairText}. */
export function pairOf(text: string): TokenPair {
  return PairText.parse(JSON.parse(text));
}

/** A sealed pair with what may stand beside it in the open. */
export function sealedPair(pair: TokenPair, sealed: Sealed, appVersion: number): SealedPair {
  return {
    pair: sealed,
    hash: digestOf(pair.refreshToken),
    obtainedAt: pair.createdAt,
    expiresAt: pair.expiresAt,
    scopes: pair.scopes,
    appVersion,
  };
}
