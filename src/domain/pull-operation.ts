import type { Connection, Issue, RunRecord, Want } from './connection.ts';
import type { DataType } from './data-types.ts';
import type { PullStatus } from './dataset.ts';
import { type Instant, secondsBetween } from './instant.ts';
import { Problem } from './problem.ts';

/** One data type's part in a run, as the API shows it. `requested` and `completed` are instants, progress is percent. */
export type PullOperation = {
  id: string;
  companyId: string;
  connectionId: string;
  dataType: string;
  status: PullStatus;
  statusDescription?: string;
  errorMessage?: string;
  requested: Instant;
  completed?: Instant;
  progress: number;
  isCompleted: boolean;
  isErrored: boolean;
  /** Seconds from the asking to the end. */
  durationSeconds?: number;
  /** Records that it made or changed, and those that were held then. */
  recordsModified?: number;
  recordsHeld?: number;
};

/** What each open pull shows: nobody has taken it up, or a worker is at it. */
const open = {
  wanted: { status: 'Queued', progress: 0, statusDescription: 'Waiting for a worker.' },
  serving: { status: 'Fetching', progress: 10, statusDescription: 'Being read from FreshBooks.' },
} as const;

/** What a pull that reads nothing shows while a worker is at it. */
const remaking = 'Being made again of what was read.';

/** What a pull shows whose turn came to nothing. */
const puttingOff = 'A service that this runs on did not answer. It is tried again soon.';

/** How a pull that came to its end is counted. `Complete` with a message is complete, with something to know. */
const failures: readonly PullStatus[] = [
  'FetchError',
  'MapError',
  'InternalError',
  'ProcessingError',
  'ValidationError',
  'AuthError',
  'NotSupported',
  'RateLimitError',
  'PermissionsError',
  'PrerequisiteNotMet',
];

/** True for the statuses that say a pull ended without its data. */
export function isFailure(status: PullStatus): boolean {
  return failures.includes(status);
}

function openOperation(
  connection: Connection,
  state: keyof typeof open,
  dataType: string,
  want: Want,
): PullOperation {
  const { status, progress, statusDescription } = open[state];
  return {
    id: want.operationId,
    companyId: connection.companyId,
    connectionId: connection.id,
    dataType,
    status,
    statusDescription: describe(state, want) ?? statusDescription,
    requested: want.requested,
    progress,
    isCompleted: false,
    isErrored: false,
  };
}

function describe(state: keyof typeof open, { reason, again }: Want): string | undefined {
  if (state === 'wanted') return again && puttingOff;
  return reason === 'reproject' ? remaking : undefined;
}

function finishedOperations(connection: Connection, run: RunRecord): PullOperation[] {
  return Object.entries(run.outcomes).map(([dataType, outcome]) => {
    const errored = isFailure(outcome.status);
    return {
      id: outcome.operationId,
      companyId: connection.companyId,
      connectionId: connection.id,
      dataType,
      status: outcome.status,
      ...(outcome.message === undefined ? {} : { statusDescription: outcome.message }),
      ...(errored && outcome.message !== undefined ? { errorMessage: outcome.message } : {}),
      requested: run.requested,
      completed: run.completed,
      progress: 100,
      isCompleted: true,
      isErrored: errored,
      durationSeconds: Math.max(0, Math.round(secondsBetween(run.requested, run.completed))),
      ...(outcome.changed === undefined ? {} : { recordsModified: outcome.changed }),
      ...(outcome.count === undefined ? {} : { recordsHeld: outcome.count }),
    };
  });
}

/**
 * Every pull operation of a connection, newest first: those asked for, those being worked on, and those of the runs
 * it remembers. `olderRuns` are runs read from its history objects.
 */
