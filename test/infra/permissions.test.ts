import { beforeAll, describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { ofType, type Synthesised, synthesise } from './synthesise.ts';

// What each role may do, written by hand from what each function is for: a statement that is removed, misspelt or
// widened in lib/permissions.ts differs from its row here. That every row is needed is proved by test/e2e/permissions.
type Row = { may: string; on: string[]; when?: Record<string, string> };
const stage = { 'kms:EncryptionContext:stage': 'test' };
const webhookSecret = { ...stage, 'kms:EncryptionContext:purpose': 'webhook' };
const secretContext = { 'kms:EncryptionContext:SecretARN': 'secret' };

const expected: Record<string, Record<string, Row>> = {
  Setup: {
    KeepsSetup: { may: 'dynamodb:GetItem dynamodb:PutItem', on: ['state'] },
    ReadsConnections: { may: 'dynamodb:BatchGetItem dynamodb:Query', on: ['state'] },
    ListsCompanies: { may: 'dynamodb:Query', on: ['state/index/by-entity'] },
    SavesAppKeys: { may: 'secretsmanager:PutSecretValue', on: ['secret'] },
    EncryptsAppKeys: { may: 'kms:Decrypt kms:GenerateDataKey', on: ['grants key'], when: secretContext },
    WritesItsLog: { may: 'logs:CreateLogStream logs:PutLogEvents', on: ['own log'] },
  },
  Oauth: {
    KeepsConnections: { may: 'dynamodb:GetItem dynamodb:PutItem dynamodb:Query', on: ['state'] },
    FindsLinks: { may: 'dynamodb:Query', on: ['state/index/by-grant', 'state/index/by-link'] },
    CountsCalls: { may: 'dynamodb:UpdateItem', on: ['calls'] },
    KeepsGrants: { may: 'dynamodb:DeleteItem dynamodb:GetItem dynamodb:PutItem', on: ['grants'] },
    SealsGrants: { may: 'kms:Decrypt kms:GenerateDataKey', on: ['grants key'], when: stage },
    OpensAppKeys: { may: 'secretsmanager:GetSecretValue', on: ['secret'] },
    DecryptsAppKeys: { may: 'kms:Decrypt', on: ['grants key'], when: secretContext },
    KeepsEscrow: { may: 's3:DeleteObject s3:PutObject', on: ['books/consents/*'] },
    SealsEscrow: { may: 'kms:GenerateDataKey', on: ['books key'] },
    WakesWorkers: { may: 'sqs:SendMessage', on: ['wake queue'] },
    AnnouncesEvents: { may: 'sqs:SendMessage', on: ['event queue'] },
    WritesItsLog: { may: 'logs:CreateLogStream logs:PutLogEvents', on: ['own log'] },
  },
  Api: {
    KeepsCompanies: {
      may: 'dynamodb:BatchGetItem dynamodb:ConditionCheckItem dynamodb:DeleteItem dynamodb:GetItem dynamodb:PutItem dynamodb:Query',
      on: ['state'],
    },
    ListsCompanies: { may: 'dynamodb:Query', on: ['state/index/by-entity'] },
    RemembersCalls: {
      may: 'dynamodb:GetItem dynamodb:PutItem dynamodb:UpdateItem',
      on: ['calls'],
    },
    ReadsBooks: { may: 's3:GetObject', on: ['books/books/*'] },
    OpensBooks: { may: 'kms:Decrypt', on: ['books key'] },
    KeepsWebhooks: {
      may: 'dynamodb:BatchGetItem dynamodb:DeleteItem dynamodb:GetItem dynamodb:PutItem dynamodb:Query',
      on: ['events'],
    },
    FindsFailed: { may: 'dynamodb:Query', on: ['events/index/by-due'] },
    SealsWebhookSecrets: { may: 'kms:GenerateDataKey', on: ['webhooks key'], when: webhookSecret },
    WakesWorkers: { may: 'sqs:SendMessage', on: ['wake queue'] },
    AnnouncesEvents: { may: 'sqs:SendMessage', on: ['event queue'] },
    WritesItsLog: { may: 'logs:CreateLogStream logs:PutLogEvents', on: ['own log'] },
  },
  Scheduler: {
    ReadsConnections: { may: 'dynamodb:GetItem dynamodb:PutItem', on: ['state'] },
    FindsDue: {
      may: 'dynamodb:Query',
      on: ['state/index/by-outbox', 'state/index/by-pending', 'state/index/by-slot'],
    },
    FindsSendersDue: { may: 'dynamodb:GetItem dynamodb:Query', on: ['events'] },
    WakesWorkers: { may: 'sqs:SendMessage', on: ['wake queue'] },
    AnnouncesEvents: { may: 'sqs:SendMessage', on: ['event queue'] },
    WritesItsLog: { may: 'logs:CreateLogStream logs:PutLogEvents', on: ['own log'] },
  },
  SyncWorker: {
    TakesMessages: {
      may: 'sqs:DeleteMessage sqs:GetQueueAttributes sqs:ReceiveMessage',
      on: ['wake queue'],
    },
    WakesWorkers: { may: 'sqs:SendMessage', on: ['wake queue'] },
    AnnouncesEvents: { may: 'sqs:SendMessage', on: ['event queue'] },
    KeepsConnections: { may: 'dynamodb:DeleteItem dynamodb:GetItem dynamodb:PutItem', on: ['state'] },
    FindsGrantHolders: { may: 'dynamodb:Query', on: ['state/index/by-grant'] },
    KeepsGrants: { may: 'dynamodb:DeleteItem dynamodb:GetItem dynamodb:PutItem', on: ['grants'] },
    SealsGrants: { may: 'kms:Decrypt kms:GenerateDataKey', on: ['grants key'], when: stage },
    OpensAppKeys: { may: 'secretsmanager:GetSecretValue', on: ['secret'] },
    DecryptsAppKeys: { may: 'kms:Decrypt', on: ['grants key'], when: secretContext },
    KeepsBooks: { may: 's3:DeleteObject s3:GetObject s3:PutObject', on: ['books/books/*'] },
    KeepsEscrow: { may: 's3:DeleteObject s3:GetObject s3:PutObject', on: ['books/consents/*'] },
    ListsBooks: { may: 's3:ListBucket', on: ['books'] },
    SealsBooks: { may: 'kms:Decrypt kms:GenerateDataKey', on: ['books key'] },
    WritesItsLog: { may: 'logs:CreateLogStream logs:PutLogEvents', on: ['own log'] },
  },
  WebhookIn: {
    KeepsConnections: { may: 'dynamodb:GetItem dynamodb:PutItem', on: ['state'] },
    WakesWorkers: { may: 'sqs:SendMessage', on: ['wake queue'] },
    WritesItsLog: { may: 'logs:CreateLogStream logs:PutLogEvents', on: ['own log'] },
  },
  EventSender: {
    TakesMessages: {
      may: 'sqs:DeleteMessage sqs:GetQueueAttributes sqs:ReceiveMessage',
      on: ['event queue'],
    },
    EmptiesOutboxes: {
      may: 'dynamodb:DeleteItem dynamodb:GetItem dynamodb:PutItem dynamodb:Query',
      on: ['state'],
    },
    KeepsTheFeed: {
      may: 'dynamodb:BatchGetItem dynamodb:GetItem dynamodb:PutItem dynamodb:Query dynamodb:UpdateItem',
      on: ['events'],
    },
    FindsDue: { may: 'dynamodb:Query', on: ['events/index/by-due'] },
    OpensWebhookSecrets: { may: 'kms:Decrypt', on: ['webhooks key'], when: webhookSecret },
    AnnouncesEvents: { may: 'sqs:SendMessage', on: ['event queue'] },
    WritesItsLog: { may: 'logs:CreateLogStream logs:PutLogEvents', on: ['own log'] },
  },
  Portal: {
    WritesItsLog: { may: 'logs:CreateLogStream logs:PutLogEvents', on: ['own log'] },
  },
};

const many = z.union([z.unknown().transform((one) => [one]), z.array(z.unknown())]);
const list = z.unknown().transform((value) => (Array.isArray(value) ? value : many.parse(value)));
const Statement = z.strictObject({
  Sid: z.string(),
  Effect: z.literal('Allow'),
  Action: list,
  Resource: list,
  Condition: z.strictObject({ StringEquals: z.record(z.string(), z.unknown()) }).optional(),
});
const Policy = z.object({
  PolicyDocument: z.object({ Statement: z.array(Statement) }),
  Roles: z.tuple([z.object({ Ref: z.string() })]),
});

/** Parts of the template by the names that people use for them. */
const names: readonly [RegExp, string][] = [
  [/StoreState/, 'state'],
  [/StoreGrants/, 'grants'],
  [/StoreCalls/, 'calls'],
  [/StoreEvents/, 'events'],
  [/KeysGrants/, 'grants key'],
  [/KeysBooks/, 'books key'],
  [/KeysWebhooks/, 'webhooks key'],
  [/AppSecret/, 'secret'],
  [/SyncQueueWake/, 'wake queue'],
  [/EventQueueWake/, 'event queue'],
  [/BooksStoreBooks/, 'books'],
];

/** A resource of a statement in words: `{ Fn::GetAtt: [StoreState…, Arn] }` → `state`. */
function inWords(resource: unknown, role: string): string {
  const text = JSON.stringify(resource);
  if (new RegExp(`"${role}Log\\w+","Arn"`).test(text)) return 'own log';
  const name = names.find(([pattern]) => pattern.test(text))?.[1] ?? text;
  return `${name}${/"(\/[^"]*)"\]\]/.exec(text)?.[1] ?? ''}`;
}

let stack: Synthesised;
beforeAll(() => {
  stack = synthesise();
}, 300_000);

function statementsOf(role: string): Record<string, Row> {
  const policies = ofType(stack, 'AWS::IAM::Policy')
    .map(([, { Properties }]) => Policy.parse(Properties))
    .filter(({ Roles: [{ Ref }] }) => new RegExp(`^${role}Role[0-9A-F]{8}$`).test(Ref));
  return Object.fromEntries(
    policies
      .flatMap(({ PolicyDocument }) => PolicyDocument.Statement)
      .map(({ Sid, Action, Resource, Condition }) => [
        Sid,
        {
          may: [...Action].sort().join(' '),
          on: Resource.map((resource) => inWords(resource, role)).sort(),
          ...(Condition === undefined ? {} : { when: conditionInWords(Condition.StringEquals, role) }),
        },
      ]),
  );
}

function conditionInWords(equals: Record<string, unknown>, role: string): Record<string, string> {
  return Object.fromEntries(
    Object.entries(equals).map(([key, value]) => [
      key,
      typeof value === 'string' ? value : inWords(value, role),
    ]),
  );
}

describe('least privilege', () => {
  it.each(Object.keys(expected))('%s may do exactly what it is for', (role) => {
    expect(statementsOf(role)).toEqual(expected[role]);
  });

  it('there is no other role, no managed policy and no inline one', () => {
    const roles = ofType(stack, 'AWS::IAM::Role');

    expect(roles).toHaveLength(Object.keys(expected).length);
    for (const [, { Properties }] of roles) {
      expect(Object.keys(Properties)).toEqual(['AssumeRolePolicyDocument']);
    }
  });
});
