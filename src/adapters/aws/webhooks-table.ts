import { DeleteCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { Webhooks } from '../../app/event-ports.ts';
import { Webhook } from '../../domain/webhook.ts';
import { changeItem, findItem, type ItemKind, insertItem } from './change-item.ts';
import { webhookKey, webhookPartition } from './keys.ts';
import type { Tables } from './tables.ts';

/** The endpoints in the events table, under one partition: there are fifty at most. */
export function makeWebhooks(tables: Tables, table: string): Webhooks {
  const kind: ItemKind<Webhook> = { tables, table, schema: Webhook };
  return {
    insert: (webhook) => insertItem(kind, webhookKey(webhook.id), webhook),
    find: (id) => findItem(kind, webhookKey(id)),
    change: (id, decide) =>
      changeItem(kind, webhookKey(id), (webhook) =>
        webhook === undefined ? { result: undefined } : decide(webhook),
      ),
    all: async () => {
      // One page has a megabyte, an endpoint some kilobytes.
      const { Items = [] } = await tables.send(
        new QueryCommand({
          TableName: table,
          ConsistentRead: true,
          KeyConditionExpression: 'pk = :pk',
          ExpressionAttributeValues: { ':pk': webhookPartition },
        }),
      );
      return Items.map((item) => Webhook.parse(item['body']));
    },
    remove: async (id) => {
      const { Attributes } = await tables.send(
        new DeleteCommand({ TableName: table, Key: webhookKey(id), ReturnValues: 'ALL_OLD' }),
      );
      return Attributes !== undefined;
    },
  };
}
