import { DeleteCommand, QueryCommand, type QueryCommandInput } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { ApiKey, ApiKeys } from '../../app/ports.ts';
import { changeItem, findItem, type ItemKind, insertItem } from './change-item.ts';
import { apiKeyKey, apiKeyPartition } from './keys.ts';
import type { Tables } from './tables.ts';

const StoredKey: z.ZodType<ApiKey> = z.object({
  id: z.string(),
  name: z.string(),
  prefix: z.string(),
  hash: z.string(),
  role: z.enum(['read', 'operate', 'admin']),
  created: z.string(),
  expires: z.string().exactOptional(),
  lastUsed: z.string().exactOptional(),
});

/** API keys in the state table, under one partition: there are ten at most. */
export function makeApiKeys(tables: Tables, table: string): ApiKeys {
  const kind: ItemKind<ApiKey> = { tables, table, schema: StoredKey };
  return {
    insert: (key) => insertItem(kind, apiKeyKey(key.id), key),
    find: (id) => findItem(kind, apiKeyKey(id)),
    change: (id, decide) =>
      changeItem(kind, apiKeyKey(id), (key) => (key === undefined ? { result: undefined } : decide(key))),
    all: () => allKeys(tables, table),
    remove: async (id) => {
      const { Attributes } = await tables.send(
        new DeleteCommand({ TableName: table, Key: apiKeyKey(id), ReturnValues: 'ALL_OLD' }),
      );
      return Attributes !== undefined;
    },
  };
}

async function allKeys(tables: Tables, table: string): Promise<ApiKey[]> {
  const found: ApiKey[] = [];
  let from: QueryCommandInput['ExclusiveStartKey'];
  do {
    const page = await tables.send(
      new QueryCommand({
        TableName: table,
        ConsistentRead: true,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': apiKeyPartition },
        ExclusiveStartKey: from,
      }),
    );
    found.push(...(page.Items ?? []).map((item) => StoredKey.parse(item['body'])));
    from = page.LastEvaluatedKey;
  } while (from !== undefined);
  return found;
}
