import type { Connection, RunRecord } from './connection.ts';
import { newlyDiffering } from './control-total.ts';
import { newDrift } from './drift.ts';
import type { CompanyEventType, OutboxEvent, ReadOutcome } from './event.ts';
import { isFailure } from './pull-operation.ts';

type Told = Omit<OutboxEvent, 'id' | 'at'>;

/**
 * What a change of a connection is told as, from what it was and what it is: whoever makes the change cannot forget
 * to tell. `before` is undefined when the connection is new.
 */
export function connectionEvents(before: Connection | undefined, after: Connection): Told[] {
  if (before === undefined) return [told('connection.created', after)];
  if (before.erasing !== undefined) return [];
  // What ends with the connection is not told one by one.
  if (after.erasing !== undefined) return [told('connection.deleted', after)];
  return [
    ...moved(before, after),
    ...read(before, after),
    ...failed(before, after),
    ...mismatched(before, after),
    ...drifted(before, after),
  ];
}

function told(type: CompanyEventType, { state }: Connection): Told {
  return { type, status: state };
}

function moved(before: Connection, after: Connection): Told[] {
  const was = before.state;
  if (was === after.state) {
    const news =
      after.errors.length > 0 && after.errors.at(-1)?.erroredOn !== before.errors.at(-1)?.erroredOn;
    return news && after.state !== 'Linked' ? [told('connection.failed', after)] : [];
  }
  if (after.state === 'Linked') {
    return [told(was === 'PendingAuth' ? 'connection.connected' : 'connection.reconnected', after)];
  }
  return was === 'Linked' ? [told('connection.disconnected', after)] : [];
}

function newRuns(before: Connection, after: Connection): RunRecord[] {
  const known = new Set(before.runs.map(({ id }) => id));
  return after.runs.filter(({ id }) => !known.has(id));
}

function read(before: Connection, after: Connection): Told[] {
  return newRuns(before, after).flatMap((run) => {
    const outcomes = outcomesOf(run);
    // What the customer's first consent asked for, whether it came to something or not.
    const isInitial = ({ dataType, operationId }: ReadOutcome) =>
      [before.serving[dataType], before.wanted[dataType]].some(
        (want) => want?.operationId === operationId && want.reason === 'first-link',
      );
    const parts: [CompanyEventType, ReadOutcome[]][] = [
      ['read.completed.initial', outcomes.filter(isInitial)],
      ['read.completed', outcomes.filter((outcome) => !isInitial(outcome))],
    ];
    return parts.flatMap(([type, some]) =>
      some.length === 0 ? [] : [{ type, status: after.state, outcomes: some }],
    );
  });
}

/** A data type that keeps failing in the same way, for the same reason, is told of once. */
function failed(before: Connection, after: Connection): Told[] {
  return newRuns(before, after)
    .flatMap(outcomesOf)
    .filter(({ dataType, status }) => {
      const [was, now] = [before.datasets[dataType], after.datasets[dataType]];
      const isOther = was?.status !== status || was.reason !== now?.reason;
      return now?.status === status && isFailure(status) && isOther;
    })
    .map((outcome) => ({ type: 'dataset.failed' as const, status: after.state, outcomes: [outcome] }));
}

/** Thin whatever a report has: the proof shows them all. */
const mostTotals = 50;

function mismatched(before: Connection, after: Connection): Told[] {
  return Object.entries(after.datasets).flatMap(([dataType, { controls = [] }]) => {
    const found = newlyDiffering(controls, before.datasets[dataType]?.controls ?? []);
    if (found.length === 0) return [];
    const totals = found
      .slice(0, mostTotals)
      .map(({ report, window, currency }) => ({ report, window, currency }));
    return [{ type: 'dataset.mismatch' as const, status: after.state, mismatch: { dataType, totals } }];
  });
}

function drifted(before: Connection, after: Connection): Told[] {
  return Object.entries(after.datasets).flatMap(([dataType, { drift = [] }]) => {
    const found = newDrift(drift, before.datasets[dataType]?.drift ?? []);
    if (found.length === 0) return [];
    return [{ type: 'dataset.drift' as const, status: after.state, drift: { dataType, found } }];
  });
}

function outcomesOf(run: RunRecord): ReadOutcome[] {
  return Object.entries(run.outcomes).map(([dataType, { operationId, status, message, changed }]) => ({
    dataType,
    operationId,
    status,
    modified: changed ?? 0,
    ...(message === undefined ? {} : { message }),
  }));
}
