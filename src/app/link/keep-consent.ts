import { keepPair } from '../../domain/attempt-moves.ts';
import type { LinkAttempt, Sealed } from '../../domain/grant.ts';
import type { Escrow } from '../grants/escrow.ts';
import type { LinkAttempts, Wait } from '../ports.ts';

type Deps = {
  attempts: Pick<LinkAttempts, 'change'>;
  escrow: Pick<Escrow, 'keepConsent' | 'forgetConsent'>;
  wait: Wait;
};

/**
 * Saves the pair that was just given, under its attempt. The consent has killed the pair of this person's other
 * companies: a pair that the table does not take goes into the escrow at once, where the worker finds it that gets the
 * message sent ahead. `scopes` where they are known only now. `undefined` when the attempt does not wait for a pair.
 */
export async function keepConsent(
  deps: Deps,
  attemptId: string,
  sealed: Sealed,
  scopes?: readonly string[],
): Promise<LinkAttempt | undefined> {
  let failed = false;
  for (const pause of [0.2, 0.5, 1, 2, undefined]) {
    try {
      const saved = await deps.attempts.change(attemptId, (current) => {
        const next = keepPair(current, sealed);
        if (next === undefined) return { result: undefined };
        const kept = scopes === undefined ? next : { ...next, scopes: [...scopes] };
        return { next: kept, result: kept };
      });
      if (failed) await deps.escrow.forgetConsent(attemptId).catch(() => undefined);
      return saved;
    } catch (error) {
      if (!failed) await deps.escrow.keepConsent(attemptId, sealed).catch(() => undefined);
      failed = true;
      if (pause === undefined) throw error;
      await deps.wait(pause);
    }
  }
  return undefined;
}
