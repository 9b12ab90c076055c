import type { Caller } from '../aws/aws-request.ts';
import type { Credentials } from '../aws/verify-signature.ts';

/** A function as the template declares it, with everything a sandbox needs. */
export interface LambdaFunction {
  readonly name: string;
  readonly logicalId: string;
  readonly arn: string;
  readonly handler: string;
  readonly folder: string;
  readonly timeoutMs: number;
  readonly memoryMb: number;
  /** Undefined: no limit was set; a small one holds on this machine and callers wait instead of being refused. */
  readonly reserved: number | undefined;
  readonly variables: Readonly<Record<string, string>>;
  readonly logGroup: string;
  readonly tracing: boolean;
  readonly caller: Caller;
  readonly credentials: Credentials;
}

/** What came of an invocation. */
export type Outcome =
  | { readonly kind: 'done'; readonly payload: string }
  | { readonly kind: 'failed'; readonly errorType: string; readonly payload: string }
  | { readonly kind: 'throttled' };

/** Lambda's limit on what goes in and what comes out of a synchronous invocation, in bytes. */
export const MAX_PAYLOAD_BYTES = 6_291_556;

export function failure(errorType: string, errorMessage: string): Extract<Outcome, { kind: 'failed' }> {
  return { kind: 'failed', errorType, payload: JSON.stringify({ errorType, errorMessage }) };
}
