import type { Reason } from './health.ts';

export const problemKinds = [
  'invalid', // the caller's input is wrong: say what, where, why and what to do
  'unauthenticated',
  'forbidden',
  'not-found',
  'method-not-allowed',
  'conflict', // the state does not allow it now
  'not-ready', // the data was not fetched yet
  'unprocessable',
  'too-many', // a rate limit, ours or the vendor's
  'access-lost', // FreshBooks refuses our grant: the customer must authorise again
  'no-permission', // the grant is alive and may not read this: `reason` says why
  'unavailable', // the other side is down or slow
  'broken', // our own defect
] as const;
/** What went wrong, as a decision for the caller; `src/http/problem.ts` turns it into a status code. */
export type ProblemKind = (typeof problemKinds)[number];

/** An expected failure. `sentence` is public: it names no secret, no token and no customer's data. */
export class Problem extends Error {
  readonly kind: ProblemKind;
  readonly retry: 'never' | 'later';
  readonly sentence: string;
  readonly retryAfterSeconds: number | undefined;
  /** The finer reason, where the kind says too little. */
  readonly reason: Reason | undefined;
  /** The scope that FreshBooks asks for and the consent does not have, where that is the reason. */
  readonly scope: string | undefined;

  constructor(
    kind: ProblemKind,
    sentence: string,
    options: {
      retry?: 'never' | 'later';
      retryAfterSeconds?: number;
      reason?: Reason;
      scope?: string | undefined;
      cause?: unknown;
    } = {},
  ) {
    super(sentence, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'Problem';
    this.kind = kind;
    this.sentence = sentence;
    this.retry = options.retry ?? (kind === 'unavailable' || kind === 'too-many' ? 'later' : 'never');
    this.retryAfterSeconds = options.retryAfterSeconds;
    this.reason = options.reason;
    this.scope = options.scope;
  }
}

/**
 * A service that we run on did not answer, or refuses us for now: what was to be done is done soon. Adapters throw
 * nothing else for it, so that it is never mistaken for a defect, nor for trouble of FreshBooks.
 */
export function servicesDown(cause: unknown): Problem {
  const sentence = 'A service that this runs on did not answer. It is tried again.';
  return new Problem('unavailable', sentence, { reason: 'services-down', cause });
}

/** For the end of a `switch` over a union: a new member then fails the build instead of the run. */
export function never(value: never): never {
  throw new Problem('broken', `a case nobody wrote: ${JSON.stringify(value)}`);
}
