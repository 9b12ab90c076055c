import type { Connection, Want } from '../../domain/connection.ts';
import { leaseIsLive } from '../../domain/connection-moves.ts';
import { dueRawOnly } from '../../domain/due-raw-only.ts';
import { type Instant, plusSeconds } from '../../domain/instant.ts';
import { isReady } from '../../domain/put-off.ts';
import { dueTypes } from '../../domain/schedule.ts';
import type { SyncSettings } from '../../domain/sync-settings.ts';
import type { Decision } from '../ports.ts';

/** A killed worker holds its connection up for no longer than this. */
export const leaseSeconds = 60;

export type LeaseTaken =
  /** Nothing is wanted or due, or the connection may not be read. */
  | { kind: 'idle' }
  /** Another worker is at it; what is wanted waits in the item for its end. */
  | { kind: 'busy' }
  | { kind: 'taken'; connection: Connection };

/**
 * The first step of a run: the lease, one epoch more, and everything wanted or due moved to `serving`. What a worker
 * that died was serving is served again under its operation ids; a newer want for the same type waits its turn.
 */
export function takeLease(
  connection: Connection,
  by: {
    runId: string;
    now: Instant;
    settings: SyncSettings;
    /** Resources that no data type is made of. */
    rawOnly: readonly string[];
    operationId: (dataType: string) => string;
  },
): Decision<Connection, LeaseTaken> {
  const readable = connection.business !== undefined && connection.grantId !== undefined;
  if (connection.state !== 'Linked' || connection.erasing !== undefined || !readable) {
    return { result: { kind: 'idle' } };
  }
  if (leaseIsLive(connection, by.now)) return { result: { kind: 'busy' } };
  const wanted = Object.entries(connection.wanted);
  const ready = Object.fromEntries(wanted.filter(([, want]) => isReady(want, by.now)));
  const serving: Record<string, Want> = { ...ready, ...connection.serving };
  const left = wanted.filter(([type]) => type in connection.serving || !(type in ready));
  for (const type of dueTypes(connection, by.settings, by.now)) {
    // What was put off is served when its time comes, and then the schedule is served as well.
    if (type in connection.wanted && !(type in ready)) continue;
    serving[type] ??= { operationId: by.operationId(type), requested: by.now, reason: 'schedule' };
  }
  const served = Object.keys(serving).length > 0;
  if (!served && dueRawOnly(connection, by.rawOnly, by.settings, by.now).length === 0) {
    return { result: { kind: 'idle' } };
  }
  const next: Connection = {
    ...connection,
    epoch: connection.epoch + 1,
    lease: { owner: by.runId, until: plusSeconds(by.now, leaseSeconds) },
    serving,
    wanted: Object.fromEntries(left),
  };
  return { next, result: { kind: 'taken', connection: next } };
}
