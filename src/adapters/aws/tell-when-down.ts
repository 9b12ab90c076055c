import { servicesDown } from '../../domain/problem.ts';

type Step = <A, R>(next: (args: A) => Promise<R>) => (args: A) => Promise<R>;
type Client = {
  middlewareStack: {
    add(step: Step, place: { step: 'initialize'; priority: 'high'; name: string; override: true }): void;
  };
};

/**
 * Has a client of the SDK tell when its service does not answer: Problem `unavailable` with the reason
 * `services-down`, after the SDK's own tries. Everything else is thrown as the SDK throws it.
 */
export function tellWhenDown(client: Client): void {
  const step: Step = (next) => async (args) => {
    try {
      return await next(args);
    } catch (error) {
      throw told(error);
    }
  };
  const place = { step: 'initialize', priority: 'high', name: 'tellWhenDown', override: true } as const;
  client.middlewareStack.add(step, place);
}

/** What was thrown, as the Problem where it says nothing but that the service does not answer. */
export function told(error: unknown): unknown {
  return isPassing(error) ? servicesDown(error) : error;
}

/**
 * Refusals that say nothing of what was asked for: too much at once, or a key, a role or credentials that are not good
 * now. Source: "Common errors" and each operation's errors in the API references of the five services.
 */
const passing = new Set([
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'ThrottlingException',
  'RequestThrottled',
  'SlowDown',
  'TooManyRequestsException',
  'LimitExceededException',
  'AccessDenied',
  'AccessDeniedException',
  'DisabledException',
  'KMSInvalidStateException',
  'KMSAccessDeniedException',
  'KMSDisabledException',
  'KeyUnavailableException',
  'DecryptionFailure',
  'ExpiredToken',
  'ExpiredTokenException',
  'UnrecognizedClientException',
  'CredentialsProviderError',
  'TimeoutError',
]);

function isPassing(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return passing.has(error.name) || isBroken(error) || isUnreached(error);
}

function isBroken(error: Error): boolean {
  if (!('$metadata' in error) || typeof error.$metadata !== 'object' || error.$metadata === null)
    return false;
  const { $metadata: metadata } = error;
  return (
    'httpStatusCode' in metadata &&
    typeof metadata.httpStatusCode === 'number' &&
    metadata.httpStatusCode >= 500
  );
}

/** No answer came: `ECONNRESET`, `ENOTFOUND` and their like. */
function isUnreached(error: Error): boolean {
  return 'code' in error && typeof error.code === 'string' && /^E[A-Z_]+$/.test(error.code);
}
