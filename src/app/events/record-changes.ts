import type { Connection, ConnectionRef } from '../../domain/connection.ts';
import { connectionEvents } from '../../domain/connection-events.ts';
import type { EventSource, OutboxEvent } from '../../domain/event.ts';
import type { Clock, Companies, Connections, Log, NewId } from '../ports.ts';

type Deps = {
  clock: Clock;
  newId: NewId;
  /** Asks for a source's events to be moved to the feed. */
  announce: (source: EventSource) => Promise<void>;
  log: Log;
};

type Told = Omit<OutboxEvent, 'id' | 'at'>;

/**
 * Connections whose every change is told: the events are found by comparing what was with what is to be, and are
 * written by the change's own conditional write. What is removed is kept, found by nobody, until its events have gone.
 */
export function recordConnections(connections: Connections, deps: Deps): Connections {
  const ref = ({ companyId, id }: Connection): ConnectionRef => ({ companyId, connectionId: id });
  return {
    ...connections,
    insert: async (connection) => {
      await connections.insert(withEvents(deps, connection, connectionEvents(undefined, connection)));
      await announce(deps, ref(connection));
    },
    find: async (name) => unlessRemoved(await connections.find(name)),
    change: async (name, decide) => {
      let news = false;
      const result = await connections.change(name, (held) => {
        news = false;
        if (held.removed !== undefined) return { result: undefined };
        const decision = decide(held);
        if (decision.next === undefined) return decision;
        const events = connectionEvents(held, decision.next);
        news = events.length > 0;
        return { ...decision, next: withEvents(deps, decision.next, events) };
      });
      if (news) await announce(deps, name);
      return result;
    },
    remove: async (name) => {
      const waits = await connections.change(name, (held) => {
        if (held.removed !== undefined) return { result: true };
        const next = bare(deps, held);
        return next.outbox === undefined ? { result: false } : { next, result: true };
      });
      if (waits === true) await announce(deps, name);
      else await connections.remove(name);
    },
    ofCompany: async (companyId) =>
      (await connections.ofCompany(companyId)).filter(({ removed }) => removed === undefined),
  };
}

/** Companies whose creation and end are told; see `recordConnections`. */
export function recordCompanies(companies: Companies, deps: Deps): Companies {
  return {
    ...companies,
    insert: async (company) => {
      await companies.insert(withEvents(deps, company, [{ type: 'company.created' }]));
      await announce(deps, { companyId: company.id });
    },
    find: async (companyId) => unlessRemoved(await companies.find(companyId)),
    change: (companyId, decide) =>
      companies.change(companyId, (company) =>
        company.removed === undefined ? decide(company) : { result: undefined },
      ),
    remove: async (companyId) => {
      await companies.change(companyId, (company) => {
        if (company.removed !== undefined) return { result: undefined };
        const told = withEvents(deps, company, [{ type: 'company.deleted' }]);
        return { next: { ...told, removed: deps.clock() }, result: undefined };
      });
      await announce(deps, { companyId });
    },
    all: async () => (await companies.all()).filter(({ removed }) => removed === undefined),
    byLinkToken: async (token) => unlessRemoved(await companies.byLinkToken(token)),
  };
}

function unlessRemoved<T extends { removed?: string | undefined }>(held: T | undefined): T | undefined {
  return held?.removed === undefined ? held : undefined;
}

function withEvents<T extends { outbox?: OutboxEvent[] | undefined }>(
  { clock, newId }: Deps,
  item: T,
  events: readonly Told[],
): T {
  if (events.length === 0) return item;
  const at = clock();
  const recorded = events.map((event) => ({ ...event, id: newId(), at }));
  return { ...item, outbox: [...(item.outbox ?? []), ...recorded] };
}

/** What is left of a connection that was removed: its name and its events. One that just goes is told of as deleted. */
function bare(deps: Deps, held: Connection): Connection {
  const events = connectionEvents(held, { ...held, erasing: held.erasing ?? deps.clock() });
  const { id, companyId, created, state, stateSince, linkToken, epoch, slot, erasing, outbox } = held;
  const rest = { id, companyId, created, state, stateSince, linkToken, epoch, slot, erasing, outbox };
  const empty = { wanted: {}, serving: {}, datasets: {}, resources: {}, runs: [], history: [], errors: [] };
  return withEvents(deps, { ...rest, ...empty, removed: deps.clock() }, events);
}

/** Never fails what was done: a message that is lost is made up for by the schedule. */
async function announce({ announce: say, log }: Deps, source: EventSource): Promise<void> {
  try {
    await say(source);
  } catch (error) {
    log.warn('events.not-announced', { company: source.companyId, error: String(error) });
  }
}
