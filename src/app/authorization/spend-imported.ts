import { cameToNothing } from '../../domain/attempt-moves.ts';
import type { LinkAttempt, Sealed, TokenPair } from '../../domain/grant.ts';
import { Problem } from '../../domain/problem.ts';
import type { VersionedKeys } from '../grants/app-keys.ts';
import type { Escrow } from '../grants/escrow.ts';
import { pairText } from '../grants/pair-text.ts';
import { keepConsent } from '../link/keep-consent.ts';
import type { Clock, FreshBooksOAuth, LinkAttempts, SealAhead, Wait, Waker } from '../ports.ts';

/** An import that begins; its id is the SHA-256 of the refresh token. */
type NewImport = Omit<LinkAttempt, 'step' | 'verifier'>;

/**
 * Takes a token pair over: its refresh token is spent, so that from then on only the pair that came for it lives, and
 * that one is kept under the attempt. Throws a Problem, and leaves everything as it was, where nothing came of it.
 */
export type SpendImported = (taking: {
  attempt: NewImport;
  refreshToken: string;
  app: VersionedKeys;
  /** Which scopes the connections stand for, by what FreshBooks granted. */
  scopesOf: (granted: readonly string[]) => readonly string[];
}) => Promise<LinkAttempt>;

export type SpendImportedDeps = {
  attempts: Pick<LinkAttempts, 'insert' | 'change'>;
  oauth: Pick<FreshBooksOAuth, 'refresh'>;
  sealAhead: SealAhead;
  escrow: Pick<Escrow, 'keepConsent' | 'forgetConsent'>;
  waker: Waker;
  redirectUri: string;
  clock: Clock;
  wait: Wait;
};

const resumeAfterSeconds = 65;

/** The order is that of a customer's callback: everything that may fail on our side first, then the token. */
export function makeSpendImported(deps: SpendImportedDeps): SpendImported {
  return async ({ attempt, refreshToken, app, scopesOf }) => {
    const { id } = attempt;
    const seal = await deps.sealAhead({ purpose: 'attempt', id });
    await deps.waker({ kind: 'resume', attemptId: id }, { delaySeconds: resumeAfterSeconds });
    if (!(await begin(deps, attempt, seal('')))) throw busy();
    const pair = await present(deps, id, app, refreshToken);
    const kept = await keepConsent(deps, id, seal(pairText(pair)), scopesOf(pair.scopes));
    if (kept === undefined) throw busy();
    return kept;
  };
}

/**
 * One at a time shows the token, and again only when nothing came of the last time. Nobody comes back to this attempt
 * with a code, so its verifier verifies nothing.
 */
async function begin(
  { attempts, clock }: SpendImportedDeps,
  attempt: NewImport,
  verifier: Sealed,
): Promise<boolean> {
  const taken = { ...attempt, verifier, step: 'exchanging' as const, exchangingSince: clock() };
  const again = await attempts.change(attempt.id, (current) =>
    cameToNothing(current) ? { next: taken, result: true } : { result: false },
  );
  if (again !== undefined) return again;
  try {
    await attempts.insert(taken);
    return true;
  } catch (error) {
    if (error instanceof Problem && error.kind === 'conflict') return false;
    throw error;
  }
}

async function present(
  deps: SpendImportedDeps,
  attemptId: string,
  { keys }: VersionedKeys,
  refreshToken: string,
): Promise<TokenPair> {
  try {
    return await deps.oauth.refresh(keys, { refreshToken, redirectUri: deps.redirectUri });
  } catch (error) {
    throw await refused(deps, attemptId, error);
  }
}

/** What FreshBooks said of the token ends the attempt; silence leaves it, because the token may be spent. */
async function refused({ attempts }: SpendImportedDeps, id: string, error: unknown): Promise<unknown> {
  const kind = error instanceof Problem ? error.kind : undefined;
  if (kind !== 'access-lost' && kind !== 'forbidden') return kind === 'unavailable' ? unanswered() : error;
  await attempts.change(id, (current) =>
    current.step === 'exchanging'
      ? { next: { ...current, step: 'done', outcome: 'code-refused' }, result: true }
      : { result: false },
  );
  return kind === 'forbidden' ? keysRefused() : spentElsewhere();
}

function busy(): Problem {
  return new Problem(
    'unavailable',
    'This token pair is being taken over at this moment. Send the same again in a minute.',
    {
      retryAfterSeconds: 60,
    },
  );
}

function unanswered(): Problem {
  return new Problem(
    'unavailable',
    'FreshBooks did not answer, so it is not known whether the refresh token was spent. Send the same again in a minute.',
    { retryAfterSeconds: 60 },
  );
}

function spentElsewhere(): Problem {
  return new Problem(
    'conflict',
    'FreshBooks does not accept this refresh token: it was used or replaced elsewhere, or the consent was taken back. Send the pair that the other system holds now, or ask the customer to authorise.',
  );
}

function keysRefused(): Problem {
  return new Problem(
    'conflict',
    "FreshBooks does not accept the keys of this app. Check the Client ID and Client secret in the integration's settings.",
    { reason: 'keys-refused' },
  );
}
