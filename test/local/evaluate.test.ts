import { describe, expect, it } from '@jest/globals';
import { evaluate, type Principal } from '../../local/iam/evaluate.ts';
import { PolicyDocument } from '../../local/iam/policy.ts';

const ROLE: Principal = {
  kind: 'role',
  arn: 'arn:aws:iam::000000000000:role/reader',
  sessionArn: 'arn:aws:sts::000000000000:assumed-role/reader/fn',
  account: '000000000000',
};
const TABLE = 'arn:aws:dynamodb:ca-central-1:000000000000:table/books';
const KEY = 'arn:aws:kms:ca-central-1:000000000000:key/k';

type Context = Record<string, string[]>;

function decide(
  identity: object[],
  asked: { action?: string; resource?: string; context?: Context },
  hanging: object[] = [],
  guardsAlone = false,
) {
  const document = (statements: object[]) =>
    PolicyDocument.parse({ Version: '2012-10-17', Statement: statements });
  return evaluate(
    {
      identity: [{ name: 'own', document: document(identity) }],
      resource: hanging.length > 0 ? [{ name: 'hanging', document: document(hanging), guardsAlone }] : [],
    },
    { principal: ROLE, action: 'dynamodb:GetItem', resource: TABLE, context: {}, ...asked },
  );
}

const allow = (more: object = {}) => ({
  Effect: 'Allow',
  Action: 'dynamodb:GetItem',
  Resource: TABLE,
  ...more,
});

describe('a statement covers an action', () => {
  it.each([
    ['dynamodb:GetItem', 'allowed'],
    ['DynamoDB:getitem', 'allowed'],
    ['dynamodb:Get*', 'allowed'],
    ['dynamodb:GetIte?', 'allowed'],
    ['*', 'allowed'],
    ['dynamodb:PutItem', 'implicitDeny'],
    ['dynamodb:GetItems', 'implicitDeny'],
    ['dynamodb:Get', 'implicitDeny'],
  ])('%s: %s', (Action, decision) => {
    expect(decide([allow({ Action })], {}).decision).toBe(decision);
  });

  it('unless NotAction names it', () => {
    const others = { Effect: 'Allow', NotAction: 'dynamodb:GetItem', Resource: '*' };

    expect(decide([others], {}).decision).toBe('implicitDeny');
    expect(decide([others], { action: 'dynamodb:Query' }).decision).toBe('allowed');
  });
});

describe('a statement covers a resource', () => {
  it.each([
    [TABLE, TABLE, 'allowed'],
    [TABLE, `${TABLE}/index/by-owner`, 'implicitDeny'],
    [`${TABLE}/index/*`, `${TABLE}/index/by-owner`, 'allowed'],
    [`${TABLE}/index/*`, TABLE, 'implicitDeny'],
    [`${TABLE}*`, `${TABLE}-of-another`, 'allowed'],
    ['arn:aws:dynamodb:*:*:table/books', TABLE, 'allowed'],
    ['arn:aws:dynamodb:ca-central-1:000000000000:table/book.', TABLE, 'implicitDeny'],
  ])('%s for %s: %s', (Resource, resource, decision) => {
    expect(decide([allow({ Resource })], { resource }).decision).toBe(decision);
  });
});

describe('a condition', () => {
  const rows: [string, object, Context, string][] = [
    ['holds', { StringEquals: { 'kms:ViaService': 'sqs' } }, { 'kms:ViaService': ['sqs'] }, 'allowed'],
    [
      'does not hold',
      { StringEquals: { 'kms:ViaService': 'sqs' } },
      { 'kms:ViaService': ['s3'] },
      'implicitDeny',
    ],
    ['lacks its key', { StringEquals: { 'kms:ViaService': 'sqs' } }, {}, 'implicitDeny'],
    ['lacks its key but may', { StringEqualsIfExists: { 'kms:ViaService': 'sqs' } }, {}, 'allowed'],
    [
      'is a list of which one holds',
      { StringEquals: { 'kms:ViaService': ['sqs', 's3'] } },
      { 'kms:ViaService': ['s3'] },
      'allowed',
    ],
    [
      'is a pattern',
      { StringLike: { 'kms:ViaService': 's*.amazonaws.com' } },
      { 'kms:ViaService': ['sqs.amazonaws.com'] },
      'allowed',
    ],
    [
      'is not a pattern',
      { StringEquals: { 'kms:ViaService': 's*' } },
      { 'kms:ViaService': ['sqs'] },
      'implicitDeny',
    ],
    [
      'is negated',
      { StringNotEquals: { 'kms:ViaService': 'sqs' } },
      { 'kms:ViaService': ['sqs'] },
      'implicitDeny',
    ],
    ['is negated and lacks its key', { StringNotEquals: { 'kms:ViaService': 'sqs' } }, {}, 'allowed'],
    [
      'is negated over a list',
      { StringNotEquals: { 'kms:ViaService': ['sqs', 's3'] } },
      { 'kms:ViaService': ['s3'] },
      'implicitDeny',
    ],
    [
      'is a truth',
      { Bool: { 'aws:SecureTransport': 'false' } },
      { 'aws:SecureTransport': ['true'] },
      'implicitDeny',
    ],
    ['wants the key absent', { Null: { 'kms:ViaService': 'true' } }, {}, 'allowed'],
    ['wants the key present', { Null: { 'kms:ViaService': 'false' } }, {}, 'implicitDeny'],
    [
      'compares numbers',
      { NumericLessThanEquals: { 's3:max-keys': '10' } },
      { 's3:max-keys': ['9'] },
      'allowed',
    ],
    [
      'compares larger numbers',
      { NumericLessThanEquals: { 's3:max-keys': '10' } },
      { 's3:max-keys': ['11'] },
      'implicitDeny',
    ],
    [
      'wants all values',
      { 'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': ['a', 'b'] } },
      { 'dynamodb:LeadingKeys': ['a', 'c'] },
      'implicitDeny',
    ],
    [
      'wants all values of none',
      { 'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': ['a'] } },
      {},
      'allowed',
    ],
    [
      'wants any value',
      { 'ForAnyValue:StringEquals': { 'dynamodb:LeadingKeys': ['a'] } },
      { 'dynamodb:LeadingKeys': ['a', 'c'] },
      'allowed',
    ],
    [
      'wants any value of none',
      { 'ForAnyValue:StringEquals': { 'dynamodb:LeadingKeys': ['a'] } },
      {},
      'implicitDeny',
    ],
    [
      'spells its key in other letters',
      { StringEquals: { 'AWS:sourcearn': 'x' } },
      { 'aws:SourceArn': ['x'] },
      'allowed',
    ],
    [
      'names two keys of which one fails',
      { StringEquals: { 'kms:ViaService': 'sqs', 'aws:SourceArn': 'x' } },
      { 'kms:ViaService': ['sqs'], 'aws:SourceArn': ['y'] },
      'implicitDeny',
    ],
  ];

  it.each(rows)('that %s', (_title, Condition, context, decision) => {
    expect(decide([allow({ Condition })], { context }).decision).toBe(decision);
  });
});

