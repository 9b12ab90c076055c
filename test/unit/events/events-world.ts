import type { Feed } from '../../../src/app/event-ports.ts';
import { recordCompanies, recordConnections } from '../../../src/app/events/record-changes.ts';
import { makeRelayOutbox } from '../../../src/app/events/relay-outbox.ts';
import type { Companies, Connections } from '../../../src/app/ports.ts';
import type { EventSource, FeedEvent } from '../../../src/domain/event.ts';
import { makeRenderEvent } from '../../../src/http/wire/event-payload.ts';
import { aCompany, start } from '../../fakes/builders.ts';
import { makeClock, makeIds } from '../../fakes/clock.ts';
import { memoryCompanies } from '../../fakes/companies.ts';
import { memoryConnections } from '../../fakes/connections.ts';
import { memoryFeed } from '../../fakes/feed.ts';
import { memoryCount, memoryLog } from '../../fakes/log.ts';
import { turn } from '../../fakes/memory-table.ts';
import { memoryOutboxes } from '../../fakes/outboxes.ts';

export const ref = { companyId: 'company-1', connectionId: 'connection-1' };

type Worn = {
  companies?: (real: Companies) => Companies;
  connections?: (real: Connections) => Connections;
  feed?: (real: Feed) => Feed;
};

/** Stores whose changes are told, the relay, and its feed. `worn` puts decorators around what the relay uses. */
export async function eventsWorld(worn: Worn = {}) {
  const plain = { companies: memoryCompanies(), connections: memoryConnections() };
  const { feed, all, forget } = memoryFeed();
  const time = makeClock(start);
  const { log, lines } = memoryLog();
  const announced: EventSource[] = [];
  let deaf = false;
  const deps = {
    clock: time.clock,
    newId: makeIds(),
    log,
    announce: async (source: EventSource) => {
      await turn();
      if (deaf) throw new Error('the queue is not there');
      announced.push(source);
    },
  };
  const relay = makeRelayOutbox({
    companies: worn.companies?.(plain.companies) ?? plain.companies,
    connections: worn.connections?.(plain.connections) ?? plain.connections,
    feed: worn.feed?.(feed) ?? feed,
    render: makeRenderEvent('https://books.example.com'),
    clock: time.clock,
    count: memoryCount().count,
  });
  const outboxes = memoryOutboxes(plain.companies, plain.connections);
  return {
    ...time,
    plain,
    lines,
    announced,
    feed,
    forget,
    relay,
    outboxes,
    companies: recordCompanies(plain.companies, deps),
    connections: recordConnections(plain.connections, deps),
    /** The queue of announcements is gone from now on. */
    deafen: () => {
      deaf = true;
    },
    told: (): FeedEvent[] => all(),
    typesTold: (): string[] => all().map(({ eventType }) => eventType),
    /** What the schedule does: everything that waits is moved, as often as something is left. */
    relayAll: async () => {
      for (;;) {
        const waiting = await outboxes.waiting('9999');
        if (waiting.length === 0) return;
        for (const source of waiting) await relay(source);
      }
    },
  };
}

/** A world with one company, whose own event has gone. */
export async function eventsWorldWithCompany(worn: Worn = {}) {
  const world = await eventsWorld(worn);
  await world.plain.companies.insert(aCompany({ tags: { region: 'west' } }));
  return world;
}
