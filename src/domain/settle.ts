import type { Connection, RunRecord, Want } from './connection.ts';
import type { PullStatus } from './dataset.ts';
import type { Instant } from './instant.ts';

/**
 * Ends every pull that is asked for or being worked on with one status: each becomes part of the history and its
 * dataset's latest outcome. Nothing changes when there is none.
 */
export function settle(
  connection: Connection,
  status: PullStatus,
  message: string,
  now: Instant,
): Connection {
  const open = [connection.serving, connection.wanted].filter((wants) => Object.keys(wants).length > 0);
  const runs = open.map((wants) => settled(wants, status, message, now));
  const datasets = { ...connection.datasets };
  for (const [type, want] of open.flatMap((wants) => Object.entries(wants))) {
    datasets[type] = { ...datasets[type], status, message, latestOperation: want.operationId };
  }
  return { ...connection, wanted: {}, serving: {}, datasets, runs: [...connection.runs, ...runs] };
}

function settled(wants: Record<string, Want>, status: PullStatus, message: string, now: Instant): RunRecord {
  const entries = Object.entries(wants);
  const requested = entries.map(([, want]) => want.requested).sort();
  return {
    // The first operation's id is as unique as the run would have been.
    id: entries[0]?.[1].operationId ?? now,
    requested: requested[0] ?? now,
    completed: now,
    outcomes: Object.fromEntries(
      entries.map(([type, want]) => [type, { operationId: want.operationId, status, message }]),
    ),
  };
}
