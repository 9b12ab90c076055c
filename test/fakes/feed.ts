import type { Feed } from '../../src/app/event-ports.ts';
import type { FeedEvent } from '../../src/domain/event.ts';
import { turn } from './memory-table.ts';

/** A feed in memory. `forget` drops the events up to a sequence, as their age does. */
export function memoryFeed(): {
  feed: Feed;
  all: () => FeedEvent[];
  forget(upTo: number): Promise<void>;
} {
  const events: FeedEvent[] = [];
  let forgotten = 0;
  const feed: Feed = {
    append: async (added) => {
      await turn();
      for (const event of added) {
        if (events.some(({ id }) => id === event.id)) continue;
        const before = events.filter(({ companyId }) => companyId === event.companyId).length;
        events.push(structuredClone({ ...event, sequence: events.length + 1, companySequence: before + 1 }));
      }
    },
    last: async () => {
      await turn();
      return events.length;
    },
    find: async (id) => {
      await turn();
      return structuredClone(events.slice(forgotten).find((event) => event.id === id));
    },
    read: async ({ after, limit, companyId }) => {
      await turn();
      const kept = events.slice(Math.max(after, forgotten));
      const some = kept.filter((event) => companyId === undefined || event.companyId === companyId);
      const skipped = companyId === undefined && after < forgotten && after < events.length;
      return { events: structuredClone(some.slice(0, limit)), last: events.length, skipped };
    },
  };
  return {
    feed,
    all: () => [...events],
    forget: async (upTo) => {
      forgotten = upTo;
    },
  };
}
