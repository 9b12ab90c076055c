import { QueryCommand, type QueryCommandInput } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { StateKey } from './keys.ts';
import type { Tables } from './tables.ts';

const Keys = z.object({ pk: z.string(), sk: z.string() });

/** The keys of every item that an index query finds, to the last page. */
export async function queryKeys(
  tables: Tables,
  query: Pick<
    QueryCommandInput,
    | 'TableName'
    | 'IndexName'
    | 'KeyConditionExpression'
    | 'ExpressionAttributeNames'
    | 'ExpressionAttributeValues'
  >,
): Promise<StateKey[]> {
  const found: StateKey[] = [];
  let from: QueryCommandInput['ExclusiveStartKey'];
  do {
    const page = await tables.send(new QueryCommand({ ...query, ExclusiveStartKey: from }));
    found.push(...(page.Items ?? []).map((item) => Keys.parse(item)));
    from = page.LastEvaluatedKey;
  } while (from !== undefined);
  return found;
}

/** The keys of the items that hold `value` in the index's partition attribute, which is the index's question. */
export function queryIndex(
  tables: Tables,
  table: string,
  index: { name: string; attribute: string },
  value: string,
): Promise<StateKey[]> {
  return queryKeys(tables, {
    TableName: table,
    IndexName: index.name,
    // By a placeholder: some good names (grant) are words of DynamoDB's own.
    KeyConditionExpression: '#attribute = :value',
    ExpressionAttributeNames: { '#attribute': index.attribute },
    ExpressionAttributeValues: { ':value': value },
  });
}
