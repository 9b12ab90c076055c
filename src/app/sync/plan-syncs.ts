import type { Connection, ConnectionRef } from '../../domain/connection.ts';
import { leaseIsLive } from '../../domain/connection-moves.ts';
import { isAnythingDue } from '../../domain/due-raw-only.ts';
import { type Instant, millisOf, plusSeconds } from '../../domain/instant.ts';
import { pendingSince } from '../../domain/pending-since.ts';
import { sweepDue } from '../../domain/retention.ts';
import { wallTimeOf } from '../../domain/schedule.ts';
import type { SyncSettings } from '../../domain/sync-settings.ts';
import { latestAt } from '../../domain/wall-clock.ts';
import type { Clock, Connections, Heartbeat, Log, SyncSettingsStore, Wake, Waker } from '../ports.ts';

/** Each connection is looked at in one minute of the hour, so looking back further finds nothing new. */
const slots = 60;
/** A want this old without a worker means that its message was lost. */
const pendingSeconds = 60;

/**
 * The schedule's tick: wakes what is due in this minute and in the minutes that were missed, and what waits although
 * nobody works on it. Wakes first and moves the heartbeat then: a tick that dies is made up for by the next, and a
 * connection woken twice is served once.
 */
export function makePlanSyncs(deps: {
  connections: Pick<Connections, 'find' | 'inSlot' | 'pending'>;
  heartbeat: Heartbeat;
  waker: Waker;
  clock: Clock;
  /** Of all companies; read once a tick. */
  syncSettings: Pick<SyncSettingsStore, 'find'>;
  /** Resources that no data type is made of. */
  rawOnly: readonly string[];
  log: Log;
}): () => Promise<{ woken: number; replayed: number }> {
  return async () => {
    const now = deps.clock();
    const minute = Math.floor(millisOf(now) / 60_000);
    const from = await deps.heartbeat.read();
    const missed = minutesSince(from, minute);
    const settings = await deps.syncSettings.find();
    const looked = everybodysTurn(settings, now, missed) ? everySlot : missed.map((each) => each % slots);
    const due = await Promise.all(looked.map((slot) => deps.connections.inSlot(slot)));
    const waiting = await deps.connections.pending(plusSeconds(now, -pendingSeconds));
    const woken = await wakeAll(deps, distinct([...due.flat(), ...waiting]), settings, now);
    if (missed.length > 0) await deps.heartbeat.move(from, minute);
    const replayed = Math.max(0, missed.length - 1);
    deps.log.info('schedule.ticked', { woken, looked: due.flat().length, waiting: waiting.length, replayed });
    return { woken, replayed };
  };
}

/**
 * The minutes to look at, oldest first, no slot twice; none when this minute was looked at already. Without a
 * heartbeat all of them: the first tick of all may have died.
 */
function minutesSince(from: number | undefined, minute: number): number[] {
  const first = Math.max(minute - slots + 1, (from ?? 0) + 1);
  return Array.from({ length: Math.max(0, minute - first + 1) }, (_, n) => first + n);
}

const everySlot: readonly number[] = Array.from({ length: slots }, (_, n) => n);

/**
 * Whether a time of day that holds for all companies came in the minutes to look at: then everybody is looked at, not
 * only whose minute it is. A company with a time of its own has that time's minute as its own (`own-settings.ts`).
 */
function everybodysTurn({ types }: SyncSettings, now: Instant, minutes: readonly number[]): boolean {
  const [first] = minutes;
  if (first === undefined) return false;
  return Object.values(types).some((setting) => {
    const wallTime = wallTimeOf(setting);
    return wallTime !== undefined && Math.floor(millisOf(latestAt(wallTime, now)) / 60_000) >= first;
  });
}

async function wakeAll(
  deps: Parameters<typeof makePlanSyncs>[0],
  refs: readonly ConnectionRef[],
  settings: SyncSettings,
  now: Instant,
): Promise<number> {
  let woken = 0;
  for (const ref of refs) {
    const connection = await deps.connections.find(ref);
    if (connection === undefined) continue;
    for (const wake of wakesFor(connection, deps.rawOnly, settings, now)) {
      await deps.waker(wake);
      woken += 1;
    }
  }
  return woken;
}

/** What a connection is to be woken for, if anything: its item alone says so. */
function wakesFor(
  connection: Connection,
  rawOnly: readonly string[],
  settings: SyncSettings,
  now: Instant,
): Wake[] {
  const ref = { companyId: connection.companyId, connectionId: connection.id };
  const { grantId } = connection;
  if (connection.erasing !== undefined) {
    return [{ kind: 'erase', ref, ...(grantId === undefined ? {} : { grantId }) }];
  }
  // What is held of a connection that is linked no more ages as well.
  const wakes: Wake[] = sweepDue(connection, now) ? [{ kind: 'sweep', ref }] : [];
  if (connection.state === 'Unlinked' && grantId !== undefined) wakes.push({ kind: 'release', ref, grantId });
  if (connection.state !== 'Linked' || leaseIsLive(connection, now)) return wakes;
  const waits = pendingSince(connection) !== undefined || isAnythingDue(connection, rawOnly, settings, now);
  return waits ? [{ kind: 'sync', ref }, ...wakes] : wakes;
}

function distinct(refs: readonly ConnectionRef[]): ConnectionRef[] {
  return [...new Map(refs.map((ref) => [JSON.stringify([ref.companyId, ref.connectionId]), ref])).values()];
}
