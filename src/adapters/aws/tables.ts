import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { tellWhenDown } from './tell-when-down.ts';

/** The DynamoDB client that all tables of one function share. */
export type Tables = DynamoDBDocumentClient;

/** Made once, at cold start. Absent values are left out of items, so an optional field stays optional. */
export function makeTables(client = new DynamoDBClient({})): Tables {
  tellWhenDown(client);
  return DynamoDBDocumentClient.from(client, {
    marshallOptions: { removeUndefinedValues: true },
  });
}
