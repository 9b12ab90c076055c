import { type Row, textOf } from '../json.ts';
import type { Store } from '../store.ts';
import type { Plays } from '../switches.ts';
import { accessToken } from './access-token.ts';
import type { Consent } from './consent.ts';

/** Lifetimes in seconds (§1.2, §1.5). */
export const codeSeconds = 300;
export const accessSeconds = 43_200;

export type Code = Consent & { redirectUri: string; challenge: string; expiresAt: number };
export type TokenPair = {
  accessToken: string;
  refreshToken: string;
  createdAt: number;
  scopes: readonly string[];
};

/** What tokens are made from: time in milliseconds, and 32 random bytes as hex. */
export type Making = { now: () => number; secret: () => string; plays: Plays };

const consentRow = ({ clientId, identityId, scopes }: Consent): Row => ({
  clientId,
  identityId,
  scope: scopes.join(' '),
});

const consentOf = (row: Row): Consent => ({
  clientId: textOf(row, 'clientId'),
  identityId: Number(row['identityId']),
  scopes: textOf(row, 'scope').split(' ').filter(Boolean),
});

const same = (row: Row, { clientId, identityId }: Omit<Consent, 'scopes'>): boolean =>
  row['clientId'] === clientId && row['identityId'] === identityId;

export type Grants = ReturnType<typeof makeGrants>;

/** Codes and tokens, keyed by app and person, with exactly one live refresh token for each such pair (§9.2). */
export const makeGrants = (store: Store, { now, secret, plays }: Making) => {
  const codes = store.documents('codes');
  const access = store.documents('access-tokens');
  const refresh = store.documents('refresh-tokens');

  const dropAccess = (of: Omit<Consent, 'scopes'>): void => {
    for (const [token, row] of access.entries()) if (same(row, of)) access.remove(token);
  };
  const spendRefresh = (of: Omit<Consent, 'scopes'>): void => {
    for (const [token, row] of refresh.entries()) {
      if (same(row, of) && row['live'] === true) refresh.put(token, { ...row, live: false });
    }
  };

  const issue = (consent: Consent): TokenPair => {
    spendRefresh(consent);
    const createdAt = Math.floor(now() / 1_000);
    const pair = {
      accessToken: accessToken({
        ...consent,
        createdAt,
        expiresAt: createdAt + accessSeconds,
        id: secret(),
        signature: secret(),
      }),
      refreshToken: secret(),
    };
    access.put(pair.accessToken, { ...consentRow(consent), expiresAt: (createdAt + accessSeconds) * 1_000 });
    refresh.put(pair.refreshToken, { ...consentRow(consent), live: true, accessToken: pair.accessToken });
    return { ...pair, createdAt, scopes: consent.scopes };
  };

  const revokeAll = (of: Omit<Consent, 'scopes'>): void => {
    dropAccess(of);
    spendRefresh(of);
    for (const [code, row] of codes.entries()) if (same(row, of)) codes.remove(code);
  };

  return {
    issueCode: (asked: Omit<Code, 'expiresAt'>): string => {
      const code = secret();
      const { redirectUri, challenge } = asked;
      codes.put(code, {
        ...consentRow(asked),
        redirectUri,
        challenge,
        expiresAt: now() + codeSeconds * 1_000,
      });
      return code;
    },
    /** Takes a code out of the drawer: it is gone whether or not it was good (single use, five minutes). */
    takeCode: (code: string): Code | undefined => {
      const row = codes.get(code);
      if (!row) return undefined;
      codes.remove(code);
      const [redirectUri, challenge] = [textOf(row, 'redirectUri'), textOf(row, 'challenge')];
      const taken = { ...consentOf(row), redirectUri, challenge, expiresAt: Number(row['expiresAt']) };
      return taken.expiresAt > now() ? taken : undefined;
    },
    /** Tokens after a consent (§1.6: a second one kills the stored refresh token). */
    authorize: (consent: Consent): TokenPair => {
      if (plays('second-authorization', 'old-access-dies')) dropAccess(consent);
      return issue(consent);
    },
    /** A new pair for a live refresh token of this app; undefined is invalid_grant. */
    refresh: (clientId: string, token: string): TokenPair | undefined => {
      const row = refresh.get(token);
      if (!row || row['clientId'] !== clientId) return undefined;
      const consent = consentOf(row);
      if (row['live'] === true) {
        if (plays('refresh-keeps-old-access', 'dies')) dropAccess(consent);
        return issue(consent);
      }
      if (plays('spent-refresh-token', 'revokes-family')) revokeAll(consent);
      return undefined;
    },
    revokeAll,
    /** §1.7: revokes by an access or a refresh token of this app. An unknown token is no error. */
    revokeToken: (clientId: string, token: string): void => {
      const row = access.get(token) ?? refresh.get(token);
      if (!row || row['clientId'] !== clientId) return;
      if (plays('revoke-reach', 'consent')) {
        revokeAll(consentOf(row));
        return;
      }
      access.remove(token);
      access.remove(textOf(row, 'accessToken'));
      if (refresh.get(token)) refresh.put(token, { ...row, live: false });
    },
    /** Who a bearer token speaks for; undefined when it is unknown, revoked or expired. */
    bearer: (token: string | undefined): Consent | undefined => {
      const row = token === undefined ? undefined : access.get(token);
      return row && Number(row['expiresAt']) > now() ? consentOf(row) : undefined;
    },
    expire: (token: string): void => {
      const row = access.get(token);
      if (row) access.put(token, { ...row, expiresAt: now() });
    },
  };
};
