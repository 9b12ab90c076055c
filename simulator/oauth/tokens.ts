import type { Row } from '../json.ts';
import { textOf } from '../json.ts';
import type { Store } from '../store.ts';
import { accessToken } from './access-token.ts';
import { type Consent, consentOf, consentRow, type Holder, heldBy } from './consent.ts';

/** Access tokens live twelve hours (§1.5); refresh tokens until they are used or replaced. */
export const accessSeconds = 43_200;

/** `createdAt` is epoch seconds, as the token reply tells it. */
export type TokenPair = {
  accessToken: string;
  refreshToken: string;
  createdAt: number;
  scopes: readonly string[];
};

type RefreshToken = { consent: Consent; live: boolean; accessToken: string };

export type Tokens = {
  /** A new pair; whatever refresh token the person and app had is spent. */
  issue(consent: Consent): TokenPair;
  bearer(token: string): Consent | undefined;
  refreshToken(token: string): RefreshToken | undefined;
  /** Whose token this is, of either kind, dead or alive. */
  holderOf(token: string): Holder | undefined;
  expire(token: string): void;
  dropAccess(holder: Holder): void;
  /** Ends one token; a refresh token with the access token it came with. */
  end(token: string): void;
  endAll(holder: Holder): void;
};

const mint = (consent: Consent, createdAt: number, secret: () => string): TokenPair => {
  const expiresAt = createdAt + accessSeconds;
  const claims = { ...consent, createdAt, expiresAt, id: secret(), signature: secret() };
  return { accessToken: accessToken(claims), refreshToken: secret(), createdAt, scopes: consent.scopes };
};

/** The token store: exactly one live refresh token for each person and app (§9.2). */
export const makeTokens = (store: Store, now: () => number, secret: () => string): Tokens => {
  const access = store.documents('access-tokens');
  const refresh = store.documents('refresh-tokens');
  const spend = (token: string, row: Row): void => refresh.put(token, { ...row, live: false });
  const spendAll = (holder: Holder): void => {
    for (const [token, row] of refresh.entries())
      if (heldBy(row, holder) && row['live'] === true) spend(token, row);
  };
  const dropAccess = (holder: Holder): void => {
    for (const [token, row] of access.entries()) if (heldBy(row, holder)) access.remove(token);
  };
  return {
    issue: (consent) => {
      spendAll(consent);
      const pair = mint(consent, Math.floor(now() / 1_000), secret);
      access.put(pair.accessToken, {
        ...consentRow(consent),
        expiresAt: (pair.createdAt + accessSeconds) * 1_000,
      });
      refresh.put(pair.refreshToken, { ...consentRow(consent), live: true, accessToken: pair.accessToken });
      return pair;
    },
    bearer: (token) => {
      const row = access.get(token);
      return row && Number(row['expiresAt']) > now() ? consentOf(row) : undefined;
    },
    refreshToken: (token) => {
      const row = refresh.get(token);
      return (
        row && {
          consent: consentOf(row),
          live: row['live'] === true,
          accessToken: textOf(row, 'accessToken'),
        }
      );
    },
    holderOf: (token) => {
      const row = access.get(token) ?? refresh.get(token);
      return row && consentOf(row);
    },
    expire: (token) => {
      const row = access.get(token);
      if (row) access.put(token, { ...row, expiresAt: now() });
    },
    dropAccess,
    end: (token) => {
      access.remove(token);
      const row = refresh.get(token);
      if (!row) return;
      access.remove(textOf(row, 'accessToken'));
      spend(token, row);
    },
    endAll: (holder) => {
      dropAccess(holder);
      spendAll(holder);
    },
  };
};
