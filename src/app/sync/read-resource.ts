import type { Business, ConnectionRef } from '../../domain/connection.ts';
import type { Proof, ResourceState } from '../../domain/dataset.ts';
import type { GrantFacts } from '../../domain/grant-facts.ts';
import type { Instant } from '../../domain/instant.ts';
import type { Books, Log, RawCollector, ReadReport, Source } from '../ports.ts';
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
  access: GrantToken;
  lease: HeldLease;
};

type Deps = { books: Books; source: Source; log: Log };

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
      token: () => run.access.token(),
      refused: (token) => run.access.refused(token),
      ...(state?.cursor === undefined ? {} : { cursor: state.cursor }),
      heldIds: () => deps.books.heldIds(state?.snapshot),
      heldDeletedIds: () => deps.books.heldDeletedIds(state?.snapshot),
      onRows: async (rows) => {
        run.lease.check();
        await collector.add(rows);
      },
      deadline: run.deadline,
      ...(left === undefined ? {} : { resume: left.source }),
    });
    return { outcome: await finished(report, collector, run, state), collector };
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
  const { snapshot, changed, deleted, held } = await collector.finish();
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
    warnings: report.warnings.slice(0, 10),
  };
  const next: ResourceState = {
    ...(snapshot === undefined ? {} : { snapshot }),
    ...(report.cursor === undefined ? {} : { cursor: report.cursor }),
    proof,
  };
  return { kind: 'read', state: next, changed, ...(report.complete ? {} : { trouble: unsteady }) };
}
