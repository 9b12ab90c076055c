import { finish, type Outcome } from '../../domain/attempt-moves.ts';
import type { LinkAttempt, OfferedBusiness } from '../../domain/grant.ts';
import { giveBackSeconds, type ReleaseUnused } from '../grants/release-unused.ts';
import type { Clock, Connections, Count, LinkAttempts, Log, Waker } from '../ports.ts';

/** What the API says of a failed walk, in its list of connection errors and in the return address. */
export const outcomeStatus = {
  linked: { statusCode: '200', text: '' },
  cancelled: { statusCode: '403', text: 'User cancelled.' },
  expired: { statusCode: '500', text: 'The authorisation was not finished in time.' },
  'code-refused': { statusCode: '500', text: 'FreshBooks did not confirm the authorisation.' },
  'freshbooks-down': { statusCode: '500', text: 'FreshBooks did not answer.' },
  'keys-refused': { statusCode: '500', text: 'FreshBooks does not accept the keys of this app.' },
  'scope-refused': {
    statusCode: '500',
    text: 'FreshBooks does not offer this app a scope that was asked for.',
  },
  disabled: { statusCode: '500', text: 'FreshBooks is not enabled.' },
  interrupted: { statusCode: '500', text: 'The authorisation was interrupted.' },
  gone: { statusCode: '500', text: 'The connection was deleted.' },
  kept: { statusCode: '403', text: 'The customer stayed with the business linked before.' },
  'link-used': { statusCode: '500', text: 'This one-time link was used already.' },
  'wrong-business': {
    statusCode: '500',
    text: 'Another business was authorised than the one linked before.',
  },
  'no-business': { statusCode: '501', text: 'Not supported. This person has no business in FreshBooks.' },
  classic: { statusCode: '501', text: 'Not supported. This is a FreshBooks Classic account.' },
  'client-only': { statusCode: '501', text: 'Not supported. This person is only a client of the business.' },
  'no-account': { statusCode: '501', text: 'Not supported. The business has no accounting in FreshBooks.' },
  inactive: { statusCode: '501', text: 'Not supported. The FreshBooks account is not active.' },
} as const satisfies Record<Outcome, { statusCode: string; text: string }>;

export type EndAttempt = (
  attempt: LinkAttempt,
  outcome: Outcome,
  shown?: { grantId?: string; businesses?: readonly OfferedBusiness[] },
) => Promise<void>;

export type EndAttemptDeps = {
  attempts: Pick<LinkAttempts, 'change'>;
  connections: Pick<Connections, 'change'>;
  releaseUnused: ReleaseUnused;
  waker: Waker;
  clock: Clock;
  log: Log;
  count: Count;
};

const errorsKept = 20;

/**
 * Ends an attempt with what is told to the customer. A failed one leaves a connection that waits as it was, with the
 * reason among its errors, and gives the consent back to FreshBooks when nothing stands on it.
 */
export function makeEndAttempt(deps: EndAttemptDeps): EndAttempt {
  return async (attempt, outcome, shown = {}) => {
    const { grantId } = shown;
    // Said ahead: whoever dies after the end is written would leave a consent that nobody comes back to.
    if (outcome !== 'linked' && grantId !== undefined && attempt.step !== 'done') {
      const wake = { kind: 'give-back', grantId, since: deps.clock() } as const;
      await deps.waker(wake, { delaySeconds: giveBackSeconds });
    }
    const ended = await deps.attempts.change(attempt.id, (current) => {
      const next = finish(current, outcome, shown);
      return next === undefined ? { result: false } : { next, result: true };
    });
    if (!ended) return;
    deps.count(`link.${outcome}`);
    deps.log.info('link.ended', { company: attempt.companyId, connection: attempt.connectionId, outcome });
    // An administrator may have meant another connection: the pair waits for it, and no connection is told of it.
    if (outcome === 'linked' || attempt.imported === true) return;
    await note(deps, attempt, outcome);
    if (grantId !== undefined) await deps.releaseUnused(grantId);
  };
}

async function note(
  { connections, clock }: EndAttemptDeps,
  attempt: LinkAttempt,
  outcome: Outcome,
): Promise<void> {
  const { statusCode, text } = outcomeStatus[outcome];
  const connectionId = attempt.replaces ?? attempt.connectionId;
  await connections.change({ companyId: attempt.companyId, connectionId }, (connection) => {
    // A linked connection goes on as before: an attempt that failed says nothing about it.
    if (connection.state === 'Linked') return { result: undefined };
    const error = { statusCode, statusText: text, errorMessage: text, erroredOn: clock() };
    return {
      next: { ...connection, errors: [...connection.errors, error].slice(-errorsKept) },
      result: undefined,
    };
  });
}
