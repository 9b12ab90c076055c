import type { Business, Connection, ConnectionStateName } from './connection.ts';
import { isDataType } from './data-types.ts';
import type { Reason } from './health.ts';
import { type Instant, secondsBetween } from './instant.ts';
import { Problem } from './problem.ts';
import { toBeRead } from './pull-operation.ts';
import { settle } from './settle.ts';

/** Every way in which a connection changes its state. What is not here is refused as a conflict. */
export const moves = {
  link: { from: ['PendingAuth'], to: 'Linked' },
  relink: { from: ['Linked', 'Deauthorized', 'Unlinked'], to: 'Linked' },
  lose: { from: ['Linked'], to: 'Deauthorized' },
  handOver: { from: ['Linked', 'Deauthorized'], to: 'Deauthorized' },
  unlink: { from: ['Linked', 'Deauthorized'], to: 'Unlinked' },
} as const satisfies Record<string, { from: readonly ConnectionStateName[]; to: ConnectionStateName }>;
export type MoveName = keyof typeof moves;

/** How many errors a connection remembers: they are for people, and the item is written with every run. */
const errorsKept = 20;

/** True when the move may be made from where the connection is. */
export function mayMove(connection: Connection, name: MoveName): boolean {
  const from: readonly ConnectionStateName[] = moves[name].from;
  return connection.erasing === undefined && from.includes(connection.state);
}

function moved(connection: Connection, name: MoveName, now: Instant): Connection {
  if (connection.erasing !== undefined) {
    throw new Problem('conflict', 'This connection is being deleted; create another one.');
  }
  if (!mayMove(connection, name)) {
    throw new Problem(
      'conflict',
      `A connection that is ${connection.state} cannot become ${moves[name].to}; it must be ${moves[name].from.join(' or ')}.`,
    );
  }
  const stateSince = connection.state === moves[name].to ? connection.stateSince : now;
  return { ...connection, state: moves[name].to, stateSince };
}

/**
 * The customer authorised, for the first time or again: the connection stands on the grant, earlier errors are
 * resolved, and `fetchTypes` are wanted unless they are already. Throws Problem `conflict` when it is being deleted
 * or was linked to another business: the books of two businesses never mix in one connection.
 */
export function link(
  connection: Connection,
  linked: {
    business: Business;
    grantId: string;
    now: Instant;
    newId: () => string;
    fetchTypes: readonly string[];
  },
): Connection {
  const pinned = connection.business;
  if (pinned !== undefined && pinned.accountId !== linked.business.accountId) {
    throw new Problem(
      'conflict',
      `This connection is for ${pinned.name}; another business needs a connection of its own.`,
    );
  }
  const {
    loss: _loss,
    standing: _standing,
    replacedBy: _promised,
    ...next
  } = moved(connection, connection.state === 'PendingAuth' ? 'link' : 'relink', linked.now);
  const wanted = { ...connection.wanted };
  for (const type of linked.fetchTypes.filter(isDataType)) {
    const reason = connection.datasets[type]?.lastSuccess === undefined ? 'first-link' : 'refresh';
    const waiting = wanted[type];
    wanted[type] = waiting
      ? toBeRead(waiting)
      : { operationId: linked.newId(), requested: linked.now, reason };
  }
  const errors = connection.errors.map((error) => ({ ...error, resolvedOn: error.resolvedOn ?? linked.now }));
  return { ...next, business: linked.business, grantId: linked.grantId, wanted, errors };
}

/** What FreshBooks said, for the connection's list of errors. */
export type LostAccess = { statusCode: string; statusText: string; errorMessage: string; reason: Reason };

/**
 * FreshBooks refuses our grant: the connection waits for its customer to authorise again. What is held stays
 * readable; pulls not finished end with `AuthError`. The epoch moves, so a worker still at it publishes nothing.
 */
export function lose(connection: Connection, lost: LostAccess, now: Instant): Connection {
  const { reason, ...error } = lost;
  const next = moved(connection, 'lose', now);
  const errors = [...connection.errors, { ...error, erroredOn: now }].slice(-errorsKept);
  return {
    ...settle(next, 'AuthError', error.errorMessage, now),
    errors,
    loss: reason,
    epoch: connection.epoch + 1,
  };
}

/**
 * Another system has its grant: it waits until the grant comes back, or its customer authorises again. What is held
 * stays readable. Saying it again changes nothing.
 */
export function handOver(connection: Connection, now: Instant): Connection {
  if (connection.state === 'Deauthorized' && connection.loss === 'handed-over') return connection;
  const next = moved(connection, 'handOver', now);
  return {
    ...settle(next, 'Cancelled', 'The authorisation was handed over to another system.', now),
    loss: 'handed-over',
    epoch: connection.epoch + 1,
  };
}

/**
 * The deployer or the customer ended the link. What is held stays readable; pulls not finished are `Cancelled`. The
 * grant's id stays until the worker has released it (Wake `release`), and so does a running worker's lease, which
 * tells who erases when that worker has surely ended; the moved epoch keeps it from publishing.
 */
export function unlink(connection: Connection, now: Instant): Connection {
  const next = moved(connection, 'unlink', now);
  return { ...settle(next, 'Cancelled', 'The connection was unlinked.', now), epoch: connection.epoch + 1 };
}

/**
 * The first step of deleting: from now on nobody is shown the connection and no worker publishes to it; the worker
 * erases the rest (Wake `erase`). Asking again changes nothing.
 */
export function condemn(connection: Connection, now: Instant): Connection {
  if (connection.erasing !== undefined) return connection;
  const ended = mayMove(connection, 'unlink') ? unlink(connection, now) : connection;
  return { ...ended, wanted: {}, serving: {}, epoch: connection.epoch + 1, erasing: now };
}

/** True while a worker holds the connection. */
export function leaseIsLive(connection: Connection, now: Instant): boolean {
  return connection.lease !== undefined && secondsBetween(now, connection.lease.until) > 0;
}
