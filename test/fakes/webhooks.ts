import type { Deliveries, Webhooks } from '../../src/app/event-ports.ts';
import type { Delivery } from '../../src/domain/delivery.ts';
import type { Webhook } from '../../src/domain/webhook.ts';
import { MemoryTable } from './memory-table.ts';

/** Endpoints in memory. */
export function memoryWebhooks(): Webhooks {
  const table = new MemoryTable<Webhook>('webhook');
  return {
    insert: (webhook) => table.insert(webhook.id, webhook),
    find: (id) => table.find(id),
    all: () => table.all(),
    change: (id, decide) => table.change(id, decide),
    remove: (id) => table.remove(id),
  };
}

type Kept = { webhookId: string; delivery: Delivery };

/** Deliveries in memory; the index is that of the table, without its delay. */
export function memoryDeliveries(): Deliveries {
  const table = new MemoryTable<Kept>('delivery');
  const of = async (webhookId: string): Promise<Delivery[]> =>
    (await table.all()).filter((kept) => kept.webhookId === webhookId).map(({ delivery }) => delivery);
  const place = ({ sequence, eventId }: Delivery) => `${String(sequence).padStart(16, '0')}#${eventId}`;
  return {
    change: (webhookId, { sequence, eventId }, decide) =>
      table.changeOrMake(JSON.stringify([webhookId, sequence, eventId]), (held) => {
        const { next, result } = decide(held?.delivery);
        return { ...(next && { next: { webhookId, delivery: next } }), result };
      }),
    list: async (webhookId, { before, limit }) => {
      const some = (await of(webhookId)).filter(({ sequence }) => before === undefined || sequence < before);
      return some.sort((a, b) => (place(a) < place(b) ? 1 : -1)).slice(0, limit);
    },
    waiting: async (webhookId, limit) => {
      const some = (await of(webhookId)).filter(({ due }) => due !== undefined);
      return some.sort((a, b) => ((a.due ?? '') < (b.due ?? '') ? -1 : 1)).slice(0, limit);
    },
  };
}
