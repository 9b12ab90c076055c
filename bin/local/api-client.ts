import * as z from 'zod';

const Failure = z.object({ error: z.string(), correlationId: z.string().optional() });

/** Calls the stack's own API as any client would; throws with the API's sentence when it refuses. */
export type ApiClient = <T>(
  method: 'GET' | 'POST' | 'PUT' | 'DELETE',
  path: string,
  reply: z.ZodType<T>,
  body?: unknown,
) => Promise<T>;

export function makeApiClient(originUrl: string, authorization: string): ApiClient {
  return async (method, path, reply, body) => {
    const response = await fetch(`${originUrl}${path}`, {
      method,
      headers: { authorization, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (response.ok) return reply.parse(text === '' ? undefined : JSON.parse(text));
    const failure = Failure.safeParse(text.startsWith('{') ? JSON.parse(text) : undefined);
    throw new Error(`${method} ${path} → ${response.status}: ${failure.data?.error ?? text.slice(0, 200)}`);
  };
}
