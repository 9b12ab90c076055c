import {
  type Answer,
  afterAttempt,
  broughtForward,
  type Delivery,
  newDelivery,
  withoutEvent,
} from '../../domain/delivery.ts';
import type { FeedEvent } from '../../domain/event.ts';
import { type Instant, plusSeconds, secondsBetween } from '../../domain/instant.ts';
import { isPaused, liveSecrets, type Webhook, wantsEvent } from '../../domain/webhook.ts';
import { afterBatch, isProbing, leaveSending, takeSending } from '../../domain/webhook-moves.ts';
import type { Deliveries, EventWaker, Feed, PostWebhook, Webhooks } from '../event-ports.ts';
import type { Clock, Count, Log, NewId, Sealer } from '../ports.ts';
import { signedHeaders } from './sign-message.ts';

/** Attempts made at once to one endpoint. */
const atOnce = 8;
/** Events looked at in the feed at once: most endpoints want few of them. */
const lookedAt = 100;
/** What waits is brought forward so many at a time; the rest comes by its own time or the next recovery. */
const broughtAtOnce = 500;
/** A retry that is due within this time gets a message of its own; later ones the schedule finds. SQS delays no more. */
const soonSeconds = 900;

type Deps = {
  webhooks: Pick<Webhooks, 'change'>;
  deliveries: Deliveries;
  feed: Pick<Feed, 'read' | 'find'>;
  sealer: Pick<Sealer, 'open'>;
  post: PostWebhook;
  /** What is sent of an event. */
  bodyOf: (event: FeedEvent) => string;
  waker: EventWaker;
  clock: Clock;
  newId: NewId;
  random: () => number;
  log: Log;
  count: Count;
};

type Item = { event: FeedEvent; delivery: Delivery };
/** What to attempt now, and up to where the feed is done with once it was. */
type Batch = { items: Item[]; cursor: number };
type Turn = { webhook: Webhook; owner: string; secrets: readonly string[] };

export type Sent = 'sent' | 'busy' | 'resting' | 'gone';

/**
 * One sender's turn on one endpoint: what is due again first, then what is new in the feed, until there is nothing or
 * `deadline` comes. Attempts are written down before the cursor moves on: who dies in between makes them again, under
 * the same event id.
 */
export function makeDeliverEvents(deps: Deps): (webhookId: string, deadline: Instant) => Promise<Sent> {
  return async (webhookId, deadline) => {
    const owner = deps.newId();
    const taken = await deps.webhooks.change(webhookId, (one) => takeSending(one, owner, deps.clock()));
    if (taken === undefined) return 'gone';
    if (taken.kind !== 'taken') return taken.kind;
    const secrets = await openSecrets(deps, taken.webhook);
    let turn: Turn | undefined = { webhook: taken.webhook, owner, secrets };
    while (turn !== undefined) {
      turn = await sendAll(deps, turn, deadline);
      turn &&= await leave(deps, turn, deadline);
    }
    return 'sent';
  };
}

function openSecrets({ sealer, clock }: Deps, webhook: Webhook): Promise<string[]> {
  return Promise.all(
    liveSecrets(webhook, clock()).map(({ id, sealed }) => sealer.open(sealed, { purpose: 'webhook', id })),
  );
}

/** Batch after batch; undefined when the endpoint is no longer this sender's. */
async function sendAll(deps: Deps, turn: Turn, deadline: Instant): Promise<Turn | undefined> {
  let { webhook } = turn;
  while (deps.clock() < deadline && webhook.disabled === undefined && !isPaused(webhook, deps.clock())) {
    const batch = await nextBatch(deps, webhook);
    if (batch === undefined) break;
    const answers = await attemptAll(deps, { ...turn, webhook }, batch.items);
    const moved = await deps.webhooks.change(webhook.id, (held) => {
      if (held.lease?.owner !== turn.owner) return { result: undefined };
      const next = afterBatch(held, { answers, cursor: batch.cursor }, deps.clock());
      return { next: next.webhook, result: next };
    });
    if (moved === undefined) return undefined;
    if (moved.recovered) await bringForward(deps, webhook.id);
    ({ webhook } = moved);
  }
  return { ...turn, webhook };
}

