import {
  BatchGetItemCommand,
  BatchWriteItemCommand,
  ConditionalCheckFailedException,
  DeleteItemCommand,
  DescribeTableCommand,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  TransactGetItemsCommand,
  TransactionCanceledException,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { RunningStack } from '../../local/start-stack.ts';
import { clientsOf, control, startFixture } from './fixture.ts';

let stack: RunningStack;
let dynamodb: ReturnType<typeof clientsOf>['dynamodb'];
let TableName: string;

beforeAll(async () => {
  stack = await startFixture();
  dynamodb = clientsOf(stack).dynamodb;
  TableName = stack.outputs['TableName'] ?? '';
});
afterAll(() => stack.close());

const row = (pk: string, sk: string, more = {}) => ({ pk: { S: pk }, sk: { S: sk }, ...more });
const put = (pk: string, sk: string, more = {}) =>
  dynamodb.send(new PutItemCommand({ TableName, Item: row(pk, sk, more) }));
const get = async (pk: string, sk: string) =>
  (await dynamodb.send(new GetItemCommand({ TableName, Key: row(pk, sk), ConsistentRead: true }))).Item;

describe('one item', () => {
  it('is read as it was written', async () => {
    const more = {
      n: { N: '12.5' },
      b: { B: new Uint8Array([1, 2]) },
      m: { M: { l: { L: [{ BOOL: true }, { NULL: true }] } } },
    };
    await put('one', 'a', more);

    expect(await get('one', 'a')).toEqual(row('one', 'a', more));
  });

  it('is updated by an expression and answers its new image', async () => {
    await put('one', 'b', { n: { N: '1' } });

    const { Attributes } = await dynamodb.send(
      new UpdateItemCommand({
        TableName,
        Key: row('one', 'b'),
        UpdateExpression: 'SET #n = #n + :one, added = :x REMOVE nothing',
        ExpressionAttributeNames: { '#n': 'n' },
        ExpressionAttributeValues: { ':one': { N: '1' }, ':x': { S: 'x' } },
        ReturnValues: 'ALL_NEW',
      }),
    );

    expect(Attributes).toEqual(row('one', 'b', { n: { N: '2' }, added: { S: 'x' } }));
  });

  it('is not written when its condition fails, and the answer can carry what is there', async () => {
    await put('one', 'c', { rev: { N: '4' } });

    const write = dynamodb.send(
      new PutItemCommand({
        TableName,
        Item: row('one', 'c', { rev: { N: '4' } }),
        ConditionExpression: 'rev = :rev',
        ExpressionAttributeValues: { ':rev': { N: '3' } },
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      }),
    );

    await expect(write).rejects.toBeInstanceOf(ConditionalCheckFailedException);
    await expect(write).rejects.toMatchObject({ Item: { rev: { N: '4' } } });
  });

  it('is deleted', async () => {
    await put('one', 'd');

    await dynamodb.send(new DeleteItemCommand({ TableName, Key: row('one', 'd') }));

    expect(await get('one', 'd')).toBeUndefined();
  });

  it('is at most 400 KB large', async () => {
    await expect(put('one', 'large', { x: { S: 'x'.repeat(400 * 1024) } })).rejects.toMatchObject({
      name: 'ValidationException',
      message: expect.stringMatching(/size has exceeded/i),
    });
  });
});

describe('many items', () => {
  it('are queried in order, page by page', async () => {
    for (const sk of ['3', '1', '2']) await put('many', sk);
    const query = {
      TableName,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': { S: 'many' } },
      Limit: 2,
    };

    const first = await dynamodb.send(new QueryCommand(query));
    const second = await dynamodb.send(
      new QueryCommand({ ...query, ExclusiveStartKey: first.LastEvaluatedKey }),
    );

    expect([...(first.Items ?? []), ...(second.Items ?? [])].map((item) => item['sk']?.S)).toEqual([
      '1',
      '2',
      '3',
    ]);
  });

  it('are queried by an index that holds only rows with its key', async () => {
    await put('many', 'owned', { owner: { S: 'ada' } });

    const { Items } = await dynamodb.send(
      new QueryCommand({
        TableName,
        IndexName: 'by-owner',
        KeyConditionExpression: '#o = :o',
        ExpressionAttributeNames: { '#o': 'owner' },
        ExpressionAttributeValues: { ':o': { S: 'ada' } },
      }),
    );

    expect(Items).toHaveLength(1);
  });

  it('are written and read in batches', async () => {
    const keys = ['1', '2'].map((sk) => row('batch', sk));
    await dynamodb.send(
      new BatchWriteItemCommand({
        RequestItems: { [TableName]: keys.map((Item) => ({ PutRequest: { Item } })) },
      }),
    );

    const { Responses } = await dynamodb.send(
      new BatchGetItemCommand({ RequestItems: { [TableName]: { Keys: keys } } }),
    );

    expect(Responses?.[TableName]).toHaveLength(2);
  });

  it('are at most 25 in one batch write', async () => {
    const writes = Array.from({ length: 26 }, (_, index) => ({
      PutRequest: { Item: row('batch', `n${index}`) },
    }));

    await expect(
      dynamodb.send(new BatchWriteItemCommand({ RequestItems: { [TableName]: writes } })),
    ).rejects.toMatchObject({ name: 'ValidationException' });
  });
});

describe('a transaction', () => {
  it('writes all or nothing and says which part failed', async () => {
    await put('tx', 'there');
    const transaction = dynamodb.send(
      new TransactWriteItemsCommand({
        TransactItems: [
          { Put: { TableName, Item: row('tx', 'new') } },
          {
            ConditionCheck: {
              TableName,
              Key: row('tx', 'there'),
              ConditionExpression: 'attribute_not_exists(pk)',
            },
          },
        ],
      }),
    );

    await expect(transaction).rejects.toBeInstanceOf(TransactionCanceledException);
    await expect(transaction).rejects.toMatchObject({
      CancellationReasons: [{ Code: 'None' }, { Code: 'ConditionalCheckFailed' }],
    });
    expect(await get('tx', 'new')).toBeUndefined();
  });

  it('done twice under one token is done once', async () => {
    await put('tx', 'count', { n: { N: '0' } });
    const command = {
      ClientRequestToken: 'same-token-for-both',
      TransactItems: [
        {
          Update: {
            TableName,
            Key: row('tx', 'count'),
            UpdateExpression: 'ADD n :one',
            ExpressionAttributeValues: { ':one': { N: '1' } },
          },
        },
      ],
    };

    await dynamodb.send(new TransactWriteItemsCommand(command));
    await dynamodb.send(new TransactWriteItemsCommand(command));

    expect((await get('tx', 'count'))?.['n']).toEqual({ N: '1' });
  });

  it('reads', async () => {
    await put('tx', 'read');

    const { Responses } = await dynamodb.send(
      new TransactGetItemsCommand({ TransactItems: [{ Get: { TableName, Key: row('tx', 'read') } }] }),
    );

    expect(Responses?.[0]?.Item).toEqual(row('tx', 'read'));
  });
});

describe('a table', () => {
  it('is described with its index', async () => {
    const { Table } = await dynamodb.send(new DescribeTableCommand({ TableName }));

    expect(Table?.GlobalSecondaryIndexes?.map(({ IndexName }) => IndexName)).toEqual(['by-owner']);
  });

  it('that is not of the stack does not exist', async () => {
    await expect(dynamodb.send(new ScanCommand({ TableName: 'elsewhere' }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });

  it('loses a row whose time to live is over when the clock passes it', async () => {
    const clock = async () => String(Object(await control(stack, 'GET', '/clock')).now);
    const due = Math.floor(Date.parse(await clock()) / 1000) + 600;
    await put('ttl', 'due', { ttl: { N: String(due) } });
    await put('ttl', 'later', { ttl: { N: String(due + 6000) } });

    await control(stack, 'POST', '/clock', { advanceSeconds: 700 });

    expect(await get('ttl', 'due')).toBeUndefined();
    expect(await get('ttl', 'later')).toBeDefined();
  });
});
