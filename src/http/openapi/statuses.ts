import type { DescribedOperation } from '../operation.ts';

/** True where the set-up API answers: for people who are signed in, never for API keys. */
export function isSetup({ path }: Pick<DescribedOperation, 'path'>): boolean {
  return path.startsWith('/setup/');
}

/** True for an operation that looks at the Idempotency-Key. */
export function isMadeOnce(operation: DescribedOperation): boolean {
  const { method, role, repeatable } = operation;
  return method !== 'GET' && role !== 'public' && repeatable !== true && !isSetup(operation);
}

/** True for a path that clients of this API know and FreshBooks' books cannot answer. */
export function neverSucceeds({ reply, success, produces }: DescribedOperation): boolean {
  return reply === undefined && success !== 204 && produces === undefined;
}

/** The failures that any operation may answer, whatever it does. */
const always = [429, 500, 503] as const;

/**
 * Every status that an operation may answer, least first. Each follows from the row: faults of an input or a reply
 * that is too large (400), who calls (401, 403), an id in the path (404), and what the row says itself. A path that
 * never succeeds has no success among them.
 */
export function statusesOf(operation: DescribedOperation): number[] {
  const { role, path, query, body, reply, success, refusals = [] } = operation;
  const statuses = new Set<number>([...refusals, ...always]);
  if (!neverSucceeds(operation)) statuses.add(success);
  if (query || body || reply) statuses.add(400);
  if (isMadeOnce(operation)) for (const status of [400, 409, 422]) statuses.add(status);
  if (role !== 'public') statuses.add(401);
  // The role of a key, or the access token of a company at anything but its own connections.
  if (role !== 'public' && !isSetup(operation)) statuses.add(403);
  if (path.includes('{')) statuses.add(404);
  return [...statuses].toSorted((a, b) => a - b);
}
