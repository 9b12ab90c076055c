import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { expect, it } from '@jest/globals';
import { told } from '../../../src/adapters/aws/tell-when-down.ts';

const named = (name: string) => Object.assign(new Error('no'), { name });

it.each([
  ['that broke off', Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' })],
  ['that took too long', named('TimeoutError')],
  ['of a service that failed', Object.assign(new Error('no'), { $metadata: { httpStatusCode: 503 } })],
  ['of a role without credentials', named('CredentialsProviderError')],
])('a call %s is no defect, and is tried again', (_, error) => {
  expect(told(error)).toMatchObject({ reason: 'services-down', retry: 'later', cause: error });
});

it.each([
  ['a lost race', new ConditionalCheckFailedException({ message: 'no', $metadata: { httpStatusCode: 400 } })],
  ['a defect', new TypeError('undefined is not a function')],
  ['a request that makes no sense', named('ValidationException')],
  ['what is no error', 'text'],
])('%s stays what it is', (_, error) => {
  expect(told(error)).toBe(error);
});
