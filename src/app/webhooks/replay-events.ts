import { askedAgain, type Delivery, newDelivery } from '../../domain/delivery.ts';
import type { FeedEvent } from '../../domain/event.ts';
import { Problem } from '../../domain/problem.ts';
import { type Webhook, wantsEvent } from '../../domain/webhook.ts';
import { awaited } from '../../domain/webhook-moves.ts';
import type { Deliveries, EventWaker, Feed, Webhooks } from '../event-ports.ts';
import type { Clock, NewId } from '../ports.ts';

/** So many events are asked for again by one request; a longer range is asked for in parts. */
const mostReplayed = 500;

/** One event, the events after a sequence (up to another), or all whose every try failed. */
export type ReplayWish =
  | { eventId: string }
  | { after: number; upTo?: number | undefined }
  | { failed: true };

/** `next` is what to ask for `after` next, when there is more. */
export type Replayed = { replayed: number; next?: number };

type Deps = {
  findWebhook: (id: string) => Promise<Webhook>;
  webhooks: Pick<Webhooks, 'change'>;
  deliveries: Deliveries;
  feed: Pick<Feed, 'find' | 'read'>;
  wakeSender: EventWaker;
  clock: Clock;
};

/** Asks for events to be sent to an endpoint again, under the ids they have. Throws Problem `not-found` for none. */
export function makeReplayEvents(deps: Deps) {
  return async (webhookId: string, wish: ReplayWish): Promise<Replayed> => {
    const webhook = await deps.findWebhook(webhookId);
    if (webhook.disabled !== undefined) {
      throw new Problem('conflict', 'This webhook is disabled. Enable it first.');
    }
    const { events, next } = await wished(deps, webhook, wish);
    for (const event of events) await askFor(deps, webhookId, event);
    if (events.length > 0) await wakeFor(deps, webhookId);
    return { replayed: events.length, ...(next === undefined ? {} : { next }) };
  };
}

async function wished(
  deps: Deps,
  webhook: Webhook,
  wish: ReplayWish,
): Promise<{ events: FeedEvent[]; next?: number }> {
  if ('eventId' in wish) {
    const event = await deps.feed.find(wish.eventId);
    if (event === undefined) {
      throw new Problem('not-found', `There is no event with the id ${wish.eventId} any more. Check the id.`);
    }
    return { events: [event] };
  }
  if ('failed' in wish) return { events: await failedOnes(deps, webhook) };
  const { events, last } = await deps.feed.read({ after: wish.after, limit: mostReplayed });
  const upTo = Math.min(wish.upTo ?? last, last);
  const inside = events.filter(({ sequence }) => sequence <= upTo);
  const reached = inside.at(-1)?.sequence ?? upTo;
  return {
    events: inside.filter((event) => wantsEvent(webhook, event)),
    ...(reached < upTo ? { next: reached } : {}),
  };
}

async function failedOnes({ deliveries, feed }: Deps, { id }: Webhook): Promise<FeedEvent[]> {
  const waiting = await deliveries.waiting(id, mostReplayed);
  const failed = waiting.filter(({ status }) => status === 'Failure' || status === 'Attempting');
  const events = await Promise.all(failed.map(({ test, eventId }) => test ?? feed.find(eventId)));
  return events.filter((event) => event !== undefined);
}

async function askFor({ deliveries, clock }: Deps, webhookId: string, event: FeedEvent): Promise<void> {
  const of = { sequence: event.sequence, eventId: event.id };
  await deliveries.change(webhookId, of, (held) => {
    const next: Delivery = held ? askedAgain(held, clock()) : newDelivery(event, clock());
    return { next, result: undefined };
  });
}

/** The deliveries are written: now the endpoint's own item says that something waits, and a sender is woken. */
async function wakeFor(
  { webhooks, wakeSender, clock }: Pick<Deps, 'webhooks' | 'wakeSender' | 'clock'>,
  webhookId: string,
): Promise<void> {
  await webhooks.change(webhookId, (held) => ({ next: awaited(held, clock()), result: undefined }));
  await wakeSender({ kind: 'deliver', webhookId });
}

/** Sends an event of no company to one endpoint, whatever it chose. Answers the event's id. */
export function makeTestWebhook(deps: Omit<Deps, 'feed'> & { feed: Pick<Feed, 'last'>; newId: NewId }) {
  return async (webhookId: string): Promise<{ eventId: string }> => {
    const webhook = await deps.findWebhook(webhookId);
    if (webhook.disabled !== undefined) {
      throw new Problem('conflict', 'This webhook is disabled. Enable it first.');
    }
    const event: FeedEvent = {
      id: deps.newId(),
      eventType: 'webhook.test',
      generatedDate: deps.clock(),
      sequence: await deps.feed.last(),
      companySequence: 0,
      companyId: '',
      companyTags: [],
      payload: { webhookId, message: 'This is a test.' },
    };
    const of = { sequence: event.sequence, eventId: event.id };
    await deps.deliveries.change(webhookId, of, () => ({
      next: { ...newDelivery(event, deps.clock()), test: event },
      result: undefined,
    }));
    await wakeFor(deps, webhookId);
    return { eventId: event.id };
  };
}
