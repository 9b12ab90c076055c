import type { Outboxes } from '../../app/event-ports.ts';
import type { OutboxEvent } from '../../domain/event.ts';
import { eventSourceOf, outboxKey } from './keys.ts';
import { queryKeys } from './query-keys.ts';
import type { Tables } from './tables.ts';

/** What an item with waiting events is found by. */
export function outboxAttributes({ outbox = [] }: { outbox?: OutboxEvent[] | undefined }) {
  const since = outbox[0]?.at;
  return since === undefined ? {} : { outbox: outboxKey, outboxSince: since };
}

/** Companies and connections of the state table that have waiting events. */
export function makeOutboxes(tables: Tables, table: string): Outboxes {
  return {
    waiting: async (before) => {
      const keys = await queryKeys(tables, {
        TableName: table,
        IndexName: 'by-outbox',
        KeyConditionExpression: 'outbox = :outbox AND outboxSince < :before',
        ExpressionAttributeValues: { ':outbox': outboxKey, ':before': before },
      });
      return keys.flatMap((key) => eventSourceOf(key) ?? []);
    },
  };
}
