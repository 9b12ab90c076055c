import { Problem } from '../../domain/problem.ts';
import { isWantableType } from '../../domain/webhook.ts';
import type { CheckUrl } from '../event-ports.ts';

/** What a caller says about an endpoint. */
export type WebhookFacts = {
  url: string;
  disabled: boolean;
  eventTypes: readonly string[];
  companyTags: readonly string[];
};

const refusals = {
  'not-https': 'Use an address that begins with https://.',
  'not-a-port': 'Only the ports 443 and 8443 are possible.',
  'not-public': 'Its host is not on the public internet.',
  'no-such-host': 'Its host cannot be found.',
} as const satisfies Record<NonNullable<Awaited<ReturnType<CheckUrl>>>, string>;

/** Throws Problem `invalid` where nothing could ever be sent: the URL, or a type that does not exist. */
export async function refuseUnfit(facts: Pick<WebhookFacts, 'url' | 'eventTypes'>, checkUrl: CheckUrl) {
  const unknown = facts.eventTypes.find((type) => !isWantableType(type));
  if (unknown !== undefined) {
    throw new Problem('invalid', `There is no event type "${unknown}". GET /webhooks/eventTypes lists them.`);
  }
  const reason = await checkUrl(facts.url);
  if (reason !== undefined) {
    throw new Problem('invalid', `The webhook's address cannot be used. ${refusals[reason]}`);
  }
}

export function noSuchWebhook(id: string): Problem {
  return new Problem('not-found', `There is no webhook with the id ${id}. Check the id.`);
}
