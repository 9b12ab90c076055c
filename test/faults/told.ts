import type { Companies, Connections } from '../../src/app/ports.ts';
import type { Company } from '../../src/domain/company.ts';
import type { Connection } from '../../src/domain/connection.ts';
import type { OutboxEvent } from '../../src/domain/event.ts';

/**
 * What is to be told, as the stores see it: every event that was left with a change, in the order of the changes, and
 * every change that was left without its event. It works out by itself what a change implies.
 */
export type Told = { committed: { source: string; id: string; type: string }[]; wrong: string[] };

type Holder = { outbox?: OutboxEvent[] | undefined };

/** Connections of which every write is held to what it tells. */
export function toldConnections(connections: Connections, told: Told): Connections {
  const sourceOf = ({ companyId, id }: Connection) => `${companyId}/${id}`;
  const saw = (before: Connection | undefined, after: Connection) =>
    note(told, sourceOf(after), { before, after, implied: connectionImplies(before, after) });
  return {
    ...connections,
    insert: async (connection) => {
      await connections.insert(connection);
      saw(undefined, connection);
    },
    change: async (ref, decide) => {
      let written: [Connection, Connection] | undefined;
      const result = await connections.change(ref, (held) => {
        const decision = decide(held);
        written = decision.next === undefined ? undefined : [held, decision.next];
        return decision;
      });
      if (written !== undefined) saw(...written);
      return result;
    },
  };
}

/** Companies, the same way. */
export function toldCompanies(companies: Companies, told: Told): Companies {
  const saw = (before: Company | undefined, after: Company) => {
    const ended = after.removed !== undefined && before?.removed === undefined;
    const implied = [
      ...(before === undefined ? ['company.created'] : []),
      ...(ended ? ['company.deleted'] : []),
    ];
    note(told, after.id, { before, after, implied });
  };
  return {
    ...companies,
    insert: async (company) => {
      await companies.insert(company);
      saw(undefined, company);
    },
    change: async (id, decide) => {
      let written: [Company, Company] | undefined;
      const result = await companies.change(id, (held) => {
        const decision = decide(held);
        written = decision.next === undefined ? undefined : [held, decision.next];
        return decision;
      });
      if (written !== undefined) saw(...written);
      return result;
    },
  };
}

function note(
  told: Told,
  source: string,
  { before, after, implied }: { before: Holder | undefined; after: Holder; implied: readonly string[] },
): void {
  const known = new Set((before?.outbox ?? []).map(({ id }) => id));
  const fresh = (after.outbox ?? []).filter(({ id }) => !known.has(id));
  told.committed.push(...fresh.map(({ id, type }) => ({ source, id, type })));
  const said = fresh.flatMap(saidBy);
  for (const what of implied) if (!said.includes(what)) told.wrong.push(`I5 ${source}: ${what} is not told`);
  for (const what of said)
    if (moves.includes(what) && !implied.includes(what))
      told.wrong.push(`I5 ${source}: ${what} was invented`);
}

/** An event that tells of data types tells of each. */
function saidBy({ type, outcomes = [] }: OutboxEvent): string[] {
  if (!type.startsWith('read.')) return [type];
  return outcomes.map(({ dataType, operationId }) => `${dataType} was read as ${operationId}`);
}

/** Events of which each stands for one change of state and for nothing else. */
const moves = [
  'company.created',
  'company.deleted',
  'connection.created',
  'connection.connected',
  'connection.disconnected',
  'connection.reconnected',
  'connection.deleted',
];

function connectionImplies(before: Connection | undefined, after: Connection): string[] {
  if (before === undefined) return ['connection.created'];
  if (before.erasing !== undefined || after.removed !== undefined) return [];
  if (after.erasing !== undefined) return ['connection.deleted'];
  return [...stateImplies(before.state, after.state), ...runsImply(before, after)];
}

function stateImplies(was: Connection['state'], is: Connection['state']): string[] {
  if (was === is) return [];
  if (is === 'Linked') return [was === 'PendingAuth' ? 'connection.connected' : 'connection.reconnected'];
  return was === 'Linked' ? ['connection.disconnected'] : [];
}

function runsImply(before: Connection, after: Connection): string[] {
  const fresh = after.runs.filter(({ id }) => !before.runs.some((run) => run.id === id));
  return fresh.flatMap(({ outcomes }) =>
    Object.entries(outcomes).map(([dataType, { operationId }]) => `${dataType} was read as ${operationId}`),
  );
}
