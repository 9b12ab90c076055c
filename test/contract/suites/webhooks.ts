import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Deliveries, Webhooks } from '../../../src/app/event-ports.ts';
import type { Delivery } from '../../../src/domain/delivery.ts';
import { aWebhook, start } from '../../fakes/builders.ts';

/** What every store of endpoints promises. `make` gives an empty one. */
export function webhooksContract(name: string, make: () => Promise<{ webhooks: Webhooks }>): void {
  describe(`webhooks: ${name}`, () => {
    it('finds, lists and removes what was inserted', async () => {
      const { webhooks } = await make();
      const failing = aWebhook({
        id: 'webhook-2',
        failingSince: start,
        disabled: { since: start, reason: 'gone' },
      });

      await webhooks.insert(aWebhook());
      await webhooks.insert(failing);

      expect(await webhooks.find('webhook-2')).toEqual(failing);
      expect((await webhooks.all()).map(({ id }) => id).sort()).toEqual(['webhook-1', 'webhook-2']);
      expect([await webhooks.remove('webhook-1'), await webhooks.remove('webhook-1')]).toEqual([true, false]);
      expect(await webhooks.find('webhook-1')).toBeUndefined();
      await expect(webhooks.insert(failing)).rejects.toMatchObject({ kind: 'conflict' });
    });

    it('loses no change of many at once, and changes nothing that is not there', async () => {
      const { webhooks } = await make();
      await webhooks.insert(aWebhook());

      await Promise.all(
        Array.from({ length: 6 }, () =>
          webhooks.change('webhook-1', (one) => ({ next: { ...one, cursor: one.cursor + 1 }, result: 0 })),
        ),
      );

      expect((await webhooks.find('webhook-1'))?.cursor).toBe(6);
      expect(await webhooks.change('nothing', (one) => ({ next: one, result: 1 }))).toBeUndefined();
    });
  });
}

const minute = (n: number) => `2026-03-02T15:0${n}:00.000Z`;
const aDelivery = (sequence: number, due?: string): Delivery => ({
  eventId: `event-${sequence}`,
  eventType: 'read.completed',
  sequence,
  status: due === undefined ? 'Success' : 'Attempting',
  created: start,
  tries: 1,
  since: start,
  attempts: [{ at: start, milliseconds: 3, status: 500 }],
  ...(due === undefined ? {} : { due }),
});

/** What every list of deliveries promises. `make` gives an empty one. */
export function deliveriesContract(name: string, make: () => Promise<{ deliveries: Deliveries }>): void {
  describe(`deliveries: ${name}`, () => {
    let deliveries: Deliveries;
    const put = (delivery: Delivery, webhookId = 'webhook-1') =>
      deliveries.change(webhookId, delivery, () => ({ next: delivery, result: undefined }));
    beforeEach(async () => {
      deliveries = (await make()).deliveries;
    });

    it('lists those of one endpoint, the newest event first, in pages', async () => {
      for (const sequence of [2, 10, 9]) await put(aDelivery(sequence));
      await put(aDelivery(11), 'webhook-2');

      const first = await deliveries.list('webhook-1', { limit: 2 });
      const rest = await deliveries.list('webhook-1', { limit: 2, before: 9 });

      expect(first).toEqual([aDelivery(10), aDelivery(9)]);
      expect(rest).toEqual([aDelivery(2)]);
    });

    it('lists those that wait, by when they are due, until they wait no longer', async () => {
      await put(aDelivery(1, minute(5)));
      await put(aDelivery(2, minute(3)));
      await put(aDelivery(3));
      await put(aDelivery(4, minute(4)));

      expect((await deliveries.waiting('webhook-1', 2)).map(({ sequence }) => sequence)).toEqual([2, 4]);
      await put(aDelivery(2));

      expect((await deliveries.waiting('webhook-1', 9)).map(({ sequence }) => sequence)).toEqual([4, 1]);
      expect(await deliveries.waiting('webhook-2', 9)).toEqual([]);
    });

    it('decides on what is there, of which two events of one sequence are two', async () => {
      const test = { ...aDelivery(1), eventId: 'test-1' };
      await put(aDelivery(1));
      await put(test);

      const seen = await deliveries.change('webhook-1', test, (held) => ({ result: held?.eventId }));

      expect(seen).toBe('test-1');
      expect(
        await deliveries.change('webhook-1', aDelivery(7), (held) => ({ result: held })),
      ).toBeUndefined();
      expect(await deliveries.list('webhook-1', { limit: 9 })).toHaveLength(2);
    });
  });
}
