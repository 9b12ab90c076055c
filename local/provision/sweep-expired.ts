import { z } from 'zod';
import type { Upstream } from '../aws/forward.ts';
import { callJson } from './call-json.ts';
import type { StackTable } from './make-tables.ts';

const Page = z.object({
  Items: z.array(z.record(z.string(), z.unknown())).default([]),
  LastEvaluatedKey: z.record(z.string(), z.unknown()).nullish(),
});

// DynamoDB lets rows be that were due more than five years ago (developer guide, "Time to Live").
const FIVE_YEARS_S = 5 * 365 * 86_400;

async function sweepTable(
  dynoxide: Upstream,
  table: StackTable,
  ttl: string,
  nowSeconds: number,
): Promise<number> {
  let removed = 0;
  let start: Record<string, unknown> | null | undefined;
  const names = { '#ttl': ttl };
  const values = { ':now': { N: String(nowSeconds) }, ':old': { N: String(nowSeconds - FIVE_YEARS_S) } };
  do {
    const { body } = await callJson(dynoxide, 'DynamoDB_20120810.Scan', {
      TableName: table.name,
      FilterExpression: '#ttl <= :now AND #ttl > :old',
      ExpressionAttributeNames: names,
      ExpressionAttributeValues: values,
      ...(start ? { ExclusiveStartKey: start } : {}),
    });
    const page = Page.parse(body);
    for (const item of page.Items) {
      // The condition leaves a row alone whose time was put off meanwhile.
      const { status } = await callJson(dynoxide, 'DynamoDB_20120810.DeleteItem', {
        TableName: table.name,
        Key: Object.fromEntries(table.keys.map((key) => [key, item[key]])),
        ConditionExpression: '#ttl <= :now AND #ttl > :old',
        ExpressionAttributeNames: names,
        ExpressionAttributeValues: values,
      });
      removed += Number(status === 200);
    }
    start = page.LastEvaluatedKey;
  } while (start);
  return removed;
}

/** Removes the rows whose time to live is over, as DynamoDB does within days. @returns how many went */
export async function sweepExpired(
  dynoxide: Upstream,
  tables: readonly StackTable[],
  now: number,
): Promise<number> {
  let removed = 0;
  for (const table of tables) {
    if (table.ttlAttribute === undefined) continue;
    removed += await sweepTable(dynoxide, table, table.ttlAttribute, Math.floor(now / 1000));
  }
  return removed;
}
