import type { z } from 'zod';
import { ApiProblem, ErrorMessage } from './api-problem.ts';

type Request = {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  path: string;
  query?: Readonly<Record<string, string | number | undefined>>;
  body?: unknown;
};

/** One call of this origin's API, its reply parsed. Throws `ApiProblem`. */
export type Call = <Reply>(request: Request, reply: z.ZodType<Reply>) => Promise<Reply>;

type Dependencies = {
  /** An access token that still lives, or nothing when the person has to sign in again. */
  accessToken: () => Promise<string | undefined>;
  /** Called when the API does not take the token any more. */
  onSignedOut: () => void;
  /** What the server's sentences are asked for in. */
  language: string;
};

/** Makes the portal's one way to the server: bearer token (never a cookie, so no request can be forged), JSON. */
export function makeCall({ accessToken, onSignedOut, language }: Dependencies): Call {
  return async (request, reply) => {
    const token = await accessToken();
    if (!token) onSignedOut();
    const response = await send(request, token ?? '', language);
    if (response.status === 401) onSignedOut();
    const body = await bodyOf(response);
    if (!response.ok) throw refusal(response, body);
    const parsed = reply.safeParse(body);
    if (parsed.success) return parsed.data;
    throw new ApiProblem('unexpected', parsed.error.message, { status: response.status });
  };
}

async function send(request: Request, token: string, language: string): Promise<Response> {
  const headers = new Headers({
    accept: 'application/json',
    'accept-language': language,
    authorization: `Bearer ${token}`,
  });
  if (request.body !== undefined) headers.set('content-type', 'application/json');
  try {
    return await fetch(address(request), {
      method: request.method,
      headers,
      credentials: 'omit',
      cache: 'no-store',
      redirect: 'error',
      ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
    });
  } catch (cause) {
    throw new ApiProblem('unreachable', 'the server did not answer', { cause });
  }
}

function address({ path, query = {} }: Request): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== '') parameters.set(name, String(value));
  }
  return parameters.size === 0 ? path : `${path}?${parameters}`;
}

async function bodyOf(response: Response): Promise<unknown> {
  const text = await response.text();
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function refusal(response: Response, body: unknown): ApiProblem {
  const told = ErrorMessage.safeParse(body);
  if (!told.success) return new ApiProblem('unexpected', 'no reason given', { status: response.status });
  const { error, correlationId } = told.data;
  return new ApiProblem('refused', error, { status: response.status, correlationId });
}
