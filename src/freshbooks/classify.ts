import { Problem, type ProblemKind } from '../domain/problem.ts';
import { evidenceOf, Refusal } from './refusal.ts';
import { type VendorError, vendorError } from './vendor-error.ts';

/** What a refusal of FreshBooks means for us (freshbooks-api §4.2, §4.3). `undefined`: the body says nothing of it. */
function kindOf(status: number, error: VendorError | undefined): ProblemKind | undefined {
  const byStatus = kindsByStatus[status] ?? (status >= 500 ? 'unavailable' : undefined);
  if (byStatus !== undefined) return byStatus;
  if (error !== undefined) return isUnknownIn200(status, error) ? 'no-permission' : kindOfError(error);
  if (status >= 200 && status < 300) return undefined;
  return status >= 400 ? 'broken' : 'unavailable';
}

/**
 * An error in a reply of status 200 is a refusal, whatever its number (freshbooks-api §4.2), but for the numbers that
 * tell of a request that is wrong.
 */
function isUnknownIn200(status: number, error: VendorError): boolean {
  const { errno = 0 } = error;
  return status >= 200 && status < 300 && kindOfError(error) === 'broken' && !(errno > 1000 && errno < 1100);
}

/** Statuses that decide alone; 200, 400 and 422 leave it to the body. */
const kindsByStatus: Readonly<Record<number, ProblemKind>> = {
  401: 'access-lost',
  403: 'no-permission',
  404: 'not-found',
  408: 'unavailable',
  409: 'unavailable',
  425: 'unavailable',
  429: 'too-many',
};

const kindsByErrno: Readonly<Record<number, ProblemKind>> = {
  401: 'access-lost',
  404: 'not-found',
  409: 'unavailable',
  429: 'too-many',
  500: 'unavailable',
  1003: 'no-permission',
  1011: 'not-found',
  1012: 'not-found',
  1038: 'no-permission',
  1042: 'no-permission',
  1100: 'unavailable',
  1101: 'unavailable',
  1102: 'unavailable',
  1103: 'unavailable',
  1104: 'unavailable',
  1105: 'unavailable',
  1106: 'unavailable',
  1107: 'unavailable',
  1108: 'unavailable',
  12001: 'no-permission',
  31001: 'no-permission',
  41001: 'no-permission',
  41101: 'no-permission',
};

const kindsByName: Readonly<Record<string, ProblemKind>> = {
  unauthenticated: 'access-lost',
  unauthorized: 'access-lost',
  invalid_token: 'access-lost',
  invalid_grant: 'access-lost',
  invalid_client: 'forbidden',
  access_denied: 'no-permission',
  forbidden: 'no-permission',
  insufficient_scope: 'no-permission',
  not_found: 'not-found',
  rate_limited: 'too-many',
  internal: 'unavailable',
  internal_server_error: 'unavailable',
  temporarily_unavailable: 'unavailable',
};

/** Tried in order on the words of bodies that have neither a known number nor a known name. */
const kindsByWords: readonly (readonly [RegExp, ProblemKind])[] = [
  [
    /could not verify that you are authorized|requires authentication|invalid_token|unauthenticated/i,
    'access-lost',
  ],
  [/rate limit|too many requests/i, 'too-many'],
  [/scope|permission|not allowed|access denied|forbidden/i, 'no-permission'],
  [/not found|could not be found/i, 'not-found'],
  [/internal (server )?error/i, 'unavailable'],
];

/** What an error body means on its own, whatever status it came with. */
export function kindOfError(error: VendorError): ProblemKind {
  // A 401 of the accounting family carries the same number as a refused permission; only its words tell them apart.
  const [unverified] = kindsByWords;
  if (unverified?.[0].test(error.words)) return unverified[1];
  const known =
    (error.name === undefined ? undefined : kindsByName[error.name]) ??
    (error.errno === undefined ? undefined : kindsByErrno[error.errno]);
  return known ?? kindsByWords.find(([words]) => words.test(error.words))?.[1] ?? 'broken';
}

const sentences: Partial<Record<ProblemKind, string>> = {
  'access-lost': 'FreshBooks no longer accepts this authorization',
  'not-found': 'FreshBooks does not know what was asked for',
  'too-many': 'FreshBooks asks for fewer requests',
  unavailable: 'FreshBooks is not available at the moment',
  forbidden: 'FreshBooks refuses the keys of the app',
  broken: 'FreshBooks refused the request as malformed',
};

/**
 * The Problem in a reply, if there is one: by its status, by errors in its body whatever its status, or because it is
 * no JSON. `subject` begins the public sentence, `invoices`; the reply's own words are never in it.
 */
export function problemIn(
  subject: string,
  reply: { status: number; headers: Readonly<Record<string, string>>; body: unknown },
  now: () => number,
): Problem | undefined {
  const error = vendorError(reply.body);
  const kind = kindOf(reply.status, error);
  if (kind === undefined) return undefined;
  if (kind === 'no-permission')
    return new Refusal(subject, evidenceOf(reply.status, error, denies(reply.status, error)));
  const detail = [
    `HTTP ${reply.status}`,
    ...(error?.errno === undefined ? [] : [`errno ${error.errno}`]),
  ].join(', ');
  const after = retryAfter(reply.headers['retry-after'], now);
  return new Problem(kind, `${subject}: ${sentences[kind] ?? 'FreshBooks refused'} (${detail}).`, {
    ...(after !== undefined && { retryAfterSeconds: after }),
  });
}

/** It says that access is what is missing, by its status or by an error that is known. */
function denies(status: number, error: VendorError | undefined): boolean {
  return status === 403 || (error !== undefined && kindOfError(error) === 'no-permission');
}

/** Retry-After as seconds from now: FreshBooks sends seconds, the standard allows a date as well. */
export function retryAfter(header: string | undefined, now: () => number): number | undefined {
  if (header === undefined) return undefined;
  if (/^\s*\d+(\.\d+)?\s*$/.test(header)) return Number(header);
  const at = Date.parse(header);
  return Number.isNaN(at) ? undefined : Math.max(0, (at - now()) / 1000);
}
