import type { NewEvent } from '../../domain/event.ts';
import { isDue, wantsEvent } from '../../domain/webhook.ts';
import type { EventWaker, Feed, Webhooks } from '../event-ports.ts';
import type { Clock } from '../ports.ts';

type Deps = { webhooks: Pick<Webhooks, 'all'>; waker: EventWaker };

/** Wakes a sender for each endpoint that wants any of these events. */
export function makeWakeSenders({ webhooks, waker }: Deps): (events: readonly NewEvent[]) => Promise<void> {
  return async (events) => {
    if (events.length === 0) return;
    for (const webhook of await webhooks.all()) {
      const wanted = webhook.disabled === undefined && events.some((event) => wantsEvent(webhook, event));
      if (wanted) await waker({ kind: 'deliver', webhookId: webhook.id });
    }
  };
}

/** The schedule's part in sending: endpoints with something due, whether or not anybody was woken for them. */
export function makePlanSenders(
  deps: Deps & { feed: Pick<Feed, 'last'>; clock: Clock },
): () => Promise<number> {
  return async () => {
    const all = await deps.webhooks.all();
    if (all.length === 0) return 0;
    const [last, now] = [await deps.feed.last(), deps.clock()];
    const due = all.filter((webhook) => isDue(webhook, last, now));
    for (const { id } of due) await deps.waker({ kind: 'deliver', webhookId: id });
    return due.length;
  };
}