describe('a policy that is not understood', () => {
  it.each([
    [
      'an unknown condition operator',
      { Condition: { IpAddress: { 'aws:SecureTransport': 'x' } } },
      /operator IpAddress/,
    ],
    [
      'an unknown condition key',
      { Condition: { StringEquals: { 'aws:SourceVpc': 'x' } } },
      /key aws:SourceVpc/,
    ],
    ['an unknown element', { NotPrincipal: '*' }, /NotPrincipal/],
  ])('is refused for %s', (_title, more, message) => {
    expect(() => decide([allow(more)], {})).toThrow(message);
  });
});

describe('several statements', () => {
  it('a deny wins over every allow, wherever it stands', () => {
    const deny = { Effect: 'Deny', Action: 'dynamodb:*', Resource: '*', Principal: '*' };

    expect(decide([allow()], {}, [deny]).decision).toBe('explicitDeny');
    expect(decide([allow(), { Effect: 'Deny', Action: '*', Resource: TABLE }], {})).toEqual({
      decision: 'explicitDeny',
      statement: { policy: 'own', index: 1 },
    });
  });

  it('the decision names the statement that allowed', () => {
    const other = { Effect: 'Allow', Action: 's3:*', Resource: '*' };

    expect(decide([other, allow({ Sid: 'ReadBooks' })], {})).toEqual({
      decision: 'allowed',
      statement: { policy: 'own', index: 1, sid: 'ReadBooks' },
    });
  });

  it('a resource policy that names the role is enough', () => {
    const grant = { Effect: 'Allow', Action: '*', Resource: '*', Principal: { AWS: ROLE.arn } };

    expect(decide([], {}, [grant])).toMatchObject({ decision: 'allowed', statement: { policy: 'hanging' } });
  });

  it('a resource policy for another role is not', () => {
    const grant = { Effect: 'Allow', Action: '*', Resource: '*', Principal: { AWS: `${ROLE.arn}-2` } };

    expect(decide([], {}, [grant]).decision).toBe('implicitDeny');
  });
});

describe('the policy of a key', () => {
  const asked = { action: 'kms:Decrypt', resource: KEY };
  const own = { Effect: 'Allow', Action: 'kms:Decrypt', Resource: KEY };
  const toAccount = {
    Effect: 'Allow',
    Action: 'kms:*',
    Resource: '*',
    Principal: { AWS: 'arn:aws:iam::000000000000:root' },
  };

  it('opens the key to the account, and then the role needs its own statement', () => {
    expect(decide([own], asked, [toAccount], true).decision).toBe('allowed');
    expect(decide([], asked, [toAccount], true).decision).toBe('implicitDeny');
  });

  it('does not open the key to the account, and then the role alone has nothing', () => {
    const elsewhere = { ...toAccount, Action: 'kms:DescribeKey' };

    expect(decide([own], asked, [elsewhere], true).decision).toBe('implicitDeny');
  });
});

describe('a service of AWS', () => {
  const permission = {
    Effect: 'Allow',
    Action: 'lambda:InvokeFunction',
    Resource: '*',
    Principal: { Service: 'events.amazonaws.com' },
    Condition: { ArnLike: { 'aws:SourceArn': 'arn:aws:events:ca-central-1:000000000000:rule/tick' } },
  };
  const ask = (service: string, source: string) =>
    evaluate(
      {
        identity: [],
        resource: [
          {
            name: 'permission',
            document: PolicyDocument.parse({ Statement: permission }),
            guardsAlone: false,
          },
        ],
      },
      {
        principal: { kind: 'service', service },
        action: 'lambda:InvokeFunction',
        resource: 'fn',
        context: { 'aws:SourceArn': [source] },
      },
    ).decision;

  it('may do what a permission lets it, for that source', () => {
    expect(ask('events.amazonaws.com', 'arn:aws:events:ca-central-1:000000000000:rule/tick')).toBe('allowed');
    expect(ask('events.amazonaws.com', 'arn:aws:events:ca-central-1:000000000000:rule/tock')).toBe(
      'implicitDeny',
    );
    expect(ask('s3.amazonaws.com', 'arn:aws:events:ca-central-1:000000000000:rule/tick')).toBe(
      'implicitDeny',
    );
  });
});
