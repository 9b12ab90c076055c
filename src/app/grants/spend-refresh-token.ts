import type { Grant, TokenPair } from '../../domain/grant.ts';
import { Problem } from '../../domain/problem.ts';
import type { FreshBooksOAuth } from '../ports.ts';
import type { AppKeysOf, CurrentAppKeys, VersionedKeys } from './app-keys.ts';

/** What one presentation of a refresh token came to. */
export type Spent =
  | { kind: 'pair'; pair: TokenPair; appVersion: number }
  /** invalid_grant: spent before, replaced, or taken back. */
  | { kind: 'refused' }
  /** Nothing was said about the token: it may be spent, or not. */
  | { kind: 'unanswered'; cause: unknown }
  /** invalid_client with every version of keys we may use: the token was not looked at. */
  | { kind: 'keys-refused' };

export type SpendDeps = { oauth: Pick<FreshBooksOAuth, 'refresh'>; redirectUri: string };

/**
 * The keys to present with, of the grant's own app only: those saved now, so that a grant leaves replaced ones with its
 * next refresh, then the version it was made with, for a new secret that FreshBooks does not know (yet).
 */
export async function keysToTry(
  appKeys: { of: AppKeysOf; current: CurrentAppKeys },
  { appVersion, clientId }: Pick<Grant, 'appVersion' | 'clientId'>,
): Promise<VersionedKeys[]> {
  const current = await appKeys.current();
  const own = current?.appVersion === appVersion ? undefined : await appKeys.of(appVersion);
  // A token of one client id shown with another's keys is refused for ever: that must never look like a lost grant.
  return [current, own]
    .filter((found) => found !== undefined)
    .filter(({ keys }) => keys.clientId === clientId);
}

/** Presents the refresh token once, and with other keys of the same app only where the first were not accepted. */
export async function spendRefreshToken(
  { oauth, redirectUri }: SpendDeps,
  candidates: readonly VersionedKeys[],
  refreshToken: string,
): Promise<Spent> {
  for (const { keys, appVersion } of candidates) {
    try {
      const pair = await oauth.refresh(keys, { refreshToken, redirectUri });
      return { kind: 'pair', pair: { ...pair, refreshToken: pair.refreshToken || refreshToken }, appVersion };
    } catch (error) {
      if (!isKeysRefused(error)) return failure(error);
    }
  }
  return { kind: 'keys-refused' };
}

function isKeysRefused(error: unknown): boolean {
  return error instanceof Problem && error.kind === 'forbidden';
}

function failure(cause: unknown): Spent {
  if (cause instanceof Problem && cause.kind === 'access-lost') return { kind: 'refused' };
  return { kind: 'unanswered', cause };
}
