import { DeleteCommand, QueryCommand, type QueryCommandInput } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { ApiKey, ApiKeys } from '../../app/ports.ts';
import { Problem } from '../../domain/problem.ts';
import { changeItem, findItem, type ItemKind, insertItem } from './change-item.ts';
import { apiKeyKey, apiKeyPartition } from './keys.ts';
import type { Tables } from './tables.ts';
import { transact } from './transact.ts';

/** A key is written once an hour, and when it is deleted: meeting so often is no accident. */
const attempts = 10;

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
    remove: async (id, beside) => {
      if (beside !== undefined) return removeBeside(tables, table, id, beside);
      const { Attributes } = await tables.send(
        new DeleteCommand({ TableName: table, Key: apiKeyKey(id), ReturnValues: 'ALL_OLD' }),
      );
      return Attributes !== undefined;
    },
  };
}

/** Both in one transaction: of two keys that are removed at the same moment the second finds the first one gone. */
async function removeBeside(tables: Tables, table: string, id: string, beside: string): Promise<boolean> {
  const there = { TableName: table, ConditionExpression: 'attribute_exists(pk)' };
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const done = await transact(tables, [
      { Delete: { ...there, Key: apiKeyKey(id) } },
      { ConditionCheck: { ...there, Key: apiKeyKey(beside) } },
    ]);
    if (done !== 'crossed') return done === 'done';
  }
  throw new Problem('unavailable', 'too many writers want these keys at the same moment; try again');
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
