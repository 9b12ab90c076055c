import { textOf } from '../json.ts';
import type { Store } from '../store.ts';
import { type Consent, consentOf, consentRow, type Holder, heldBy } from './consent.ts';

/** Authorization codes live five minutes (§1.2). */
const codeSeconds = 300;

export type Code = Consent & { redirectUri: string; challenge: string };

export type Codes = {
  issue(asked: Code): string;
  /** Takes a code out of the drawer: it is gone whether or not it was good. Undefined: unknown, used or too old. */
  take(code: string): Code | undefined;
  drop(holder: Holder): void;
};

/** Codes, single use; `secret` gives 64 hex, `now` milliseconds. */
export const makeCodes = (store: Store, now: () => number, secret: () => string): Codes => {
  const kept = store.documents('codes');
  return {
    issue: (asked) => {
      const code = secret();
      const { redirectUri, challenge } = asked;
      const expiresAt = now() + codeSeconds * 1_000;
      kept.put(code, { ...consentRow(asked), redirectUri, challenge, expiresAt });
      return code;
    },
    take: (code) => {
      const row = kept.get(code);
      kept.remove(code);
      if (!row || Number(row['expiresAt']) <= now()) return undefined;
      return {
        ...consentOf(row),
        redirectUri: textOf(row, 'redirectUri'),
        challenge: textOf(row, 'challenge'),
      };
    },
    drop: (holder) => {
      for (const [code, row] of kept.entries()) if (heldBy(row, holder)) kept.remove(code);
    },
  };
};
