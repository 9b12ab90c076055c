import type { PullStatus } from '../../domain/dataset.ts';
import type { Reason } from '../../domain/health.ts';
import { Problem, type ProblemKind } from '../../domain/problem.ts';

/** How a pull ended that did not bring its data. `message` is a plain sentence for people, `scope` the missing one. */
export type Failure = { status: PullStatus; message: string; reason?: Reason; scope?: string };

/** Which status of the API says what went wrong while reading FreshBooks. */
const statusOfKind = {
  invalid: 'InternalError',
  unauthenticated: 'InternalError',
  forbidden: 'PermissionsError',
  'not-found': 'NotSupported',
  'method-not-allowed': 'InternalError',
  conflict: 'InternalError',
  'not-ready': 'PrerequisiteNotMet',
  unprocessable: 'NotSupported',
  'too-many': 'RateLimitError',
  'access-lost': 'AuthError',
  'no-permission': 'PermissionsError',
  unavailable: 'FetchError',
  broken: 'InternalError',
} as const satisfies Record<ProblemKind, PullStatus>;

const ours: Failure = {
  status: 'InternalError',
  message: 'Something went wrong on our side. What was held stays; the next run tries again.',
};

/** The status and sentence of a failed read. What is not an expected Problem is a fault of ours and says no more. */
export function failureOf(error: unknown): Failure {
  if (!(error instanceof Problem)) return ours;
  const { reason, scope } = error;
  return {
    status: reason === 'services-down' ? 'InternalError' : statusOfKind[error.kind],
    message: error.sentence,
    ...(reason === undefined ? {} : { reason }),
    ...(scope === undefined ? {} : { scope }),
  };
}

/** Whether it is no failure of the data, and over soon: what was to be done is put off and not given up. */
export function isPassing({ reason }: Failure): boolean {
  return reason === 'services-down';
}

/**
 * What a log may say of a failure: of a fault of ours its name and where it was thrown. Never its message, which may
 * quote what was read.
 */
export function logged(failure: Failure, error: unknown): Record<string, unknown> {
  if (isPassing(failure)) return { reason: failure.reason, error: nameOfCause(error) };
  if (failure.status !== 'InternalError' || !(error instanceof Error)) return { status: failure.status };
  const frames = error.stack?.split('\n').filter((line) => /^\s+at /.test(line)) ?? [];
  return { status: failure.status, error: error.name, at: frames.slice(0, 6).map((frame) => frame.trim()) };
}

/** What the service called it: `ThrottlingException`. */
function nameOfCause(error: unknown): string | undefined {
  const cause = error instanceof Error ? error.cause : undefined;
  return cause instanceof Error ? cause.name : undefined;
}
