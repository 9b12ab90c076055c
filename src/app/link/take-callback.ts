import { hasExpired, type Outcome, takeCode } from '../../domain/attempt-moves.ts';
import type { LinkAttempt, TokenPair } from '../../domain/grant.ts';
import { Problem } from '../../domain/problem.ts';
import { digestOf, isDigestOf } from '../digest.ts';
import type { AppKeysOf } from '../grants/app-keys.ts';
import type { Escrow } from '../grants/escrow.ts';
import { pairText } from '../grants/pair-text.ts';
import type {
  AppKeys,
  Clock,
  FreshBooksOAuth,
  IntegrationStore,
  LinkAttempts,
  Log,
  SealAhead,
  Sealer,
  Wait,
  Waker,
} from '../ports.ts';
import type { ContinueAttempt } from './continue-attempt.ts';
import type { EndAttempt } from './end-attempt.ts';
import { keepConsent } from './keep-consent.ts';
import type { LinkUse } from './link-use.ts';

/** What FreshBooks sent the browser back with, and what the browser carries. */
type Callback = { state: string; code?: string; error?: string; browser?: string };

/** `attempt`: whatever came of it, it is told at the clean address. Otherwise nothing was touched. */
type CallbackAnswer = { kind: 'attempt'; attemptId: string } | { kind: 'unknown-attempt' | 'other-browser' };
export type TakeCallback = (callback: Callback) => Promise<CallbackAnswer>;

export type CallbackDeps = {
  attempts: Pick<LinkAttempts, 'find' | 'change'>;
  integration: Pick<IntegrationStore, 'find'>;
  appKeys: { of: AppKeysOf };
  oauth: Pick<FreshBooksOAuth, 'exchange'>;
  sealer: Sealer;
  sealAhead: SealAhead;
  escrow: Pick<Escrow, 'keepConsent' | 'forgetConsent'>;
  continueAttempt: ContinueAttempt;
  endAttempt: EndAttempt;
  linkUse: Pick<LinkUse, 'isSpent'>;
  waker: Waker;
  redirectUri: string;
  clock: Clock;
  wait: Wait;
  log: Log;
};

const resumeAfterSeconds = 65;
const patienceSeconds = 8;

/** The browser came back from FreshBooks: the code is exchanged once, however often it comes. */
export function makeTakeCallback(deps: CallbackDeps): TakeCallback {
  return async (callback) => {
    const attempt = await deps.attempts.find(digestOf(callback.state));
    if (attempt === undefined) return { kind: 'unknown-attempt' };
    if (callback.browser === undefined || !isDigestOf(attempt.browser, callback.browser)) {
      deps.log.warn('link.other-browser', { company: attempt.companyId, connection: attempt.connectionId });
      return { kind: 'other-browser' };
    }
    if (attempt.step === 'started') await take(deps, attempt, callback);
    else await patience(deps, attempt.id);
    return { kind: 'attempt', attemptId: attempt.id };
  };
}

async function take(deps: CallbackDeps, attempt: LinkAttempt, { code, error }: Callback): Promise<void> {
  if (hasExpired(attempt, deps.clock())) return deps.endAttempt(attempt, 'expired');
  if (error !== undefined || code === undefined) return deps.endAttempt(attempt, outcomeOf(error));
  if (!(await deps.integration.find())?.enabled) return deps.endAttempt(attempt, 'disabled');
  // Before the code is exchanged: that alone would replace the access of whoever used the link.
  if (await deps.linkUse.isSpent(attempt)) return deps.endAttempt(attempt, 'link-used');
  const app = await deps.appKeys.of(attempt.appVersion);
  if (app === undefined) return deps.endAttempt(attempt, 'keys-refused');
  await exchange(deps, attempt, app.keys, code);
}

function outcomeOf(error: string | undefined): Outcome {
  if (error === 'access_denied') return 'cancelled';
  if (error === 'invalid_scope') return 'scope-refused';
  return 'code-refused';
}

/** Everything that may fail on our side comes before the code is spent; after it, the pair is saved first of all. */
async function exchange(
  deps: CallbackDeps,
  attempt: LinkAttempt,
  keys: AppKeys,
  code: string,
): Promise<void> {
  const context = { purpose: 'attempt', id: attempt.id } as const;
  const verifier = await deps.sealer.open(attempt.verifier, context);
  const seal = await deps.sealAhead(context);
  await deps.waker({ kind: 'resume', attemptId: attempt.id }, { delaySeconds: resumeAfterSeconds });
  const mine = await deps.attempts.change(attempt.id, (current) => {
    const next = takeCode(current, deps.clock());
    return next === undefined ? { result: false } : { next, result: true };
  });
  if (!mine) return patience(deps, attempt.id);

  const pair = await spend(deps, attempt, keys, { code, verifier });
  if (pair === undefined) return;
  const saved = await keepConsent(deps, attempt.id, seal(pairText(pair)));
  if (saved !== undefined) await goOn(deps, saved);
}

async function spend(
  deps: CallbackDeps,
  attempt: LinkAttempt,
  keys: AppKeys,
  request: { code: string; verifier: string },
): Promise<TokenPair | undefined> {
  try {
    return await deps.oauth.exchange(keys, { ...request, redirectUri: deps.redirectUri });
  } catch (error) {
    await deps.endAttempt(attempt, refusal(error));
    if (!(error instanceof Problem)) throw error;
    return undefined;
  }
}

function refusal(error: unknown): Outcome {
  if (!(error instanceof Problem)) return 'interrupted';
  if (error.kind === 'access-lost') return 'code-refused';
  return error.kind === 'forbidden' ? 'keys-refused' : 'freshbooks-down';
}

/** What FreshBooks cannot say now is asked again, by the customer's next look or by the message sent ahead. */
async function goOn(deps: CallbackDeps, attempt: LinkAttempt): Promise<void> {
  try {
    await deps.continueAttempt(attempt);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    deps.log.warn('link.waiting', { connection: attempt.connectionId, kind: error.kind });
  }
}

/** Another request of this browser is at it: its end is worth a few seconds. */
async function patience(deps: CallbackDeps, attemptId: string): Promise<void> {
  for (let waited = 0; waited < patienceSeconds; waited += 0.5) {
    const step = (await deps.attempts.find(attemptId))?.step;
    if (step !== 'exchanging' && step !== 'exchanged') return;
    await deps.wait(0.5);
  }
}
