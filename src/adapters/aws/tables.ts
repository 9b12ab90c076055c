import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

/** The DynamoDB client that all tables of one function share. */
export type Tables = DynamoDBDocumentClient;

/** Made once, at cold start. Absent values are left out of items, so an optional field stays optional. */
export function makeTables(client = new DynamoDBClient({})): Tables {
  return DynamoDBDocumentClient.from(client, {
    marshallOptions: { removeUndefinedValues: true },
  });
}
