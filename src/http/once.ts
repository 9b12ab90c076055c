import * as z from 'zod';
import type { MakeOnce } from '../app/calls/make-once.ts';
import { Problem } from '../domain/problem.ts';
import type { Operation } from './operation.ts';
import { asProblem, problemReply, statusOf } from './problem.ts';
import type { HttpReply, HttpRequest } from './request.ts';

const Kept = z.object({
  status: z.number().int(),
  headers: z.record(z.string(), z.string()),
  body: z.string(),
});

/** What a key may look like: any random text will do, such as a UUID. */
const keyPattern = /^[\x21-\x7e]{1,255}$/;

/** The caller's Idempotency-Key; none where nothing is changed or none was sent. Problem `invalid` for a strange one. */
export function idempotencyKeyOf<D>(operation: Operation<D>, request: HttpRequest): string | undefined {
  const key = request.headers['idempotency-key'];
  if (key === undefined || operation.method === 'GET' || operation.role === 'public') return undefined;
  if (keyPattern.test(key)) return key;
  throw new Problem(
    'invalid',
    'The Idempotency-Key header is not 1 to 255 visible characters. Send a random text, such as a UUID.',
  );
}

/**
 * Answers a call with an Idempotency-Key: the first request makes it, later ones are given its reply again, also a
 * refusal. What may pass (429 and 5xx) is not kept: the next request makes the call anew.
 */
export async function answerOnce(
  makeOnce: MakeOnce,
  key: string,
  request: HttpRequest,
  answer: (creates: string) => Promise<HttpReply>,
): Promise<HttpReply> {
  const call = { key, credential: request.headers['authorization'] ?? '', content: contentOf(request) };
  const { text, again } = await makeOnce(call, async (creates) => {
    const reply = await answer(creates).catch((thrown: unknown) => refusal(thrown, request));
    const { status, headers } = reply;
    return JSON.stringify({ status, headers, body: String(reply.body) });
  });
  const kept = Kept.parse(JSON.parse(text));
  return { ...kept, headers: { ...kept.headers, ...(again ? replayed : {}) }, cookies: [] };
}

const replayed = { 'idempotent-replayed': 'true' };

/** A refusal that stays one is the call's reply; anything else goes on as it was thrown. */
function refusal(thrown: unknown, request: HttpRequest): HttpReply {
  const problem = asProblem(thrown);
  const status = statusOf(problem);
  if (status >= 500 || status === 429) throw thrown;
  return problemReply(problem, request);
}

function contentOf({ method, path, query, body }: HttpRequest): string {
  const parameters = Object.entries(query).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([method, path, parameters, body]);
}
