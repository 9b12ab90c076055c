import type { Delivery } from '../../domain/delivery.ts';
import type { Webhook } from '../../domain/webhook.ts';
import type { Deliveries } from '../event-ports.ts';

/** What was sent to an endpoint, the newest event first; Problem `not-found` when there is no such endpoint. */
export function makeListDeliveries(deps: {
  findWebhook: (id: string) => Promise<Webhook>;
  deliveries: Pick<Deliveries, 'list'>;
}) {
  return async (id: string, wish: { before: number; limit: number }): Promise<Delivery[]> => {
    await deps.findWebhook(id);
    return deps.deliveries.list(id, wish);
  };
}
