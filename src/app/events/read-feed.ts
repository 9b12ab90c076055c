import type { EventType, FeedEvent } from '../../domain/event.ts';
import { Problem } from '../../domain/problem.ts';
import type { Feed } from '../event-ports.ts';

/** How many events one request looks through at most when it asks for some types only. */
const lookedThrough = 5000;
const atOnce = 500;

/** `next` is what to read on from; with `hasMore` there is something there already. */
export type FeedPart = { events: FeedEvent[]; next: number; hasMore: boolean };

/**
 * Events in the order of the feed, from a sequence on. Throws Problem `invalid` where that sequence says nothing: the
 * events after it are no longer kept, or it is not of this feed. The beginning (0) is always the oldest that is kept.
 */
export function makeReadFeed({ feed }: { feed: Pick<Feed, 'read'> }) {
  return async (wish: {
    after: number;
    limit: number;
    companyId?: string | undefined;
    types?: readonly EventType[] | undefined;
  }): Promise<FeedPart> => {
    const { limit, companyId } = wish;
    const wanted = (event: FeedEvent) => wish.types?.some((type) => type === event.eventType) ?? true;
    const events: FeedEvent[] = [];
    let next = wish.after;
    let hasMore = true;
    for (let looked = 0; looked < lookedThrough && hasMore && events.length < limit; looked += atOnce) {
      const most = wish.types === undefined ? limit : atOnce;
      const page = await feed.read({ after: next, limit: most, companyId });
      refuseLost(next, page);
      const some = page.events.filter(wanted).slice(0, limit - events.length);
      events.push(...some);
      const whole = page.events.length < most;
      const full = events.length === limit;
      next = full
        ? (events.at(-1)?.sequence ?? next)
        : whole
          ? page.last
          : (page.events.at(-1)?.sequence ?? next);
      hasMore = next < page.last && !(whole && !full);
    }
    return { events, next, hasMore };
  };
}

function refuseLost(
  after: number,
  page: { events: readonly FeedEvent[]; last: number; skipped: boolean },
): void {
  if (after > page.last) {
    throw new Problem(
      'invalid',
      `There is no event ${after} yet; the newest is ${page.last}. Was "after" kept from another deployment?`,
    );
  }
  if (after === 0 || !page.skipped) return;
  const oldest = page.events[0]?.sequence ?? page.last + 1;
  throw new Problem(
    'invalid',
    `The events after ${after} are no longer kept: the oldest is ${oldest}. Read the companies anew, then go on with after=${oldest - 1}.`,
  );
}
