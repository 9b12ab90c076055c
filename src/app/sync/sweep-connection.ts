import type { Connection, ConnectionRef } from '../../domain/connection.ts';
import { type Instant, secondsBetween } from '../../domain/instant.ts';
import { keptSince, longestRunSeconds } from '../../domain/retention.ts';
import type { Books, Clock, Connections, Count, Log, RetentionStore, Waker } from '../ports.ts';

/**
 * Sweeps the books of one connection. It needs no lease: it only touches objects of epochs under which nobody can
 * publish any more, and a run that goes on meanwhile writes under a later one. May be repeated, by several at once.
 */
export function makeSweepConnection(deps: {
  connections: Pick<Connections, 'find' | 'change'>;
  books: Pick<Books, 'sweep'>;
  retention: Pick<RetentionStore, 'find'>;
  waker: Waker;
  clock: Clock;
  log: Log;
  count: Count;
}): (ref: ConnectionRef, deadline: Instant) => Promise<'swept' | 'handed-on' | 'idle'> {
  return async (ref, deadline) => {
    const at = deps.clock();
    const since = keptSince(await deps.retention.find(), at);
    // Before anything is listed: what is published from now on is of a later epoch.
    const connection = await deps.connections.find(ref);
    if (connection === undefined || connection.erasing !== undefined) return 'idle';
    const { removed, done } = await deps.books.sweep({
      ref,
      named: namedBy(connection),
      spoolInUse: connection.journal !== undefined,
      upTo: endedEpoch(connection),
      sure: connection.swept?.sure ?? 0,
      ...(since === undefined ? {} : { keptSince: since }),
      goOn: () => deps.clock() < deadline,
    });
    deps.log.info('sweep.removed', { connection: ref.connectionId, removed, done });
    deps.count('sweep.removed', removed);
    if (!done) {
      await deps.waker({ kind: 'sweep', ref });
      return 'handed-on';
    }
    const swept = { at, upTo: endedEpoch(connection), sure: sureAfter(connection, at) };
    await deps.connections.change(ref, (current) => ({ next: { ...current, swept }, result: true }));
    return 'swept';
  };
}

/** The last epoch whose worker can publish no more. A lease that ran out can still be used until another is taken. */
function endedEpoch({ epoch, lease }: Connection): number {
  return lease === undefined ? epoch : epoch - 1;
}

/** What was over at the last sweep is final once no function of then can live: nothing comes after that sweep. */
function sureAfter({ swept }: Connection, now: Instant): number {
  if (swept === undefined) return 0;
  return secondsBetween(swept.at, now) > longestRunSeconds ? swept.upTo : swept.sure;
}

/** Every text in a connection's item; with a snapshot's name since when it has been the published one. */
function namedBy(connection: Connection): Map<string, { since?: Instant }> {
  const named = new Map<string, { since?: Instant }>();
  const look = (value: unknown): void => {
    if (typeof value === 'string') named.set(value, named.get(value) ?? {});
    if (typeof value !== 'object' || value === null) return;
    if ('manifest' in value && typeof value.manifest === 'string' && 'since' in value) {
      const { manifest, since } = value;
      if (typeof since === 'string') named.set(manifest, { since });
    }
    for (const inner of Object.values(value)) look(inner);
  };
  look(connection);
  return named;
}