export function pullOperations(
  connection: Connection,
  olderRuns: readonly RunRecord[] = [],
): PullOperation[] {
  const operations = [
    ...Object.entries(connection.wanted).map(([type, want]) =>
      openOperation(connection, 'wanted', type, want),
    ),
    ...Object.entries(connection.serving).map(([type, want]) =>
      openOperation(connection, 'serving', type, want),
    ),
    ...[...olderRuns, ...connection.runs].toReversed().flatMap((run) => finishedOperations(connection, run)),
  ];
  // A stable sort: what was asked for at the same moment stays in the order above.
  return operations.sort((a, b) => (a.requested < b.requested ? 1 : a.requested > b.requested ? -1 : 0));
}

/** One pull operation by its id, or none. */
export function pullOperation(
  connection: Connection,
  id: string,
  olderRuns: readonly RunRecord[] = [],
): PullOperation | undefined {
  return pullOperations(connection, olderRuns).find((operation) => operation.id === id);
}

/**
 * The records that a finished pull could not map; none when it mapped all. A pull that found nothing changed mapped
 * nothing anew: it has those of the pull of its data type before it.
 */
export function issuesOf(
  connection: Connection,
  id: string,
  olderRuns: readonly RunRecord[] = [],
): readonly Issue[] {
  const runs = [...olderRuns, ...connection.runs];
  const at = runs.findLastIndex(({ outcomes }) =>
    Object.values(outcomes).some((one) => one.operationId === id),
  );
  const entry = Object.entries(runs[at]?.outcomes ?? {}).find(([, one]) => one.operationId === id);
  if (entry?.[1].status !== 'Complete' || entry[1].message === undefined) return [];
  const before = runs.slice(0, at + 1).map(({ outcomes }) => outcomes[entry[0]]?.issues);
  return before.findLast((issues) => issues !== undefined) ?? [];
}

/**
 * Asks for data types to be read again. Asking for what is waiting already answers the operation that waits; asking
 * for what is being read right now makes one more, because the running one may have passed the change that is asked
 * for. Throws Problem `conflict` when the connection is not linked.
 */
export function requestRefresh(
  connection: Connection,
  types: readonly DataType[],
  now: Instant,
  newId: () => string,
): { connection: Connection; operations: PullOperation[] } {
  return request(connection, types, (waiting) =>
    waiting === undefined ? { operationId: newId(), requested: now, reason: 'refresh' } : toBeRead(waiting),
  );
}

/** Asks for all of it: what no data type is made of is read again as well. */
export function requestAll(
  ...[connection, types, now, newId]: Parameters<typeof requestRefresh>
): ReturnType<typeof requestRefresh> {
  const asked = requestRefresh(connection, types, now, newId);
  return { ...asked, connection: { ...asked.connection, allAsked: now } };
}

/** A pull that waits and is to be read now, whatever it waited for. */
export function toBeRead({ again: _again, ...waiting }: Want): Want {
  return waiting.reason === 'reproject' ? { ...waiting, reason: 'refresh' } : waiting;
}

/**
 * Asks for a data type to be made again of the rows that are held, without a call to FreshBooks. A pull that waits for
 * it already does that too. Throws Problem `conflict` when the connection is not linked.
 */
export function requestReproject(
  connection: Connection,
  type: DataType,
  now: Instant,
  newId: () => string,
): { connection: Connection; operations: PullOperation[] } {
  return request(connection, [type], (waiting) => ({
    ...(waiting ?? { operationId: newId(), requested: now, reason: 'reproject' }),
    afresh: true,
  }));
}

function request(
  connection: Connection,
  types: readonly DataType[],
  wantFor: (waiting: Want | undefined) => Want,
): { connection: Connection; operations: PullOperation[] } {
  if (connection.state !== 'Linked' || connection.erasing !== undefined) {
    throw new Problem(
      'conflict',
      `This connection is ${connection.state}: data can be refreshed while it is Linked.`,
    );
  }
  const wanted = { ...connection.wanted };
  const operations = types.map((type) => {
    const want = wantFor(wanted[type]);
    wanted[type] = want;
    return openOperation(connection, 'wanted', type, want);
  });
  return { connection: { ...connection, wanted }, operations };
}
