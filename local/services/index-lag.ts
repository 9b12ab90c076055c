import { z } from 'zod';
import type { AwsReply } from '../aws/aws-request.ts';
import type { Upstream } from '../aws/forward.ts';
import { callJson } from '../provision/call-json.ts';
import {
  isObject,
  type Json,
  type JsonObject,
  listAt,
  objectAt,
  parseObject,
  textAt,
} from '../template/json.ts';
import type { TableFacts, Tables } from './dynamodb-needs.ts';

interface Written {
  readonly table: string;
  readonly key: string;
  /** Whether the row was in that index before: only rows that are new to an index come late. */
  readonly before: JsonObject | undefined;
  readonly at: number;
}

const Got = z.object({ Item: z.record(z.string(), z.unknown()).nullish() });

/** Tables and keys that a write touches. */
function touched(
  operation: string,
  input: JsonObject,
  tables: Tables,
): { table: TableFacts; key: JsonObject }[] {
  const one = (part: JsonObject): { table: TableFacts; key: JsonObject }[] => {
    const table = tables.get(textAt(part, 'TableName') ?? '');
    const image = objectAt(part, 'Key') ?? objectAt(part, 'Item');
    if (!table || !image) return [];
    return [{ table, key: Object.fromEntries(table.keys.map((name) => [name, image[name] ?? null])) }];
  };
  if (['PutItem', 'UpdateItem', 'DeleteItem'].includes(operation)) return one(input);
  if (operation === 'TransactWriteItems') {
    return listAt(input, 'TransactItems').flatMap((item) =>
      Object.values(isObject(item) ? item : {}).flatMap((part) => (isObject(part) ? one(part) : [])),
    );
  }
  if (operation !== 'BatchWriteItem') return [];
  return Object.entries(objectAt(input, 'RequestItems') ?? {}).flatMap(([TableName, writes]) =>
    (Array.isArray(writes) ? writes : []).flatMap((write: Json) =>
      Object.values(isObject(write) ? write : {}).flatMap((part) =>
        isObject(part) ? one({ ...part, TableName }) : [],
      ),
    ),
  );
}

/**
 * Makes indexes late, as DynamoDB's global indexes are: dynoxide's are consistent at once, which hides faults. While
 * the lag is not zero, a row that is new to an index is missing from its queries until the lag is over.
 */
export class IndexLag {
  readonly #tables: Tables;
  readonly #dynoxide: Upstream;
  #milliseconds = 0;
  #written: Written[] = [];

  constructor(tables: Tables, dynoxide: Upstream) {
    this.#tables = tables;
    this.#dynoxide = dynoxide;
  }

  set(milliseconds: number): void {
    this.#milliseconds = milliseconds;
    if (milliseconds === 0) this.#written = [];
  }

  /** Remembers what a write is about to replace. */
  async before(operation: string, input: JsonObject): Promise<void> {
    if (this.#milliseconds === 0) return;
    for (const { table, key } of touched(operation, input, this.#tables)) {
      const reply = await callJson(this.#dynoxide, 'DynamoDB_20120810.GetItem', {
        TableName: table.name,
        Key: key,
        ConsistentRead: true,
      });
      const item: unknown = Got.parse(reply.body).Item;
      const before = isObject(item) ? item : undefined;
      this.#written.push({ table: table.name, key: JSON.stringify(key), before, at: performance.now() });
    }
  }

  /** Takes out of an index query what the index cannot know yet. */
  after(operation: string, input: JsonObject, reply: AwsReply): AwsReply {
    const index = textAt(input, 'IndexName');
    const table = this.#tables.get(textAt(input, 'TableName') ?? '');
    if (this.#milliseconds === 0 || !table || index === undefined || reply.status !== 200) return reply;
    if (operation !== 'Query' && operation !== 'Scan') return reply;
    const hashKey = table.indexHashKeys[index] ?? '';
    this.#written = this.#written.filter(({ at }) => performance.now() - at < this.#milliseconds);
    const isNew = (item: JsonObject) => {
      const key = JSON.stringify(Object.fromEntries(table.keys.map((name) => [name, item[name] ?? null])));
      const first = this.#written.find((written) => written.table === table.name && written.key === key);
      return first !== undefined && JSON.stringify(first.before?.[hashKey]) !== JSON.stringify(item[hashKey]);
    };
    const body = parseObject(reply.body.toString());
    const Items = listAt(body, 'Items').filter((item) => !(isObject(item) && hashKey in item && isNew(item)));
    return { ...reply, body: JSON.stringify({ ...body, Items, Count: Items.length }) };
  }
}
