import { Problem } from '../../domain/problem.ts';
import type { Webhook, WebhookSecret } from '../../domain/webhook.ts';
import type { CheckUrl, Feed, Webhooks } from '../event-ports.ts';
import type { Clock, NewId, NewToken, Sealer } from '../ports.ts';
import { secretText } from './sign-message.ts';
import { refuseUnfit, type WebhookFacts } from './webhook-facts.ts';

/** As many as Codat's. */
const maxWebhooks = 50;

type SecretDeps = { sealer: Pick<Sealer, 'seal'>; newId: NewId; newToken: NewToken };

/** A new signing secret: its text is nowhere but in this answer. */
export async function newWebhookSecret(deps: SecretDeps): Promise<{ secret: WebhookSecret; text: string }> {
  const id = deps.newId();
  const text = secretText(deps.newToken());
  return { secret: { id, sealed: await deps.sealer.seal(text, { purpose: 'webhook', id }) }, text };
}

/**
 * Makes an endpoint that is told of what happens from now on. `secret` is nowhere but in this answer. `creates` is its
 * id when the call may be made again.
 */
export function makeCreateWebhook(
  deps: SecretDeps & {
    webhooks: Pick<Webhooks, 'insert' | 'all' | 'remove'>;
    feed: Pick<Feed, 'last'>;
    checkUrl: CheckUrl;
    clock: Clock;
  },
) {
  return async (facts: WebhookFacts, creates?: string): Promise<{ webhook: Webhook; secret: string }> => {
    await refuseUnfit(facts, deps.checkUrl);
    // A request that died before it could tell the secret to anybody left one whose messages nobody can check.
    if (creates !== undefined) await deps.webhooks.remove(creates);
    if ((await deps.webhooks.all()).length >= maxWebhooks) {
      throw new Problem(
        'conflict',
        `There are ${maxWebhooks} webhooks already. Delete one that is not used first.`,
      );
    }
    const { secret, text } = await newWebhookSecret(deps);
    const now = deps.clock();
    const webhook: Webhook = {
      id: creates ?? deps.newId(),
      url: facts.url,
      created: now,
      eventTypes: [...facts.eventTypes],
      companyTags: [...facts.companyTags],
      ...(facts.disabled ? { disabled: { since: now, reason: 'asked' } } : {}),
      secrets: [secret],
      cursor: await deps.feed.last(),
      failures: 0,
    };
    await deps.webhooks.insert(webhook);
    return { webhook, secret: text };
  };
}
