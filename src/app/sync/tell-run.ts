import type { Connection } from '../../domain/connection.ts';
import { newDrift } from '../../domain/drift.ts';
import type { Count, Log } from '../ports.ts';
import type { TypeOutcome } from './project-type.ts';
import type { RunResult } from './publish-run.ts';
import type { Run } from './read-resource.ts';

type Deps = { log: Log; count: Count };

/** Says in the log what a published run came to; what is news beside `before` is counted for the alarms. */
export function tellRun(deps: Deps, run: Run, before: Connection, result: RunResult): void {
  const statuses = [...result.outcomes].map(([type, outcome]) => [
    type,
    outcome.kind === 'failed' ? outcome.failure.status : outcome.kind,
  ]);
  const countOf = (kind: TypeOutcome['kind']): number =>
    [...result.outcomes.values()].filter((outcome) => outcome.kind === kind).length;
  const [failed, putOff] = [countOf('failed'), countOf('put-off')];
  const facts = { connection: run.ref.connectionId, run: run.id, epoch: run.epoch };
  deps.log.info('sync.run.published', { ...facts, outcomes: Object.fromEntries(statuses) });
  deps.count('sync.published');
  if (failed > 0) deps.count('sync.datasets.failed', failed);
  if (putOff > 0) deps.count('sync.datasets.put-off', putOff);
  tellDifferences(deps, facts, result);
  tellDrift(deps, facts, before, result);
}

/** Which totals differ, and never which amounts. */
function tellDifferences(deps: Deps, facts: Record<string, unknown>, { outcomes }: RunResult): void {
  for (const [type, outcome] of outcomes) {
    const compared = outcome.kind === 'held' ? outcome.compared : undefined;
    const differing = compared?.controls.filter(({ verdict }) => verdict === 'differs') ?? [];
    for (const { report, window, currency } of differing)
      deps.log.warn('sync.controls.differ', { ...facts, type, report, window, currency });
    const news = compared?.mismatches.length ?? 0;
    if (news > 0) deps.count('sync.controls.differ', news);
  }
}

/** FreshBooks grew: whoever carries this on wants to know before a customer asks. */
function tellDrift(
  deps: Deps,
  facts: Record<string, unknown>,
  before: Connection,
  { outcomes }: RunResult,
): void {
  for (const [type, outcome] of outcomes) {
    const found = outcome.kind === 'held' ? (outcome.drift ?? []) : [];
    const news = newDrift(found, before.datasets[type]?.drift ?? []);
    for (const drift of news) deps.log.warn('freshbooks.drift', { ...facts, type, ...drift });
    if (news.length > 0) deps.count('freshbooks.drift', news.length);
  }
}
