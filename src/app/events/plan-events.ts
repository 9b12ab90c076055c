import { plusSeconds } from '../../domain/instant.ts';
import type { EventWaker, Outboxes } from '../event-ports.ts';
import type { Clock, Log } from '../ports.ts';

/** An event that waits for so long was announced by a message that was lost. */
const lateSeconds = 60;

/** The schedule's part in events: what waits although nobody moves it. Answers how many were woken. */
export function makePlanEvents(deps: {
  outboxes: Outboxes;
  waker: EventWaker;
  clock: Clock;
  log: Log;
}): () => Promise<number> {
  return async () => {
    const late = await deps.outboxes.waiting(plusSeconds(deps.clock(), -lateSeconds));
    for (const source of late) await deps.waker({ kind: 'relay', source });
    if (late.length > 0) deps.log.warn('events.late', { sources: late.length });
    return late.length;
  };
}
