import { z } from 'zod';

/** The API's own error body; `error` is a sentence fit to be shown. */
export const ErrorMessage = z.object({
  error: z.string(),
  correlationId: z.string().optional(),
});

/**
 * A call that did not succeed. `kind` says whose words to show: the server's sentence when it refused in words,
 * ours when it could not be reached or answered with something that is not its API's.
 */
export class ApiProblem extends Error {
  readonly kind: 'refused' | 'unreachable' | 'unexpected';
  readonly status: number | undefined;
  readonly correlationId: string | undefined;

  constructor(
    kind: ApiProblem['kind'],
    sentence: string,
    details: { status?: number | undefined; correlationId?: string | undefined; cause?: unknown } = {},
  ) {
    super(sentence, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = 'ApiProblem';
    this.kind = kind;
    this.status = details.status;
    this.correlationId = details.correlationId;
  }
}
