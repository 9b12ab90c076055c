import * as z from 'zod';
import type { World } from './world.ts';

// I5: whatever changed is told, in order and without a gap, and the consumer hears of all of it.

/** What must hold in any moment. */
export function wronglyTold(world: World): string[] {
  const { stores, consumer } = world;
  const feed = stores.allEvents();
  const found = [...stores.told.wrong, ...gaps(feed)];
  const known = new Map(feed.map((event) => [event.id, event]));
  const companies = new Set(stores.told.committed.map(({ source }) => source.split('/')[0] ?? ''));
  for (const { id, body, signed } of consumer.received) {
    const event = known.get(id);
    if (!signed) found.push(`I5 ${id} was not signed`);
    if (event === undefined) found.push(`I5 ${id} was sent, and is not in the feed`);
    else if (Sent.parse(JSON.parse(body)).sequence !== event.sequence)
      found.push(`I5 ${id} was sent as another than it is in the feed`);
    else if ([...companies].some((other) => other !== event.companyId && body.includes(other)))
      found.push(`I7 ${id} names another company`);
  }
  return found;
}

const Sent = z.object({ sequence: z.number() });

type Events = ReturnType<World['stores']['allEvents']>;

function gaps(feed: Events): string[] {
  const found: string[] = [];
  const counts = new Map<string, number>();
  for (const [n, { id, companyId, sequence, companySequence }] of feed.entries()) {
    const count = (counts.get(companyId) ?? 0) + 1;
    counts.set(companyId, count);
    if (sequence !== n + 1 || companySequence !== count)
      found.push(`I5 ${id} is not in its place of the feed`);
  }
  if (new Set(feed.map(({ id }) => id)).size < feed.length) found.push('I5 an event is in the feed twice');
  return found;
}

/** What must hold after a while of quiet: each event is in the feed, in the order of its changes, and was received. */
export function untold({ stores, consumer }: World): string[] {
  const places = new Map(stores.allEvents().map(({ id, sequence }) => [id, sequence]));
  const received = new Set(consumer.received.map(({ id }) => id));
  const found: string[] = [];
  const last = new Map<string, number>();
  for (const { source, id, type } of stores.told.committed) {
    const place = places.get(id);
    if (place === undefined) found.push(`I5 ${type} of ${source} is not in the feed`);
    else if (place < (last.get(source) ?? 0)) found.push(`I5 ${type} of ${source} is before an older one`);
    else last.set(source, place);
    if (!received.has(id)) found.push(`I5 ${type} of ${source} was never received`);
  }
  return found;
}