async function nextBatch(deps: Deps, webhook: Webhook): Promise<Batch | undefined> {
  const most = isProbing(webhook) ? 1 : atOnce;
  const again = await dueAgain(deps, webhook, most);
  if (again.length > 0) return { items: again, cursor: webhook.cursor };
  const { events, last, skipped } = await deps.feed.read({ after: webhook.cursor, limit: lookedAt });
  if (skipped) deps.log.error('webhook.events.lost', { webhook: webhook.id, after: webhook.cursor });
  if (events.length === 0) return webhook.cursor < last ? { items: [], cursor: last } : undefined;
  const wanted = events.filter((event) => wantsEvent(webhook, event));
  const now = deps.clock();
  const items = wanted.slice(0, most).map((event) => ({ event, delivery: newDelivery(event, now) }));
  // Up to the last one that is attempted; up to the last that was looked at when all wanted ones are.
  const upTo = wanted.length > most ? items.at(-1)?.event : events.at(-1);
  return { items, cursor: upTo?.sequence ?? webhook.cursor };
}

async function dueAgain({ deliveries, feed, clock }: Deps, webhook: Webhook, most: number): Promise<Item[]> {
  const now = clock();
  const waiting = await deliveries.waiting(webhook.id, most);
  const due = waiting.filter((one) => one.due !== undefined && one.due <= now);
  const found = await Promise.all(
    due.map(async (delivery) => ({ delivery, event: delivery.test ?? (await feed.find(delivery.eventId)) })),
  );
  const items: Item[] = [];
  for (const { delivery, event } of found) {
    if (event !== undefined) items.push({ delivery, event });
    else await end(deliveries, webhook.id, delivery);
  }
  return items;
}

/** An event that is no longer kept ends its delivery. */
async function end(deliveries: Deliveries, webhookId: string, delivery: Delivery): Promise<void> {
  await deliveries.change(webhookId, delivery, (held) =>
    held === undefined ? { result: undefined } : { next: withoutEvent(held), result: undefined },
  );
}

function attemptAll(deps: Deps, turn: Turn, items: readonly Item[]): Promise<Answer[]> {
  return Promise.all(
    items.map(async ({ event, delivery }) => {
      const body = deps.bodyOf(event);
      const headers = signedHeaders({ id: event.id, body, at: deps.clock() }, turn.secrets);
      const answer = await deps.post(turn.webhook.url, { headers, body });
      const tried = await deps.deliveries.change(turn.webhook.id, delivery, (held) => {
        const next = afterAttempt(held ?? delivery, answer, deps.clock(), deps.random());
        return { next, result: next };
      });
      deps.count(`webhook.${tried.status.toLowerCase()}`);
      deps.log.info('webhook.attempted', {
        webhook: turn.webhook.id,
        event: event.id,
        type: event.eventType,
        attempt: tried.tries,
        ...answer,
      });
      return answer;
    }),
  );
}

async function bringForward({ deliveries, clock }: Deps, webhookId: string): Promise<void> {
  const now = clock();
  for (const one of await deliveries.waiting(webhookId, broughtAtOnce)) {
    await deliveries.change(webhookId, one, (held) =>
      held === undefined ? { result: undefined } : { next: broughtForward(held, now), result: undefined },
    );
  }
}

/** Gives the endpoint up, or goes on when somebody asked meanwhile. Wakes itself for what is due soon. */
async function leave(deps: Deps, turn: Turn, deadline: Instant): Promise<Turn | undefined> {
  const [first] = await deps.deliveries.waiting(turn.webhook.id, 1);
  const late = deps.clock() >= deadline;
  const left = await deps.webhooks.change(turn.webhook.id, (held) => {
    const decision = leaveSending(held, turn.owner, first?.due, late);
    return { ...decision, result: { kind: decision.result, webhook: decision.next ?? held } };
  });
  if (left?.kind === 'again') return { ...turn, webhook: left.webhook };
  if (left !== undefined) await wakeSoon(deps, left.webhook, late);
  return undefined;
}

async function wakeSoon(deps: Deps, webhook: Webhook, late: boolean): Promise<void> {
  if (webhook.disabled !== undefined) return;
  const now = deps.clock();
  const next = [late ? now : undefined, webhook.due].filter((one) => one !== undefined).sort()[0];
  const paused = webhook.pausedUntil;
  const at = paused !== undefined && (next ?? '') < paused ? paused : next;
  if (at === undefined || secondsBetween(now, at) > soonSeconds) return;
  const delaySeconds = Math.max(0, Math.ceil(secondsBetween(now, at)));
  await deps.waker({ kind: 'deliver', webhookId: webhook.id }, { delaySeconds });
}

/** How much time before its end a sender begins nothing more: one attempt takes up to fifteen seconds. */
export function deadlineOf(now: Instant, millisLeft: number): Instant {
  return plusSeconds(now, millisLeft / 1000 - 25);
}
