import type { Connection } from './connection.ts';
import type { Instant } from './instant.ts';

/** A connection that waits for its customer: nothing is linked, wanted or held. */
export function newConnection(made: {
  id: string;
  companyId: string;
  linkToken: string;
  now: Instant;
}): Connection {
  return {
    id: made.id,
    companyId: made.companyId,
    created: made.now,
    state: 'PendingAuth',
    stateSince: made.now,
    linkToken: made.linkToken,
    epoch: 0,
    slot: slotOf(made.id),
    wanted: {},
    serving: {},
    datasets: {},
    resources: {},
    runs: [],
    history: [],
    errors: [],
  };
}

/** The minute of the hour that a connection keeps for life: its id is random, so the minutes fill evenly. */
export function slotOf(id: string): number {
  const digits = Number.parseInt(id.replaceAll(/[^0-9a-f]/gi, '').slice(-8), 16);
  return Number.isNaN(digits) ? 0 : digits % 60;
}
