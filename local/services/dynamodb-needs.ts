import type { Need } from '../aws/aws-request.ts';
import { AwsError } from '../aws/aws-request.ts';
import type { Context } from '../iam/evaluate.ts';
import { isObject, type Json, type JsonObject, listAt, objectAt, textAt } from '../template/json.ts';

/** What the front door must know of a table to say which permissions a call needs. */
export interface TableFacts {
  readonly name: string;
  readonly arn: string;
  readonly hashKey: string;
  /** Names of the key attributes. */
  readonly keys: readonly string[];
  readonly indexHashKeys: Readonly<Record<string, string>>;
  /** The customer's own key, when the table has one. */
  readonly keyArn?: string;
}

export type Tables = ReadonlyMap<string, TableFacts>;

function tableOf(tables: Tables, input: JsonObject): TableFacts {
  const name = (textAt(input, 'TableName') ?? '').split('/').at(-1) ?? '';
  const table = tables.get(name);
  if (table) return table;
  throw new AwsError('ResourceNotFoundException', `Requested resource not found: Table: ${name} not found`);
}

function scalar(value: Json | undefined): string[] {
  if (!isObject(value)) return [];
  return Object.values(value).flatMap((inner) => (typeof inner === 'string' ? [inner] : []));
}

const leading = (values: readonly string[]): Context =>
  values.length ? { 'dynamodb:LeadingKeys': values } : {};

function keyOf(table: TableFacts, key: JsonObject | undefined): Context {
  return leading(scalar(key?.[table.hashKey]));
}

/** Finds `hash = :value` in a key condition, whichever way its names were written. */
function queriedKey(input: JsonObject, hashKey: string): Context {
  const names = objectAt(input, 'ExpressionAttributeNames') ?? {};
  const values = objectAt(input, 'ExpressionAttributeValues') ?? {};
  const expression = textAt(input, 'KeyConditionExpression') ?? '';
  for (const [, name = '', value = ''] of expression.matchAll(/([#\w.]+)\s*=\s*(:\w+)/g)) {
    if ((names[name] ?? name) === hashKey) return leading(scalar(values[value]));
  }
  const condition = objectAt(objectAt(input, 'KeyConditions'), hashKey);
  return leading(listAt(condition, 'AttributeValueList').flatMap(scalar));
}

const on = (table: TableFacts, action: string, context: Context = {}): Need => ({
  action: `dynamodb:${action}`,
  resource: table.arn,
  context,
});

function readNeed(operation: string, tables: Tables, input: JsonObject): Need {
  const table = tableOf(tables, input);
  const index = textAt(input, 'IndexName');
  const resource = index === undefined ? table.arn : `${table.arn}/index/${index}`;
  const hashKey = index === undefined ? table.hashKey : (table.indexHashKeys[index] ?? table.hashKey);
  const context = operation === 'Query' ? queriedKey(input, hashKey) : {};
  return { action: `dynamodb:${operation}`, resource, context };
}

function batchNeeds(operation: string, tables: Tables, input: JsonObject): Need[] {
  return Object.entries(objectAt(input, 'RequestItems') ?? {}).map(([name, request]) => {
    const table = tableOf(tables, { TableName: name });
    const keys = isObject(request)
      ? listAt(request, 'Keys').flatMap((key) => (isObject(key) ? scalar(key[table.hashKey]) : []))
      : (Array.isArray(request) ? request : []).flatMap((write: Json) => {
          const item = isObject(write)
            ? (objectAt(objectAt(write, 'PutRequest'), 'Item') ??
              objectAt(objectAt(write, 'DeleteRequest'), 'Key'))
            : undefined;
          return scalar(item?.[table.hashKey]);
        });
    return on(table, operation, leading(keys));
  });
}

const TRANSACT_ACTIONS: Readonly<Record<string, string>> = {
  Put: 'PutItem',
  Update: 'UpdateItem',
  Delete: 'DeleteItem',
  ConditionCheck: 'ConditionCheckItem',
  Get: 'GetItem',
};

function transactNeeds(operation: string, tables: Tables, input: JsonObject): Need[] {
  return listAt(input, 'TransactItems').flatMap((item) =>
    Object.entries(isObject(item) ? item : {}).flatMap(([kind, part]) => {
      const action = TRANSACT_ACTIONS[kind];
      if (!action || !isObject(part)) return [];
      const table = tableOf(tables, part);
      const key = keyOf(table, objectAt(part, 'Key') ?? objectAt(part, 'Item'));
      return [on(table, action, { ...key, 'dynamodb:EnclosingOperation': [operation] })];
    }),
  );
}

type Needs = (operation: string, tables: Tables, input: JsonObject) => Need[];

const item: Needs = (operation, tables, input) => {
  const table = tableOf(tables, input);
  return [on(table, operation, keyOf(table, objectAt(input, 'Key') ?? objectAt(input, 'Item')))];
};
const whole: Needs = (operation, tables, input) => [on(tableOf(tables, input), operation)];
const read: Needs = (operation, tables, input) => [readNeed(operation, tables, input)];

/** The operations that are served, and how each one's permissions are found. */
const operations: Readonly<Record<string, Needs>> = {
  GetItem: item,
  PutItem: item,
  UpdateItem: item,
  DeleteItem: item,
  Query: read,
  Scan: read,
  BatchGetItem: batchNeeds,
  BatchWriteItem: batchNeeds,
  TransactGetItems: transactNeeds,
  TransactWriteItems: transactNeeds,
  DescribeTable: whole,
  DescribeTimeToLive: whole,
};

/**
 * The permissions a DynamoDB call needs (service authorization reference, "Actions, resources, and condition keys for
 * Amazon DynamoDB"): transactions need those of the single operations inside, an index has an ARN of its own.
 */
export function dynamoDbNeeds(operation: string, tables: Tables, input: JsonObject): Need[] {
  const needs = operations[operation];
  if (!needs) throw new AwsError('UnknownOperationException', `${operation} is not served on one machine`);
  return needs(operation, tables, input);
}
