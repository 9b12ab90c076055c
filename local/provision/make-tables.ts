import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import type { Upstream } from '../aws/forward.ts';
import type { TableFacts } from '../services/dynamodb-needs.ts';
import type { Resource, Stack } from '../template/read-stack.ts';
import { callJson } from './call-json.ts';

type TableResource = Resource<'AWS::DynamoDB::GlobalTable'> | Resource<'AWS::DynamoDB::Table'>;

/** A table of the stack: what permissions ask about, and when its rows end. */
export interface StackTable extends TableFacts {
  readonly definition: Readonly<Record<string, unknown>>;
  readonly ttlAttribute?: string;
}

function hashOf(schema: readonly { AttributeName: string; KeyType: string }[]): string {
  return schema.find(({ KeyType }) => KeyType === 'HASH')?.AttributeName ?? '';
}

function keyArnOf(table: TableResource, find: (name: string) => string | undefined): { keyArn?: string } {
  const { properties } = table;
  const replica =
    'Replicas' in properties ? properties.Replicas[0]?.SSESpecification?.KMSMasterKeyId : undefined;
  const own = replica ?? properties.SSESpecification?.KMSMasterKeyId;
  const keyArn = own === undefined ? undefined : find(own);
  return keyArn === undefined ? {} : { keyArn };
}

function describe(table: TableResource, findKey: (name: string) => string | undefined): StackTable {
  const { properties, identity } = table;
  const indexes = [...(properties.GlobalSecondaryIndexes ?? []), ...(properties.LocalSecondaryIndexes ?? [])];
  const shapes = (list: typeof properties.GlobalSecondaryIndexes) =>
    list?.map(({ IndexName, KeySchema, Projection }) => ({ IndexName, KeySchema, Projection }));
  const ttl = properties.TimeToLiveSpecification;
  return {
    name: identity.ref,
    arn: String(identity.attributes['Arn']),
    hashKey: hashOf(properties.KeySchema),
    indexHashKeys: Object.fromEntries(
      indexes.map(({ IndexName, KeySchema }) => [IndexName, hashOf(KeySchema)]),
    ),
    keys: properties.KeySchema.map(({ AttributeName }) => AttributeName),
    definition: {
      TableName: identity.ref,
      AttributeDefinitions: properties.AttributeDefinitions,
      KeySchema: properties.KeySchema,
      BillingMode: 'PAY_PER_REQUEST',
      GlobalSecondaryIndexes: shapes(properties.GlobalSecondaryIndexes),
      LocalSecondaryIndexes: shapes(properties.LocalSecondaryIndexes),
    },
    ...(ttl?.AttributeName !== undefined && ttl.Enabled ? { ttlAttribute: ttl.AttributeName } : {}),
    ...keyArnOf(table, findKey),
  };
}

/** The tables a stack declares. @param findKey any name of a key → its ARN */
export function readTables(stack: Stack, findKey: (name: string) => string | undefined): StackTable[] {
  const all: TableResource[] = [
    ...stack.all('AWS::DynamoDB::GlobalTable'),
    ...stack.all('AWS::DynamoDB::Table'),
  ];
  return all.map((table) => describe(table, findKey));
}

const Described = z.object({
  Table: z.object({
    KeySchema: z.array(z.unknown()),
    GlobalSecondaryIndexes: z
      .array(z.object({ IndexName: z.string(), KeySchema: z.array(z.unknown()) }))
      .nullish(),
  }),
});

async function addMissingIndexes(dynoxide: Upstream, table: StackTable): Promise<void> {
  const { body } = await callJson(dynoxide, 'DynamoDB_20120810.DescribeTable', { TableName: table.name });
  const present = Described.parse(body).Table;
  if (!isDeepStrictEqual(present.KeySchema, table.definition['KeySchema'])) {
    throw new Error(
      `The table ${table.name} in the state folder has another key than the template. Start with a new state folder.`,
    );
  }
  const have = (present.GlobalSecondaryIndexes ?? []).map(({ IndexName }) => IndexName);
  const wanted = z
    .array(z.looseObject({ IndexName: z.string() }))
    .parse(table.definition['GlobalSecondaryIndexes'] ?? []);
  for (const index of wanted.filter(({ IndexName }) => !have.includes(IndexName))) {
    const reply = await callJson(dynoxide, 'DynamoDB_20120810.UpdateTable', {
      TableName: table.name,
      AttributeDefinitions: table.definition['AttributeDefinitions'],
      GlobalSecondaryIndexUpdates: [{ Create: index }],
    });
    if (reply.status !== 200)
      throw new Error(
        `The index ${index.IndexName} could not be added to ${table.name}: ${JSON.stringify(reply.body)}`,
      );
  }
}

/** Makes the tables that are not there yet, and adds indexes that a newer template has. */
export async function makeTables(dynoxide: Upstream, tables: readonly StackTable[]): Promise<void> {
  for (const table of tables) {
    const reply = await callJson(dynoxide, 'DynamoDB_20120810.CreateTable', table.definition);
    if (reply.type === 'ResourceInUseException') await addMissingIndexes(dynoxide, table);
    else if (reply.status !== 200)
      throw new Error(`The table ${table.name} could not be made: ${JSON.stringify(reply.body)}`);
  }
}
