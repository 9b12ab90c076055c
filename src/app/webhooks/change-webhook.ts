import { type Instant, plusSeconds } from '../../domain/instant.ts';
import { liveSecrets, type Webhook } from '../../domain/webhook.ts';
import type { CheckUrl, Feed, Webhooks } from '../event-ports.ts';
import type { Clock, NewId, NewToken, Sealer } from '../ports.ts';
import { newWebhookSecret } from './create-webhook.ts';
import { noSuchWebhook, refuseUnfit, type WebhookFacts } from './webhook-facts.ts';

/** Finds an endpoint, or Problem `not-found`. */
export function makeFindWebhook({ webhooks }: { webhooks: Pick<Webhooks, 'find'> }) {
  return async (id: string): Promise<Webhook> => {
    const webhook = await webhooks.find(id);
    if (webhook === undefined) throw noSuchWebhook(id);
    return webhook;
  };
}

/**
 * Replaces all that a caller can say about an endpoint. One that is enabled again is told of what happens from then
 * on; what happened meanwhile can be asked for again.
 */
export function makeReplaceWebhook(deps: {
  webhooks: Pick<Webhooks, 'change'>;
  feed: Pick<Feed, 'last'>;
  checkUrl: CheckUrl;
  clock: Clock;
}) {
  return async (id: string, facts: WebhookFacts): Promise<Webhook> => {
    await refuseUnfit(facts, deps.checkUrl);
    const [last, now] = [await deps.feed.last(), deps.clock()];
    const replaced = await deps.webhooks.change(id, (held): { next: Webhook; result: Webhook } => {
      const next = { ...switched(held, facts.disabled, last, now), ...wishesOf(facts) };
      return { next, result: next };
    });
    if (replaced === undefined) throw noSuchWebhook(id);
    return replaced;
  };
}

function wishesOf({ url, eventTypes, companyTags }: WebhookFacts) {
  return { url, eventTypes: [...eventTypes], companyTags: [...companyTags] };
}

function switched(webhook: Webhook, disabled: boolean, last: number, now: Instant): Webhook {
  if (disabled) return { ...webhook, disabled: webhook.disabled ?? { since: now, reason: 'asked' } };
  if (webhook.disabled === undefined) return webhook;
  const fresh = { disabled: undefined, pausedUntil: undefined, failingSince: undefined, failures: 0 };
  return { ...webhook, ...fresh, cursor: Math.max(webhook.cursor, last) };
}

/** Deletes an endpoint; a message that is on its way may still arrive. */
export function makeDeleteWebhook({ webhooks }: { webhooks: Pick<Webhooks, 'remove'> }) {
  return async (id: string): Promise<void> => {
    if (!(await webhooks.remove(id))) throw noSuchWebhook(id);
  };
}

/**
 * Gives an endpoint another signing secret. Until `previousUntil` messages carry a signature of the former one as
 * well; never more than these two are live. `secret` is nowhere but in this answer.
 */
export function makeRotateSecret(deps: {
  webhooks: Pick<Webhooks, 'change'>;
  sealer: Pick<Sealer, 'seal'>;
  clock: Clock;
  newId: NewId;
  newToken: NewToken;
}) {
  return async (id: string, keepHours: number): Promise<{ secret: string; previousUntil: Instant }> => {
    const { secret, text } = await newWebhookSecret(deps);
    const now = deps.clock();
    const previousUntil = plusSeconds(now, keepHours * 3600);
    const rotated = await deps.webhooks.change(id, (held) => {
      const [former] = liveSecrets(held, now);
      const kept = former === undefined || keepHours === 0 ? [] : [{ ...former, until: previousUntil }];
      return { next: { ...held, secrets: [secret, ...kept] }, result: true };
    });
    if (rotated === undefined) throw noSuchWebhook(id);
    return { secret: text, previousUntil };
  };
}
