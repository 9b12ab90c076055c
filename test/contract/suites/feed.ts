import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Feed } from '../../../src/app/event-ports.ts';
import type { FeedEvent, NewEvent } from '../../../src/domain/event.ts';
import { start } from '../../fakes/builders.ts';

type Made = {
  feed: Feed;
  /** Drops the events up to a sequence, as their age does. */
  forget(upTo: number): Promise<void>;
};

const expires = '2026-04-01T00:00:00.000Z';
const anEvent = (id: string, companyId = 'company-1'): NewEvent => ({
  id,
  eventType: 'read.completed',
  generatedDate: start,
  companyId,
  companyTags: ['region:west'],
  payload: { dataTypes: [] },
});
const idsOf = (events: readonly FeedEvent[]) => events.map(({ id }) => id);
const sequencesOf = (events: readonly FeedEvent[]) => events.map(({ sequence }) => sequence);
const upTo = (count: number) => Array.from({ length: count }, (_, n) => n + 1);

/** What every feed promises. `make` gives an empty one. */
export function feedContract(name: string, make: () => Promise<Made>): void {
  describe(`feed: ${name}`, () => {
    let feed: Feed;
    let forget: Made['forget'];
    const append = (...events: NewEvent[]) => feed.append(events, expires);
    beforeEach(async () => {
      ({ feed, forget } = await make());
    });

    it('is empty at first', async () => {
      expect(await feed.read({ after: 0, limit: 10 })).toEqual({ events: [], last: 0, skipped: false });
    });

    it('gives each event its place, in the feed and among its company’s', async () => {
      await append(anEvent('a'), anEvent('b', 'company-2'));
      await append(anEvent('c'));

      const { events, last } = await feed.read({ after: 0, limit: 10 });

      expect(last).toBe(3);
      expect(events).toEqual([
        { ...anEvent('a'), sequence: 1, companySequence: 1 },
        { ...anEvent('b', 'company-2'), sequence: 2, companySequence: 1 },
        { ...anEvent('c'), sequence: 3, companySequence: 2 },
      ]);
    });

    it('takes an event once, however often it is said', async () => {
      await append(anEvent('a'));
      await append(anEvent('a'), anEvent('b'));
      await append(anEvent('b'), anEvent('a'));

      expect(idsOf((await feed.read({ after: 0, limit: 10 })).events)).toEqual(['a', 'b']);
    });

    it('reads on from any sequence, of all or of one company', async () => {
      await append(...upTo(60).map((n) => anEvent(`e${n}`, n % 2 === 0 ? 'even' : 'odd')));

      expect(sequencesOf((await feed.read({ after: 57, limit: 2 })).events)).toEqual([58, 59]);
      expect(sequencesOf((await feed.read({ after: 60, limit: 2 })).events)).toEqual([]);
      const even = await feed.read({ after: 50, limit: 3, companyId: 'even' });
      expect([sequencesOf(even.events), even.last]).toEqual([[52, 54, 56], 60]);
      expect((await feed.read({ after: 0, limit: 3, companyId: 'nobody' })).events).toEqual([]);
    });

    it('finds an event by its id, and knows the newest', async () => {
      await append(anEvent('a'), anEvent('b'));

      expect(await feed.find('b')).toMatchObject({ id: 'b', sequence: 2 });
      expect(await feed.find('c')).toBeUndefined();
      expect(await feed.last()).toBe(2);
    });

    it('says when the events after a cursor are no longer kept, and begins with the oldest that are', async () => {
      await append(...upTo(20).map((n) => anEvent(`e${n}`)));
      await forget(7);

      const behind = await feed.read({ after: 3, limit: 2 });
      const inside = await feed.read({ after: 7, limit: 2 });

      expect([behind.skipped, sequencesOf(behind.events)]).toEqual([true, [8, 9]]);
      expect([inside.skipped, sequencesOf(inside.events)]).toEqual([false, [8, 9]]);
    });

    it('shows a reader who reads on every event once and in order, while many write at once', async () => {
      const seen: FeedEvent[] = [];
      let writing = true;
      const readOn = async () => {
        let after = 0;
        for (let still = true; still; ) {
          // Looked at before the read: what is written until then is in it.
          still = writing;
          const { events } = await feed.read({ after, limit: 7 });
          seen.push(...events);
          after = events.at(-1)?.sequence ?? after;
          still ||= events.length > 0;
        }
      };
      const write = async (writer: number) => {
        for (const n of upTo(5)) {
          const some = upTo(3).map((part) =>
            anEvent(`${writer}-${n}-${part}`, `company-${(writer + n) % 3}`),
          );
          // Half of them say it twice, as after a crash.
          await append(...some);
          if (n % 2 === 0) await append(...some);
        }
      };

      const reading = readOn();
      await Promise.all(upTo(4).map(write));
      writing = false;
      await reading;

      expect(sequencesOf(seen)).toEqual(upTo(60));
      expect(new Set(idsOf(seen)).size).toBe(60);
      for (const company of ['company-0', 'company-1', 'company-2']) {
        const own = seen.filter(({ companyId }) => companyId === company);
        expect(own.map(({ companySequence }) => companySequence)).toEqual(upTo(own.length));
      }
    });
  });
}
