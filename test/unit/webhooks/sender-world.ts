import { Webhook as Verifier } from 'standardwebhooks';
import type { Deliveries, EventWake, Feed, PostWebhook, Webhooks } from '../../../src/app/event-ports.ts';
import {
  makeFindWebhook,
  makeReplaceWebhook,
  makeRotateSecret,
} from '../../../src/app/webhooks/change-webhook.ts';
import { makeCreateWebhook } from '../../../src/app/webhooks/create-webhook.ts';
import { makeDeliverEvents } from '../../../src/app/webhooks/deliver-events.ts';
import { makeReplayEvents, makeTestWebhook } from '../../../src/app/webhooks/replay-events.ts';
import { makePlanSenders, makeWakeSenders } from '../../../src/app/webhooks/wake-senders.ts';
import type { WebhookFacts } from '../../../src/app/webhooks/webhook-facts.ts';
import type { Answer } from '../../../src/domain/delivery.ts';
import type { EventType } from '../../../src/domain/event.ts';
import { plusSeconds } from '../../../src/domain/instant.ts';
import { eventBody } from '../../../src/http/wire/event-reply.ts';
import { start } from '../../fakes/builders.ts';
import { makeClock, makeIds } from '../../fakes/clock.ts';
import { memoryFeed } from '../../fakes/feed.ts';
import { memoryCount, memoryLog } from '../../fakes/log.ts';
import { turn } from '../../fakes/memory-table.ts';
import { memorySealer } from '../../fakes/sealer.ts';
import { memoryDeliveries, memoryWebhooks } from '../../fakes/webhooks.ts';

/** What an endpoint got: the id of the event, and when; verified by the stock verifier with the endpoint's secret. */
export type Received = { id: string; at: string; body: unknown; sequence: unknown };

type Worn = {
  webhooks?: (real: Webhooks) => Webhooks;
  deliveries?: (real: Deliveries) => Deliveries;
  feed?: (real: Feed) => Feed;
};

/** Endpoints, the sender and the schedule, on a clock that is moved by hand. */
export function senderWorld(worn: Worn = {}) {
  const time = makeClock(start);
  const plain = { webhooks: memoryWebhooks(), deliveries: memoryDeliveries() };
  const { feed, forget } = memoryFeed();
  const { log, lines } = memoryLog();
  const received = new Map<string, Received[]>();
  const secrets = new Map<string, string>();
  const woken: { wake: EventWake; at: string }[] = [];
  const waker = async (wake: EventWake, options?: { delaySeconds?: number }) => {
    await turn();
    woken.push({ wake, at: plusSeconds(time.clock(), options?.delaySeconds ?? 0) });
  };
  /** What each endpoint answers; a test changes it. */
  const answers = new Map<string, (body: unknown) => Partial<Answer> | Promise<Partial<Answer>>>();
  let unverified = 0;
  const post: PostWebhook = async (url, { headers, body }) => {
    await turn();
    const secret = secrets.get(url) ?? '';
    // Its own clock is the machine's, so the stock verifier is asked for the signature at the message's own time.
    const sent = Number(headers['webhook-timestamp']) * 1000;
    const signature = new Verifier(secret).sign(headers['webhook-id'] ?? '', new Date(sent), body);
    const given = (headers['webhook-signature'] ?? '').split(' ');
    if (!given.includes(signature)) unverified += 1;
    const answer = await (answers.get(url) ?? (() => ({ status: 204 })))(JSON.parse(body));
    const parsed: { sequence?: unknown } = JSON.parse(body);
    const some = received.get(url) ?? [];
    const ok = answer.status !== undefined && answer.status < 300;
    if (ok)
      some.push({
        id: headers['webhook-id'] ?? '',
        at: time.clock(),
        body: parsed,
        sequence: parsed.sequence,
      });
    received.set(url, some);
    return { milliseconds: 3, ...answer };
  };
  let tokens = 0;
  const ports = {
    webhooks: plain.webhooks,
    deliveries: plain.deliveries,
    feed,
    sealer: memorySealer(),
    checkUrl: async () => undefined,
    clock: time.clock,
    newId: makeIds(),
    newToken: () => {
      tokens += 1;
      return Buffer.from(String(tokens).padStart(32, 'k')).toString('base64url');
    },
    waker,
    wakeSender: waker,
    log,
    count: memoryCount().count,
    random: () => 0.5,
    post,
    bodyOf: eventBody,
  };
  const deliverOf = (deps: typeof ports) => makeDeliverEvents(deps);
  const deliver = deliverOf({
    ...ports,
    webhooks: worn.webhooks?.(plain.webhooks) ?? plain.webhooks,
    deliveries: worn.deliveries?.(plain.deliveries) ?? plain.deliveries,
    feed: worn.feed?.(feed) ?? feed,
  });
  const create = makeCreateWebhook(ports);
  const wakeSenders = makeWakeSenders(ports);
  const plan = makePlanSenders(ports);
  const findWebhook = makeFindWebhook(ports);
  let told = 0;
  const deadline = () => plusSeconds(time.clock(), 90);
  const world = {
    ...time,
    ...plain,
    feed,
    forget,
    lines,
    answers,
    woken,
    deliver: (id: string) => deliver(id, deadline()),
    replay: makeReplayEvents({ ...ports, findWebhook }),
    test: makeTestWebhook({ ...ports, findWebhook }),
    rotate: makeRotateSecret(ports),
    replace: makeReplaceWebhook(ports),
    unverified: () => unverified,
    secrets,
    endpoint: async (url: string, facts: Partial<WebhookFacts> = {}) => {
      const wish = { url, disabled: false, eventTypes: [], companyTags: [], ...facts };
      const { webhook, secret } = await create(wish);
      secrets.set(url, secret);
      return webhook;
    },
    /** An event comes into the feed and wakes who wants it. */
    tell: async (eventType: EventType = 'read.completed', companyTags: string[] = []) => {
      told += 1;
      const event = {
        id: `event-${told}`,
        eventType,
        generatedDate: time.clock(),
        companyId: 'c',
        companyTags,
        payload: {},
      };
      await feed.append([event], '2099-01-01T00:00:00.000Z');
      await wakeSenders([event]);
      return event.id;
    },
    /** Serves every message that is due now; a sender that dies sends its message back, as the queue does. */
    settle: async () => {
      for (let next = take(); next !== undefined; next = take()) {
        const { wake } = next;
        if (wake.kind !== 'deliver') continue;
        try {
          await deliver(wake.webhookId, deadline());
        } catch {
          woken.push({ wake, at: plusSeconds(time.clock(), 150) });
        }
      }
    },
    got: (url: string) => received.get(url) ?? [],
    idsAt: (url: string) => (received.get(url) ?? []).map(({ id }) => id),
  };
  const take = () => {
    const index = woken.findIndex(({ at }) => at <= time.clock());
    return index < 0 ? undefined : woken.splice(index, 1)[0];
  };
  /** Lets time go by: the messages that come due, and the schedule once a step. */
  const pass = async (seconds: number, step = 60) => {
    for (let gone = 0; gone < seconds; gone += step) {
      world.advance(step);
      await plan();
      await world.settle();
    }
  };
  return { ...world, pass };
}
