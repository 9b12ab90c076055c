import type { Connection, ConnectionRef } from '../../domain/connection.ts';
import { type Instant, plusSeconds } from '../../domain/instant.ts';
import { Problem } from '../../domain/problem.ts';
import type { Clock, Connections, Decision, Log } from '../ports.ts';
import { leaseSeconds } from './take-lease.ts';

/** Calls `action` every so many seconds until what it answers is called. */
export type Every = (seconds: number, action: () => Promise<void>) => () => void;

const renewSeconds = 20;

/** A lease as its holder sees it while it works. */
export type HeldLease = {
  /** Throws Problem `conflict` when the lease is no longer ours: whatever comes now would be published by nobody. */
  check(): void;
  lost(): boolean;
  /** Ends the renewing; the lease itself ends with the publishing. */
  stop(): void;
};

/** Keeps a lease alive while a run lives. */
export function holdLease(
  deps: { connections: Pick<Connections, 'change'>; every: Every; clock: Clock; log: Log },
  ref: ConnectionRef,
  lease: { owner: string; epoch: number; until: Instant },
): HeldLease {
  let { until } = lease;
  let gone = false;
  const renewed = (connection: Connection): Decision<Connection, Instant | false> => {
    if (!holds(connection, lease)) return { result: false };
    const later = plusSeconds(deps.clock(), leaseSeconds);
    return { next: { ...connection, lease: { owner: lease.owner, until: later } }, result: later };
  };
  const stop = deps.every(renewSeconds, async () => {
    try {
      const later = await deps.connections.change(ref, renewed);
      if (typeof later === 'string') until = later;
      else gone = true;
    } catch (error) {
      // The next turn tries again; if none gets through the lease runs out, which `lost` sees by the clock.
      deps.log.warn('sync.lease.not-renewed', { connection: ref.connectionId, error: String(error) });
    }
  });
  const lost = () => gone || deps.clock() >= until;
  return {
    lost,
    check: () => {
      if (lost()) throw new Problem('conflict', 'Another worker reads this connection now.');
    },
    stop,
  };
}

/** True while the lease is the connection's: whoever takes one, unlinks or deletes moves the epoch on. */
export function holds(connection: Connection, lease: { owner: string; epoch: number }): boolean {
  return connection.epoch === lease.epoch && connection.lease?.owner === lease.owner;
}
