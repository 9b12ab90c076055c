import type { Context, Principal } from '../iam/evaluate.ts';

/** A signed call to AWS, read whole. */
export interface AwsRequest {
  /** The service it was signed for: `dynamodb`, `sqs`, `s3`, `kms`, `secretsmanager`. */
  readonly service: string;
  readonly method: string;
  /** As it was sent: still percent-encoded. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  readonly id: string;
}

export interface AwsReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer | string;
}

/** One permission that a call needs. */
export interface Need {
  readonly action: string;
  readonly resource: string;
  readonly context: Context;
}

/** What a call comes to, before anybody decided whether it may. */
export interface Plan {
  readonly operation: string;
  readonly needs: readonly Need[];
  perform(): Promise<AwsReply> | AwsReply;
}

/** Asks whether the caller may also do something that turns out to matter while a call is served. */
export type Ask = (need: Need) => boolean;

export interface Service {
  /** @throws {AwsError} when the request makes no sense to the service */
  plan(request: AwsRequest, ask: Ask): Plan;
  render(error: AwsError, requestId: string): AwsReply;
  denied(message: string, need: Need): AwsError;
}

/** Who makes a call. */
export interface Caller {
  readonly functionName: string;
  readonly roleName: string;
  readonly principal: Extract<Principal, { kind: 'role' }>;
}

/** A refusal in the service's own words: error code, HTTP status, sentence. */
export class AwsError extends Error {
  readonly code: string;
  readonly status: number;

  constructor(code: string, message: string, status = 400) {
    super(message);
    this.name = 'AwsError';
    this.code = code;
    this.status = status;
  }
}
