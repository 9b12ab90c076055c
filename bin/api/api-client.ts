import * as z from 'zod';

const Failure = z.object({ error: z.string(), correlationId: z.string().optional() });

/** The API refused: its own sentence, and the status to decide by. */
export class Refused extends Error {
  readonly status: number;
  readonly sentence: string;
  /** Where the API says when to come again. */
  readonly retryAfterSeconds: number | undefined;

  constructor(call: string, status: number, sentence: string, retryAfterSeconds?: number) {
    super(`${call} → ${status}: ${sentence}`);
    this.status = status;
    this.sentence = sentence;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** Calls an API of this shape as any client would; throws `Refused` with the API's sentence when it refuses. */
export type ApiClient = <T>(
  method: 'GET' | 'POST' | 'PUT' | 'DELETE',
  path: string,
  reply: z.ZodType<T>,
  body?: unknown,
  options?: { idempotencyKey?: string },
) => Promise<T>;

export function makeApiClient(originUrl: string, authorization: string): ApiClient {
  return async (method, path, reply, body, { idempotencyKey } = {}) => {
    const response = await fetch(`${originUrl}${path}`, {
      method,
      headers: {
        authorization,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (response.ok) return reply.parse(text === '' ? undefined : JSON.parse(text));
    const after = Number(response.headers.get('retry-after') ?? Number.NaN);
    const seconds = Number.isFinite(after) ? after : undefined;
    throw new Refused(`${method} ${path}`, response.status, sentenceIn(text), seconds);
  };
}

/** The sentence of an API's failure; of anything else, such as a proxy's page, its beginning. */
function sentenceIn(text: string): string {
  try {
    return Failure.parse(JSON.parse(text)).error;
  } catch {
    return text.slice(0, 200);
  }
}
