import type { Connection } from './connection.ts';
import { unlink } from './connection-moves.ts';
import { type Instant, plusSeconds } from './instant.ts';
import { Problem } from './problem.ts';

/** A permission that nobody makes use of is not forgotten open. */
const allowedSeconds = 7 * 86_400;

/** True once another connection has taken its place: it is history, and its link leads to the other one. */
export function isReplaced({ state, replacedBy }: Connection): boolean {
  return state === 'Unlinked' && replacedBy !== undefined;
}

/** True while its customer may link another business. */
export function mayChangeBusiness({ businessChange }: Connection, now: Instant): boolean {
  return businessChange !== undefined && now < businessChange.until;
}

/** The customer may link another business, or no longer. Problem `conflict` where there is nothing to change. */
export function allowBusinessChange(connection: Connection, allowed: boolean, now: Instant): Connection {
  if (connection.business === undefined) {
    throw new Problem('conflict', 'No business is linked yet: its customer chooses one with the link.');
  }
  if (isReplaced(connection)) {
    throw new Problem('conflict', `The connection ${connection.replacedBy} has taken the place of this one.`);
  }
  const { businessChange: _before, replacedBy: _claimed, ...rest } = connection;
  return allowed ? { ...rest, businessChange: { until: plusSeconds(now, allowedSeconds) } } : rest;
}

/**
 * The place of a connection promised to another one, for another business; it goes on until that one is linked.
 * `undefined` when it is not allowed, or was promised to somebody else.
 */
export function promisePlace(connection: Connection, to: string, now: Instant): Connection | undefined {
  if (connection.erasing !== undefined) return undefined;
  if (connection.replacedBy === to) return connection;
  if (!mayChangeBusiness(connection, now)) return undefined;
  const { businessChange: _used, ...rest } = connection;
  return { ...rest, replacedBy: to };
}

/** The connection retired in favour of another that is linked: unlinked, with its books as history. */
export function retire(connection: Connection, by: string, now: Instant): Connection {
  const ended = connection.state === 'Unlinked' ? connection : unlink(connection, now);
  return { ...ended, replacedBy: by };
}
