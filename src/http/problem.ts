import { Problem, type ProblemKind } from '../domain/problem.ts';
import { inLanguage } from './in-language.ts';
import { type Language, languageOf } from './link/language.ts';
import { type InputFault, InvalidInput } from './refuse-input.ts';
import type { HttpReply, HttpRequest } from './request.ts';
import type { ErrorMessage } from './wire/error-message.ts';

/** The only place where a kind of problem becomes a status code. */
const statuses = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  'method-not-allowed': 405,
  conflict: 409,
  'not-ready': 409,
  unprocessable: 422,
  'too-many': 429,
  'access-lost': 409,
  'no-permission': 403,
  unavailable: 503,
  broken: 500,
} as const satisfies Record<ProblemKind, number>;

/** The status code that a problem is answered with. */
export function statusOf({ kind }: Problem): number {
  return statuses[kind];
}

/** Whatever was thrown, as a Problem: what nobody expected is our own defect and says nothing about itself. */
export function asProblem(thrown: unknown): Problem {
  if (thrown instanceof Problem) return thrown;
  return new Problem('broken', 'Something went wrong on our side. It was logged under the correlation id.', {
    cause: thrown,
  });
}

/** The reply to a failed request, in the caller's language. The correlation id is the request's id, as in the log. */
export function problemReply(problem: Problem, request: HttpRequest): HttpReply {
  const statusCode = statusOf(problem);
  const language = languageOf(request);
  const faults = problem instanceof InvalidInput ? problem.faults.map((fault) => said(fault, language)) : [];
  const body: ErrorMessage = {
    statusCode,
    service: 'PlatformApi',
    error: faults.map(({ message }) => message).join(' ') || inLanguage(problem.sentence, language),
    correlationId: request.requestId,
    validation: problem instanceof InvalidInput ? { errors: faults, warnings: [] } : null,
    canBeRetried: canBeRetried(problem),
    detailedErrorCode: 0,
  };
  return { status: statusCode, headers: problemHeaders(problem), cookies: [], body: JSON.stringify(body) };
}

function said(fault: InputFault, language: Language): InputFault {
  return { ...fault, message: inLanguage(fault.message, language) };
}

function canBeRetried(problem: Problem): ErrorMessage['canBeRetried'] {
  if (problem.kind === 'broken') return 'Unknown';
  return problem.retry === 'later' ? 'Yes' : 'No';
}

function problemHeaders(problem: Problem): Record<string, string> {
  const headers: Record<string, string> = { 'content-type': 'application/json' };
  if (problem.retryAfterSeconds !== undefined) {
    headers['retry-after'] = String(Math.ceil(problem.retryAfterSeconds));
  }
  if (problem.kind === 'unauthenticated') headers['www-authenticate'] = 'Bearer';
  return headers;
}
