import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { Deliveries } from '../../app/event-ports.ts';
import type { Clock } from '../../app/ports.ts';
import { Delivery } from '../../domain/delivery.ts';
import { millisOf } from '../../domain/instant.ts';
import { batchGet } from './batch-get.ts';
import { changeItem, type ItemKind } from './change-item.ts';
import { deliveryKey, deliverySortBefore } from './keys.ts';
import type { Tables } from './tables.ts';

/** Deliveries are kept as long as events. */
const keptSeconds = 30 * 24 * 3600;
const Key = z.object({ pk: z.string(), sk: z.string() });
const Stored = z.object({ body: Delivery });

/** Deliveries in the events table, a partition for each endpoint; those that wait are in an index by when. */
export function makeDeliveries(tables: Tables, table: string, clock: Clock): Deliveries {
  const kind = (webhookId: string): ItemKind<Delivery> => ({
    tables,
    table,
    schema: Delivery,
    attributes: ({ due }) => ({
      ttl: Math.ceil(millisOf(clock()) / 1000) + keptSeconds,
      ...(due === undefined ? {} : { dueOf: webhookId, due }),
    }),
  });
  return {
    change: (webhookId, of, decide) => changeItem(kind(webhookId), deliveryKey(webhookId, of), decide),
    list: async (webhookId, { before, limit }) => {
      const { pk } = deliveryKey(webhookId, { sequence: 0, eventId: '' });
      const { Items = [] } = await tables.send(
        new QueryCommand({
          TableName: table,
          ConsistentRead: true,
          KeyConditionExpression: before === undefined ? 'pk = :pk' : 'pk = :pk AND sk < :before',
          ExpressionAttributeValues: {
            ':pk': pk,
            ...(before === undefined ? {} : { ':before': deliverySortBefore(before) }),
          },
          ScanIndexForward: false,
          Limit: limit,
        }),
      );
      return Items.map((item) => Stored.parse(item).body);
    },
    waiting: async (webhookId, limit) => {
      const { Items = [] } = await tables.send(
        new QueryCommand({
          TableName: table,
          IndexName: 'by-due',
          KeyConditionExpression: 'dueOf = :webhook',
          ExpressionAttributeValues: { ':webhook': webhookId },
          Limit: limit,
        }),
      );
      const keys = Items.map((item) => Key.parse(item));
      // The index may still show what has been done meanwhile: the deliveries themselves say what waits.
      const held = (await batchGet(tables, table, keys)).map((item) => Stored.parse(item).body);
      return held
        .filter(({ due }) => due !== undefined)
        .sort((a, b) => ((a.due ?? '') < (b.due ?? '') ? -1 : 1));
    },
  };
}
