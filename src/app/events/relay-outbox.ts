import type { Company } from '../../domain/company.ts';
import type { Connection } from '../../domain/connection.ts';
import type { EventSource, NewEvent, OutboxEvent } from '../../domain/event.ts';
import { plusSeconds } from '../../domain/instant.ts';
import type { Feed } from '../event-ports.ts';
import type { Clock, Companies, Connections, Count } from '../ports.ts';
import { keptSeconds } from './kept-seconds.ts';

/** What is shown of an event's company and connection; `src/http/wire` makes the payload. */
export type RenderEvent = (
  event: OutboxEvent,
  about: { companyId: string; company?: Company | undefined; connection?: Connection | undefined },
) => Record<string, unknown>;

type Deps = {
  /** The stores themselves: those that hide what was removed would hide its events. */
  companies: Pick<Companies, 'find' | 'change' | 'remove'>;
  connections: Pick<Connections, 'find' | 'change' | 'remove' | 'ofCompany'>;
  feed: Pick<Feed, 'append'>;
  render: RenderEvent;
  clock: Clock;
  count: Count;
};

/**
 * Moves what waits in a source's outbox to the feed, then clears it there: a crash in between repeats the move, which
 * the feed knows by the events' ids. A source that was removed goes with its last event. Answers what was moved.
 */
export type RelayOutbox = (source: EventSource) => Promise<NewEvent[]>;

export function makeRelayOutbox(deps: Deps): RelayOutbox {
  return async ({ companyId, connectionId }) => {
    const company = await deps.companies.find(companyId);
    const moved = company === undefined ? [] : await relayCompany(deps, company, isBeginning);
    for (const connection of await connectionsToo(deps, { companyId, connectionId }, company)) {
      moved.push(...(await relayConnection(deps, connection, company)));
    }
    // Its name and tags are shown with its connections' events, so its own end goes last.
    if (company?.removed !== undefined) moved.push(...(await relayCompany(deps, company)));
    return moved;
  };
}

const isBeginning = ({ type }: OutboxEvent) => type !== 'company.deleted';

/** The connection that is asked for; all of the company's when that is on its way out. */
async function connectionsToo(
  { connections }: Deps,
  { companyId, connectionId }: { companyId: string; connectionId: string | undefined },
  company: Company | undefined,
): Promise<Connection[]> {
  if (company?.removed !== undefined) return connections.ofCompany(companyId);
  const one = connectionId === undefined ? undefined : await connections.find({ companyId, connectionId });
  return one === undefined ? [] : [one];
}

async function relayConnection(
  deps: Deps,
  connection: Connection,
  company: Company | undefined,
): Promise<NewEvent[]> {
  const { companyId, id: connectionId } = connection;
  const ref = { companyId, connectionId };
  const events = await append(deps, connection.outbox ?? [], { companyId, company, connection });
  const left = await deps.connections.change(ref, (held) => cleared(held, events));
  if (left === 'removed') await deps.connections.remove(ref);
  return events;
}

async function relayCompany(
  deps: Deps,
  company: Company,
  which: (event: OutboxEvent) => boolean = () => true,
): Promise<NewEvent[]> {
  const events = await append(deps, (company.outbox ?? []).filter(which), { companyId: company.id, company });
  const left = await deps.companies.change(company.id, (held) => cleared(held, events));
  if (left === 'removed') await deps.companies.remove(company.id);
  return events;
}

async function append(
  { feed, render, clock, count }: Deps,
  outbox: readonly OutboxEvent[],
  about: Parameters<RenderEvent>[1],
): Promise<NewEvent[]> {
  if (outbox.length === 0) return [];
  const tags = Object.entries(about.company?.tags ?? {});
  const events = outbox.map((event) => ({
    id: event.id,
    eventType: event.type,
    generatedDate: event.at,
    companyId: about.companyId,
    companyTags: tags.map(([key, value]) => `${key}:${value}`),
    payload: render(event, about),
  }));
  await feed.append(events, plusSeconds(clock(), keptSeconds));
  count('events.relayed', events.length);
  return events;
}

/**
 * The item without the events that have gone. One that was removed and has none left is not written again but
 * `removed`: until that is done it is found by its events.
 */
function cleared<T extends { outbox?: OutboxEvent[] | undefined; removed?: string | undefined }>(
  held: T,
  gone: readonly { id: string }[],
): { next?: T; result: 'kept' | 'removed' } {
  const ids = new Set(gone.map(({ id }) => id));
  const left = (held.outbox ?? []).filter(({ id }) => !ids.has(id));
  if (held.removed !== undefined && left.length === 0) return { result: 'removed' };
  if (left.length === (held.outbox ?? []).length) return { result: 'kept' };
  return { next: { ...held, outbox: left.length === 0 ? undefined : left }, result: 'kept' };
}
