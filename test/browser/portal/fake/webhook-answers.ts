import { randomUUID } from 'node:crypto';
import { eventTypes } from '../../../../src/domain/event.ts';
import { type Answers, done, made, ok, refuse } from './answers.ts';
import type { FakeLedgerlink } from './fake-ledgerlink.ts';

type Answer = Answers[string];
type FakeWebhook = FakeLedgerlink['webhooks'][number];
type AboutWebhook = (...asked: [FakeLedgerlink, FakeWebhook, Parameters<Answer>[1]]) => ReturnType<Answer>;

const secret = () => `whsec_${randomUUID()}`;

/** Endpoints that are told of events. */
export const webhookAnswers: Answers = {
  listWebhooks: ({ webhooks }) => ok({ results: webhooks.map(reply) }),
  listEventTypes: () =>
    ok({
      results: Object.entries(eventTypes).map(([eventType, description]) => ({ eventType, description })),
    }),
  createWebhook: (server, { body }) => {
    const webhook: FakeWebhook = {
      id: randomUUID(),
      ...wished(body),
      createdDate: '2026-03-02T10:00:00.000Z',
      lastSequence: 0,
      deliveries: [],
    };
    server.webhooks.push(webhook);
    return made({ ...reply(webhook), secret: secret() });
  },
  getWebhook: of((_server, webhook) => ok(reply(webhook))),
  replaceWebhook: of((_server, webhook, { body }) => {
    delete webhook.disabledReason;
    return ok(reply(Object.assign(webhook, wished(body))));
  }),
  deleteWebhook: of((server, webhook) => {
    server.webhooks = server.webhooks.filter((one) => one !== webhook);
    return done;
  }),
  rotateWebhookSecret: of(() => made({ secret: secret(), previousUntil: '2026-03-04T10:00:00.000Z' })),
  testWebhook: of((server, webhook) => {
    const eventId = randomUUID();
    server.tests.push(webhook.id);
    webhook.deliveries.unshift({
      eventId,
      eventType: 'webhook.test',
      sequence: webhook.lastSequence,
      status: 'Sending',
      createdDate: '2026-03-03T10:00:00.000Z',
      attempts: [],
    });
    return ok({ eventId });
  }),
  listDeliveries: of((_server, { deliveries }, { query }) => {
    const before = Number(query['before'] ?? Number.POSITIVE_INFINITY);
    const limit = Number(query['limit'] ?? 100);
    const older = deliveries.filter(({ sequence }) => sequence < before);
    const results = older.slice(0, limit);
    return ok({ results, ...(older.length > limit ? { next: results.at(-1)?.sequence } : {}) });
  }),
  replayEvents: of((server, _webhook, { body }) => {
    server.replays.push(body);
    const reached =
      Number(body['upTo'] ?? 0) > server.replayUpTo && Number(body['after']) < server.replayUpTo;
    return ok({
      replayed: 'failed' in body ? 2 : 1,
      ...(reached ? { next: server.replayUpTo } : {}),
    });
  }),
};

function of(answer: AboutWebhook): Answer {
  return (server, asked) => {
    const id = asked.params['webhookId'];
    const webhook = server.webhooks.find((one) => one.id === id);
    return webhook ? answer(server, webhook, asked) : refuse(404, `There is no webhook with the id ${id}.`);
  };
}

function reply({ deliveries: _deliveries, ...webhook }: FakeWebhook) {
  return webhook;
}

function wished({ url, disabled, eventTypes: types, companyTags }: Readonly<Record<string, unknown>>) {
  const off = disabled === true;
  return {
    url: String(url),
    disabled: off,
    eventTypes: Array.isArray(types) ? types.map(String) : [],
    companyTags: Array.isArray(companyTags) ? companyTags.map(String) : [],
    health: off ? ('disabled' as const) : ('healthy' as const),
    ...(off ? { disabledReason: 'asked' as const } : {}),
  };
}
