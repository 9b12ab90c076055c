import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../local/template/json.ts';
import { readStack } from '../../local/template/read-stack.ts';

const place = {
  account: '000000000000',
  region: 'ca-central-1',
  stackName: 'Books',
  originUrl: 'http://127.0.0.1:1',
  awsUrl: 'http://127.0.0.1:2',
  signInUrl: 'http://127.0.0.1:3',
};

const read = (template: JsonObject, parameters: Record<string, string> = {}) =>
  readStack(template, place, parameters);

/** What an output of a small template comes to. */
function output(value: JsonObject[string], more: JsonObject = {}, parameters: Record<string, string> = {}) {
  const template = {
    Resources: { Queue: { Type: 'AWS::SQS::Queue' } },
    Outputs: { Out: { Value: value } },
    ...more,
  };
  return read(template, parameters).outputs['Out'];
}

const more: JsonObject = {
  Parameters: {
    Stage: { Type: 'String', Default: 'test' },
    Zones: { Type: 'CommaDelimitedList', Default: 'a,b' },
  },
  Mappings: { Sizes: { test: { memory: '128' } } },
  Conditions: {
    IsTest: { 'Fn::Equals': [{ Ref: 'Stage' }, 'test'] },
    IsLive: { 'Fn::Not': [{ Condition: 'IsTest' }] },
    Both: {
      'Fn::And': [{ Condition: 'IsTest' }, { 'Fn::Or': [{ Condition: 'IsLive' }, { Condition: 'IsTest' }] }],
    },
  },
};

describe('an intrinsic', () => {
  it.each<[string, JsonObject[string], string]>([
    ['Ref of a parameter', { Ref: 'Stage' }, 'test'],
    ['Ref of a resource', { Ref: 'Queue' }, 'http://127.0.0.1:2/000000000000/Books-Queue-'],
    ['Ref of a pseudo parameter', { Ref: 'AWS::Region' }, 'ca-central-1'],
    [
      'GetAtt in a list',
      { 'Fn::GetAtt': ['Queue', 'Arn'] },
      'arn:aws:sqs:ca-central-1:000000000000:Books-Queue-',
    ],
    ['GetAtt in text', { 'Fn::GetAtt': 'Queue.Arn' }, 'arn:aws:sqs:ca-central-1:000000000000:Books-Queue-'],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: CloudFormation's own syntax
    ['Sub', { 'Fn::Sub': '${Stage}-${Queue.QueueName}-${!Literal}' }, 'test-Books-Queue-'],
    [
      'Sub with variables',
      // biome-ignore lint/suspicious/noTemplateCurlyInString: CloudFormation's own syntax
      { 'Fn::Sub': ['${A}/${Stage}', { A: { Ref: 'AWS::AccountId' } }] },
      '000000000000/test',
    ],
    ['Join', { 'Fn::Join': ['-', ['a', { Ref: 'Stage' }]] }, 'a-test'],
    ['Select of a list parameter', { 'Fn::Select': [1, { Ref: 'Zones' }] }, 'b'],
    ['Split', { 'Fn::Select': [2, { 'Fn::Split': ['/', 'a/b/c'] }] }, 'c'],
    ['FindInMap', { 'Fn::FindInMap': ['Sizes', { Ref: 'Stage' }, 'memory'] }, '128'],
    ['If and Equals', { 'Fn::If': ['IsTest', 'yes', 'no'] }, 'yes'],
    ['Not', { 'Fn::If': ['IsLive', 'yes', 'no'] }, 'no'],
    ['And and Or', { 'Fn::If': ['Both', 'yes', 'no'] }, 'yes'],
  ])('%s is resolved', (_title, value, start) => {
    expect(output(value, more)).toMatch(new RegExp(`^${start.replaceAll('$', '\\$')}`));
  });

  it('follows a parameter given at the start', () => {
    expect(output({ 'Fn::If': ['IsTest', 'yes', 'no'] }, more, { Stage: 'live' })).toBe('no');
  });

  it('drops a property whose value is AWS::NoValue', () => {
    const stack = read({
      Resources: {
        Queue: { Type: 'AWS::SQS::Queue', Properties: { DelaySeconds: { Ref: 'AWS::NoValue' } } },
      },
    });

    expect(stack.all('AWS::SQS::Queue')[0]?.properties).toEqual({});
  });
});

describe('a resource', () => {
  it('is left out when its condition does not hold', () => {
    const stack = read({ ...more, Resources: { Queue: { Type: 'AWS::SQS::Queue', Condition: 'IsLive' } } });

    expect(stack.all('AWS::SQS::Queue')).toEqual([]);
  });

  it('keeps its name from start to start', () => {
    const name = () => output({ 'Fn::GetAtt': ['Queue', 'QueueName'] });

    expect(name()).toBe(name());
  });

  it('carries the name its author chose', () => {
    const Resources = {
      Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: { Ref: 'AWS::StackName' } } },
    };

    expect(output({ 'Fn::GetAtt': ['Queue', 'Arn'] }, { Resources })).toBe(
      'arn:aws:sqs:ca-central-1:000000000000:Books',
    );
  });
});

