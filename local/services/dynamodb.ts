import { AwsError, type Need, type Service } from '../aws/aws-request.ts';
import type { Upstream } from '../aws/forward.ts';
import { keyNeed } from '../aws/gatekeeper.ts';
import { type JsonProtocol, jsonErrors, readOperation } from '../aws/json-service.ts';
import { dynamoDbNeeds, type TableFacts, type Tables } from './dynamodb-needs.ts';
import type { IndexLag } from './index-lag.ts';

const protocol: JsonProtocol = {
  contentType: 'application/x-amz-json-1.0',
  typePrefix: (code) =>
    code === 'AccessDeniedException' || code === 'ThrottlingException'
      ? 'com.amazon.coral.service#'
      : 'com.amazonaws.dynamodb.v20120810#',
  messageKey: (code) => (code === 'AccessDeniedException' ? 'Message' : 'message'),
  extraHeaders: () => ({}),
};

/** Every use of a table under the customer's own key is a use of the key (DynamoDB developer guide, "Encryption at rest"). */
function keyNeeds(tables: Tables, needs: readonly Need[]): Need[] {
  const touched = new Map<string, TableFacts>();
  for (const { resource } of needs) {
    const table = tables.get(resource.split('/')[1] ?? '');
    if (table?.keyArn !== undefined) touched.set(table.name, table);
  }
  return [...touched.values()].flatMap(({ name, arn, keyArn }) => {
    const context = { 'aws:dynamodb:tableName': name, 'aws:dynamodb:subscriberId': arn.split(':')[4] ?? '' };
    return keyArn === undefined ? [] : [keyNeed('kms:Decrypt', keyArn, 'dynamodb', context)];
  });
}

/**
 * DynamoDB: permissions are ours, the tables are dynoxide's.
 *
 * @param tables table name → its facts
 */
export function makeDynamoDb(tables: Tables, dynoxide: Upstream, lag: IndexLag): Service {
  return {
    ...jsonErrors(protocol),
    denied: (message, need) =>
      need.action.startsWith('kms:')
        ? new AwsError('AccessDeniedException', `KMS key access denied: ${message}`)
        : new AwsError('AccessDeniedException', message),
    plan: (request) => {
      const { operation, input } = readOperation(request);
      const needs = dynamoDbNeeds(operation, tables, input);
      const headers = {
        'content-type': protocol.contentType,
        'x-amz-target': request.headers['x-amz-target'] ?? '',
        authorization:
          request.headers['authorization'] ??
          'AWS4-HMAC-SHA256 Credential=engine/20260101/local/dynamodb/aws4_request, SignedHeaders=host, Signature=0',
        'x-amz-date': request.headers['x-amz-date'] ?? '20260101T000000Z',
      };
      return {
        operation,
        needs: [...needs, ...keyNeeds(tables, needs)],
        perform: async () => {
          await lag.before(operation, input);
          return lag.after(operation, input, await dynoxide.send(headers, request.body));
        },
      };
    },
  };
}
