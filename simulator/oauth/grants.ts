import type { Store } from '../store.ts';
import type { Plays } from '../switches.ts';
import { type Code, makeCodes } from './codes.ts';
import type { Consent, Holder } from './consent.ts';
import { makeTokens, type TokenPair } from './tokens.ts';

/** What tokens are made from: time in milliseconds, and 32 random bytes as hex. */
export type Making = { now: () => number; secret: () => string; plays: Plays };

export type Grants = {
  issueCode(asked: Code): string;
  takeCode(code: string): Code | undefined;
  /** Tokens after a consent; a second one kills the stored refresh token (§1.6). */
  authorize(consent: Consent): TokenPair;
  /** A new pair for a live refresh token of this app; undefined is invalid_grant. */
  refresh(clientId: string, token: string): TokenPair | undefined;
  /** §1.7: by an access or a refresh token of this app. An unknown token is no error. */
  revokeToken(clientId: string, token: string): void;
  /** The person disconnects the app. */
  revokeAll(holder: Holder): void;
  /** Who a bearer token speaks for; undefined when it is unknown, revoked or expired. */
  bearer(token: string | undefined): Consent | undefined;
  expire(token: string): void;
};

/** The rules of §1.6 and §1.7 over codes and tokens, as the switches stand. */
export const makeGrants = (store: Store, { now, secret, plays }: Making): Grants => {
  const codes = makeCodes(store, now, secret);
  const tokens = makeTokens(store, now, secret);
  const revokeAll = (holder: Holder): void => {
    tokens.endAll(holder);
    codes.drop(holder);
  };
  return {
    issueCode: codes.issue,
    takeCode: codes.take,
    authorize: (consent) => {
      if (plays('second-authorization', 'old-access-dies')) tokens.dropAccess(consent);
      return tokens.issue(consent);
    },
    refresh: (clientId, token) => {
      const kept = tokens.refreshToken(token);
      if (kept?.consent.clientId !== clientId) return undefined;
      if (!kept.live) {
        if (plays('spent-refresh-token', 'revokes-family')) revokeAll(kept.consent);
        return undefined;
      }
      if (plays('living-refresh-token', 'refused')) return undefined;
      if (plays('refresh-keeps-old-access', 'dies')) tokens.dropAccess(kept.consent);
      return tokens.issue(kept.consent);
    },
    revokeToken: (clientId, token) => {
      const holder = tokens.holderOf(token);
      if (holder?.clientId !== clientId) return;
      if (plays('revoke-reach', 'consent')) revokeAll(holder);
      else tokens.end(token);
    },
    revokeAll,
    bearer: (token) => (token === undefined ? undefined : tokens.bearer(token)),
    expire: tokens.expire,
  };
};
