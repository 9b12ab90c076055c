import { Problem } from '../../domain/problem.ts';

/** How long a caller is kept waiting for a PDF, in seconds: below the 29 that the gateway allows a request. */
export const waitsSeconds = 20;

/** What was printed before is served all the same. */
export function notLinked(): Problem {
  return new Problem(
    'conflict',
    'This connection is not linked, and FreshBooks prints an invoice only for one that is. Have its customer authorise it again.',
  );
}
