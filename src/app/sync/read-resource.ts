import type { Business, ConnectionRef } from '../../domain/connection.ts';
import type { Proof, ResourceState } from '../../domain/dataset.ts';
import type { GrantFacts } from '../../domain/grant-facts.ts';
import type { Instant } from '../../domain/instant.ts';
import type { Books, Count, Log, RawCollector, ReadReport, Source, Unannounced } from '../ports.ts';
import { censusDue } from './census-due.ts';
import { type Failure, failureOf, logged } from './failure-status.ts';
import type { HeldLease } from './hold-lease.ts';
import type { JournalEntry } from './journal.ts';

/** Access tokens of the connection's grant; throws Problem `access-lost`, or `unavailable` when it may work later. */
export type GrantToken = {
  token(): Promise<string>;
  /** FreshBooks refused this token with 401: another one. */
  refused(token: string): Promise<string>;
  /** How the grant stands, for whoever asks about the connection. */
  facts(): Promise<GrantFacts | undefined>;
};

/** How the reading of one resource ended. */
export type ResourceOutcome =
  | { kind: 'read'; state: ResourceState; changed: number; trouble?: Failure }
  | { kind: 'unfinished'; left: JournalEntry }
  | { kind: 'failed'; failure: Failure };

/** One run, as its parts need to know it. */
export type Run = {
  ref: ConnectionRef;
  id: string;
  epoch: number;
  started: Instant;
  deadline: Instant;
  business: Business;
  /** Currencies that the books are known to have. */
  currencies: readonly string[];
  /** What the customer's consent was last seen to cover; none when that is not known. */
  scopes: readonly string[];
  access: GrantToken;
  lease: HeldLease;
};

type Deps = { books: Books; source: Source; log: Log; count: Count };

/** The rows that came are true, but others may be missing: they are kept and the next run reads again. */
const unsteady: Failure = {
  status: 'FetchError',
  message: 'The list in FreshBooks kept changing while it was read. The next run reads it again.',
};

/**
 * Reads what changed in one resource and merges it into the raw books. Nothing is published here: until the run is,
 * the new snapshot is an object that nobody knows. Never throws: a failure belongs to this resource alone.
 */
export async function readResource(
  deps: Deps,
  run: Run,
  resource: string,
  state: ResourceState | undefined,
  left: JournalEntry | undefined,
): Promise<{ outcome: ResourceOutcome; collector: RawCollector }> {
  const { ref, id, epoch, started } = run;
  const target = { ref, name: `raw/${resource}`, previous: state?.snapshot, run: { id, epoch, started } };
  const collector = deps.books.collectRaw(target);
  try {
    if (left !== undefined) await collector.resume(left.collected);
    const report = await deps.source.read({
      resource,
      business: run.business,
      runId: run.id,
      currencies: run.currencies,
      scopes: run.scopes,
      token: () => run.access.token(),
      refused: (token) => run.access.refused(token),
      ...(state?.cursor === undefined ? {} : { cursor: state.cursor }),
      ...(censusDue(state, `${ref.connectionId} ${resource}`, started) ? { census: true } : {}),
      heldIds: () => deps.books.heldIds(state?.snapshot),
      heldDeletedIds: () => deps.books.heldDeletedIds(state?.snapshot),
      onRows: async (rows) => {
        run.lease.check();
        await collector.add(rows);
      },
      deadline: run.deadline,
      ...(left === undefined ? {} : { resume: left.source }),
    });
    const outcome = await finished(report, collector, run, state);
    const repaired = outcome.kind === 'read' ? (outcome.state.proof?.repaired ?? 0) : 0;
    if (repaired > 0) {
      deps.log.warn('sync.census.repaired', { connection: ref.connectionId, resource, count: repaired });
      deps.count('sync.rows.repaired', repaired);
    }
    return { outcome, collector };
  } catch (error) {
    const failure = failureOf(error);
    deps.log.warn('sync.resource.failed', {
      connection: ref.connectionId,
      resource,
      ...logged(failure, error),
    });
    return { outcome: { kind: 'failed', failure }, collector };
  }
}

async function finished(
  report: ReadReport,
  collector: RawCollector,
  run: Run,
  state: ResourceState | undefined,
): Promise<ResourceOutcome> {
  if (report.unfinished !== undefined) {
    const base = state?.snapshot?.manifest;
    const collected = await collector.suspend();
    const left = { ...(base === undefined ? {} : { base }), source: report.unfinished, collected };
    return { kind: 'unfinished', left };
  }
  run.lease.check();
  await collector.vanish(report.vanished);
  const { snapshot, changed, unannounced, deleted, held } = await collector.finish(askedOf(report));
  const repaired = unannounced + (report.unannounced === undefined ? 0 : report.vanished.length);
  const proof: Proof = {
    at: run.started,
    complete: report.complete,
    pages: report.pages,
    rowsRead: report.rowsRead,
    ...(report.sourceTotal === undefined ? {} : { sourceTotal: report.sourceTotal }),
    hiddenRows: report.hiddenRows,
    held,
    deleted,
    digest: snapshot?.digest ?? '',
    ...(report.compared === undefined ? {} : { repaired }),
    warnings: [...repairs(repaired), ...report.warnings].slice(0, 10),
  };
  const compared = comparedAfter(report, proof, state?.compared);
  const next: ResourceState = {
    ...(snapshot === undefined ? {} : { snapshot }),
    ...(report.cursor === undefined ? {} : { cursor: report.cursor }),
    proof,
    ...(compared === undefined ? {} : { compared }),
    ...troubleOf(report, run.started),
  };
  return { kind: 'read', state: next, changed, ...(report.complete ? {} : { trouble: unsteady }) };
}

/** Rows that are gone were not announced either; they are counted apart. */
function askedOf({ unannounced, vanished }: ReadReport): Unannounced | undefined {
  const gone = new Set(vanished);
  return unannounced && ((row) => !gone.has(row.id) && unannounced(row));
}

function comparedAfter(
  report: ReadReport,
  { at, sourceTotal, hiddenRows: hidden, held }: Proof,
  before: ResourceState['compared'],
): ResourceState['compared'] {
  if (report.compared === undefined || !report.complete) return before;
  const sure = hidden === (before?.hidden ?? 0);
  return { at, beyond: (sourceTotal ?? held) - held, hidden, sure };
}

function repairs(count: number): string[] {
  if (count === 0) return [];
  const rows = count === 1 ? '1 row differed' : `${count} rows differed`;
  return [
    `Compared whole with FreshBooks: ${rows} although no change had been announced. They are right again.`,
  ];
}

function troubleOf({ complete, notShown }: ReadReport, at: string): Pick<ResourceState, 'trouble'> {
  const why = complete ? notShown : unsteady;
  return why === undefined ? {} : { trouble: { ...why, at } };
}