const queue = (Properties: JsonObject, rest: JsonObject = {}): JsonObject => ({
  Resources: { Queue: { Type: 'AWS::SQS::Queue', Properties, ...rest } },
});
const role = (statement: JsonObject): JsonObject => ({
  Resources: {
    Policy: {
      Type: 'AWS::IAM::Policy',
      Properties: {
        PolicyName: 'p',
        Roles: [],
        PolicyDocument: { Statement: [{ Effect: 'Allow', Action: 'a:B', Resource: '*', ...statement }] },
      },
    },
  },
});

describe('a start is refused, with what, where, why and what to do, for', () => {
  it.each<[string, JsonObject, Record<string, string>, RegExp]>([
    [
      'a resource type',
      { Resources: { Box: { Type: 'AWS::EC2::Instance' } } },
      {},
      /resource type AWS::EC2::Instance at Resources\.Box: understood are .*\. Use one of those/,
    ],
    [
      'a property',
      queue({ Colour: 'red' }),
      {},
      /property Colour of AWS::SQS::Queue at Resources\.Queue\.Properties: nothing here acts on it\. Leave it out/,
    ],
    [
      'a property deep inside',
      queue({ RedrivePolicy: { deadLetterTargetArn: 'a', maxReceiveCount: 1, colour: 'red' } }),
      {},
      /property colour of AWS::SQS::Queue at Resources\.Queue\.Properties\.RedrivePolicy/,
    ],
    [
      'a value',
      queue({ DelaySeconds: 'soon' }),
      {},
      /value of AWS::SQS::Queue at Resources\.Queue\.Properties\.DelaySeconds/,
    ],
    [
      'an intrinsic',
      queue({ QueueName: 'q', DelaySeconds: { 'Fn::Length': [1] } }),
      {},
      /intrinsic Fn::Length at Resources\.Queue\.Properties\.DelaySeconds/,
    ],
    [
      'an attribute',
      queue({ DelaySeconds: { 'Fn::GetAtt': ['Queue', 'Colour'] } }),
      {},
      /attribute Queue\.Colour at .*AWS::SQS::Queue has here: Arn, QueueName, QueueUrl/,
    ],
    [
      'a name that is nowhere',
      queue({ DelaySeconds: { Ref: 'Nobody' } }),
      {},
      /name Nobody at Resources\.Queue\.Properties\.DelaySeconds/,
    ],
    ['a circle of names', queue({ QueueName: { Ref: 'Queue' } }), {}, /name of Queue at .*refers to itself/],
    [
      'a parameter without a value',
      {
        ...queue({}),
        Parameters: { Stage: { Type: 'String' } },
        Outputs: { Out: { Value: { Ref: 'Stage' } } },
      },
      {},
      /parameter Stage at Parameters\.Stage: it has no default and no value\. Give it a value/,
    ],
    ['a value for no parameter', queue({}), { Stge: 'x' }, /parameter Stge at the values given at the start/],
    [
      'a value that its parameter does not allow',
      { ...queue({}), Parameters: { Stage: { Type: 'String', AllowedValues: ['test', 'live'] } } },
      { Stage: 'tset' },
      /value of Stage at Parameters\.Stage: allowed are test, live/,
    ],
    [
      'a value that does not match the pattern of its parameter',
      { ...queue({}), Parameters: { Url: { Type: 'String', AllowedPattern: 'https://.+' } } },
      { Url: 'ftp://x' },
      /value of Url at Parameters\.Url: it must match/,
    ],
    ['a key of a resource', queue({}, { CreationPolicy: {} }), {}, /key CreationPolicy at Resources\.Queue/],
    ['a section', { ...queue({}), Transform: 'AWS::Serverless' }, {}, /section Transform/],
    [
      'a condition that is nowhere',
      queue({}, { Condition: 'IsLive' }),
      {},
      /condition IsLive at Resources\.Queue/,
    ],
    [
      'a condition operator in a policy',
      role({ Condition: { IpAddress: { 'aws:SourceArn': 'x' } } }),
      {},
      /at Resources\.Policy\.Properties\.PolicyDocument\.Statement.*operator IpAddress is unknown/,
    ],
    [
      'a condition key in a policy',
      role({ Condition: { StringEquals: { 'aws:SourceVpc': 'x' } } }),
      {},
      /at Resources\.Policy\.Properties\.PolicyDocument\.Statement.*key aws:SourceVpc is unknown/,
    ],
    [
      'a runtime',
      {
        Resources: {
          Fn: {
            Type: 'AWS::Lambda::Function',
            Properties: { Runtime: 'python3.13', Handler: 'a.b', Role: 'r', Code: { ZipFile: '' } },
          },
        },
      },
      {},
      /value of AWS::Lambda::Function at Resources\.Fn\.Properties\.Runtime/,
    ],
  ])('%s', (_title, template, parameters, message) => {
    expect(() => read(template, parameters)).toThrow(message);
  });
});
