import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { Decision } from '../../app/ports.ts';
import { Problem } from '../../domain/problem.ts';
import type { Tables } from './tables.ts';

/** How one kind of item is kept: its value under `body`, a revision, and whatever the indexes want. */
export type ItemKind<T> = {
  tables: Tables;
  table: string;
  schema: z.ZodType<T>;
  /** Attributes beside the value: index keys, `ttl`. */
  attributes?: (value: T) => Record<string, string | number | undefined>;
};

type Key = Record<string, string>;
const Revision = z.object({ rev: z.number().int() });
/** Races lost in a row before we say that the item is too busy; each loss means that somebody else won. */
const attempts = 40;

/** The item's value, read strongly; undefined when there is none. */
export async function findItem<T>(kind: ItemKind<T>, key: Key): Promise<T | undefined> {
  return (await readItem(kind, key))?.value;
}

/** Writes an item that must not exist yet; throws Problem `conflict` when it does. */
export async function insertItem<T>(kind: ItemKind<T>, key: Key, value: T): Promise<void> {
  if (await writeItem(kind, key, value, undefined)) return;
  throw new Problem('conflict', 'this already exists');
}

/**
 * Reads, decides, and writes on condition that nobody wrote in between; a lost race reads and decides again.
 * `decide` is given undefined where there is no item, and may create it.
 */
export async function changeItem<T, R>(
  kind: ItemKind<T>,
  key: Key,
  decide: (current: T | undefined) => Decision<T, R>,
): Promise<R> {
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const held = await readItem(kind, key);
    const { next, result } = decide(held?.value);
    if (next === undefined) return result;
    if (await writeItem(kind, key, next, held?.rev)) return result;
  }
  throw new Problem('unavailable', 'too many writers want this at the same moment; try again');
}

async function readItem<T>(kind: ItemKind<T>, key: Key): Promise<{ value: T; rev: number } | undefined> {
  const { Item } = await kind.tables.send(
    new GetCommand({ TableName: kind.table, Key: key, ConsistentRead: true }),
  );
  if (Item === undefined) return undefined;
  return { value: kind.schema.parse(Item['body']), rev: Revision.parse(Item).rev };
}

async function writeItem<T>(
  kind: ItemKind<T>,
  key: Key,
  value: T,
  rev: number | undefined,
): Promise<boolean> {
  try {
    await kind.tables.send(
      new PutCommand({
        TableName: kind.table,
        Item: { ...key, ...kind.attributes?.(value), rev: (rev ?? 0) + 1, body: value },
        ConditionExpression: rev === undefined ? 'attribute_not_exists(pk)' : 'rev = :rev',
        ...(rev === undefined ? {} : { ExpressionAttributeValues: { ':rev': rev } }),
      }),
    );
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}
