import type { Connection } from './connection.ts';
import type { Instant } from './instant.ts';

/**
 * Since when a connection waits for a worker, whatever for: pulls to serve, a grant to release after unlinking, or
 * being erased; what was put off waits from when it may be served. Stores index by it, so that a lost message is made up for. `undefined`: nothing to do.
 */
export function pendingSince(connection: Connection): Instant | undefined {
  if (connection.erasing !== undefined) return connection.erasing;
  if (connection.state === 'Unlinked' && connection.grantId !== undefined) return connection.stateSince;
  if (connection.state !== 'Linked') return undefined;
  const wants = [...Object.values(connection.wanted), ...Object.values(connection.serving)];
  return wants.map(({ requested, again }) => again?.after ?? requested).sort()[0];
}
