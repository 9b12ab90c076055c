import { BatchGetCommand } from '@aws-sdk/lib-dynamodb';
import type { Tables } from './tables.ts';

/** BatchGetItem takes so many keys at once. */
const batch = 100;

/** The items of these keys that there are, in no promised order, however many are asked for. */
export async function batchGet(
  tables: Tables,
  table: string,
  keys: readonly Record<string, string>[],
  { consistent = true }: { consistent?: boolean } = {},
): Promise<Record<string, unknown>[]> {
  const found: Record<string, unknown>[] = [];
  for (let from = 0; from < keys.length; from += batch) {
    let wanted: Record<string, unknown>[] = keys.slice(from, from + batch);
    while (wanted.length > 0) {
      const RequestItems = { [table]: { Keys: wanted, ConsistentRead: consistent } };
      const reply = await tables.send(new BatchGetCommand({ RequestItems }));
      found.push(...(reply.Responses?.[table] ?? []));
      wanted = reply.UnprocessedKeys?.[table]?.Keys ?? [];
    }
  }
  return found;
}
