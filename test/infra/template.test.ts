import { beforeAll, describe, expect, it } from '@jest/globals';
import { ofType, type Synthesised, synthesise } from './synthesise.ts';

let stack: Synthesised;
beforeAll(() => {
  stack = synthesise();
}, 300_000);

const one = (type: string, id: RegExp) => {
  const found = ofType(stack, type).filter(([name]) => id.test(name));
  expect(found).toHaveLength(1);
  return found[0]?.[1].Properties ?? {};
};

describe('synthesis', () => {
  it('is clean under AwsSolutions and CloudFormation validation', () => {
    expect(stack.report.pluginReports.map(({ pluginName }) => pluginName)).toContain('AwsSolutions');
    expect(stack.report.pluginReports.flatMap(({ violations }) => violations)).toEqual([]);
  });

  it('lets exactly these rules pass, each with a reason that a reviewer can read', () => {
    const passed = stack.report.pluginReports.flatMap(({ suppressedViolations }) => suppressedViolations);

    const rules = new Set(passed.map(({ acknowledgedId }) => acknowledgedId.replace(/.*AwsSolutions-/, '')));
    expect([...rules].sort()).toEqual([
      'APIG4',
      'COG8',
      expect.stringMatching(/^IAM5\[Resource::<BooksStoreBooks\w+\.Arn>\/books\/\*\]$/),
      expect.stringMatching(/^IAM5\[Resource::<BooksStoreBooks\w+\.Arn>\/consents\/\*\]$/),
      'SMG4',
    ]);
    for (const { reason } of passed) expect(reason.length).toBeGreaterThan(40);
  });
});

describe('the tables', () => {
  it('state can be restored to any second, grants cannot: a restored pair is a spent one', () => {
    const recovery = (id: RegExp) => JSON.stringify(one('AWS::DynamoDB::GlobalTable', id)['Replicas']);

    expect(recovery(/State/)).toContain('"PointInTimeRecoveryEnabled":true');
    expect(recovery(/Grants/)).not.toContain('"PointInTimeRecoveryEnabled":true');
  });

  it('all are kept when the stack is deleted', () => {
    for (const [, table] of ofType(stack, 'AWS::DynamoDB::GlobalTable')) {
      expect(table.DeletionPolicy).toBe('Retain');
      expect(JSON.stringify(table.Properties)).toContain('"DeletionProtectionEnabled":true');
    }
  });

  it.each([/State/, /Grants/, /Calls/])('rows of %s expire by their ttl', (id) => {
    expect(one('AWS::DynamoDB::GlobalTable', id)['TimeToLiveSpecification']).toEqual({
      AttributeName: 'ttl',
      Enabled: true,
    });
  });
});

describe('the buckets', () => {
  it('are open to nobody from outside and refuse anything but TLS', () => {
    expect(ofType(stack, 'AWS::S3::Bucket')).toHaveLength(2);
    for (const [, bucket] of ofType(stack, 'AWS::S3::Bucket')) {
      expect(bucket.Properties['PublicAccessBlockConfiguration']).toEqual({
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      });
    }
    for (const [, policy] of ofType(stack, 'AWS::S3::BucketPolicy')) {
      expect(JSON.stringify(policy.Properties['PolicyDocument'])).toContain('"aws:SecureTransport":"false"');
    }
  });

  it('keep the books under a key of their own, and no older version of anything', () => {
    const books = one('AWS::S3::Bucket', /BooksStoreBooks/);

    expect(JSON.stringify(books['BucketEncryption'])).toContain('"SSEAlgorithm":"aws:kms"');
    expect(books['VersioningConfiguration']).toBeUndefined();
  });
});

describe('keys and secrets', () => {
  it('all keys rotate', () => {
    const keys = ofType(stack, 'AWS::KMS::Key');

    expect(keys).toHaveLength(3);
    for (const [, key] of keys) expect(key.Properties['EnableKeyRotation']).toBe(true);
  });

  it('the app secret is encrypted by the key of the grants', () => {
    expect(JSON.stringify(one('AWS::SecretsManager::Secret', /./)['KmsKeyId'])).toContain('KeysGrants');
  });

  it('no environment holds anything that looks like a secret', () => {
    for (const [, { Properties }] of ofType(stack, 'AWS::Lambda::Function')) {
      const names = Object.keys(JSON.parse(JSON.stringify(Properties['Environment'] ?? {})).Variables ?? {});
      expect(names.filter((name) => /SECRET(?!_ID$)|PASSWORD|TOKEN/.test(name))).toEqual([]);
    }
  });
});

describe('the functions', () => {
  it('run on Node 24, each with its own role and a log that ends', () => {
    const functions = ofType(stack, 'AWS::Lambda::Function');
    const roles = new Set(functions.map(([, { Properties }]) => JSON.stringify(Properties['Role'])));

    expect(functions).toHaveLength(8);
    expect(roles.size).toBe(8);
    for (const [, { Properties }] of functions) {
      expect(Properties['Runtime']).toBe('nodejs24.x');
      expect(Properties['LoggingConfig']).toBeDefined();
    }
    for (const [, group] of ofType(stack, 'AWS::Logs::LogGroup')) {
      expect(group.Properties['RetentionInDays']).toBe(90);
    }
  });

  it('answer within the gateway’s thirty seconds where the gateway waits', () => {
    for (const id of [/^Setup/, /^Oauth/, /^Api/, /^Portal/]) {
      expect(one('AWS::Lambda::Function', id)['Timeout']).toBeLessThan(30);
    }
  });
});

describe('the queues', () => {
  it.each([
    [/SyncQueueWake/, /^SyncWorker/],
    [/EventQueueWake/, /^EventSender/],
  ])('hide a message for longer than a turn may take, and park it after five tries: %s', (name, worker) => {
    const queue = one('AWS::SQS::Queue', name);

    expect(queue['VisibilityTimeout']).toBeGreaterThan(
      Number(one('AWS::Lambda::Function', worker)['Timeout']),
    );
    expect(queue['RedrivePolicy']).toMatchObject({ maxReceiveCount: 5 });
  });

  it.each([/WakesWorker/, /WakesSender/])('give back only the messages that failed: %s', (name) => {
    expect(one('AWS::Lambda::EventSourceMapping', name)['FunctionResponseTypes']).toEqual([
      'ReportBatchItemFailures',
    ]);
  });
});

describe('the front door', () => {
  it('writes nothing of an address into its access log: a redirect carries its code there, a caller anything', () => {
    const stage = one('AWS::ApiGatewayV2::Stage', /./);

    expect(JSON.stringify(stage['AccessLogSettings'])).not.toMatch(/query|\$context\.path/i);
    expect(stage['DefaultRouteSettings']).toMatchObject({ ThrottlingRateLimit: 200 });
  });

  it('has one set of catch-all routes a function', () => {
    const routes = ofType(stack, 'AWS::ApiGatewayV2::Route').map(
      ([, { Properties }]) => Properties['RouteKey'],
    );

    expect(routes.sort()).toEqual([
      'ANY /companies/{companyId}/connections/{connectionId}/authorization',
      'ANY /companies/{companyId}/connections/{connectionId}/authorization/{proxy+}',
      'ANY /hooks/freshbooks/{proxy+}',
      'ANY /link/{proxy+}',
      'ANY /oauth/{proxy+}',
      'ANY /portal',
      'ANY /portal/{proxy+}',
      'ANY /setup/{proxy+}',
      'ANY /{proxy+}',
      'GET /',
    ]);
  });
});

describe('sign-in', () => {
  it('is for invited people with a second factor', () => {
    const pool = one('AWS::Cognito::UserPool', /./);

    expect(pool['MfaConfiguration']).toBe('ON');
    expect(pool['AdminCreateUserConfig']).toMatchObject({ AllowAdminCreateUserOnly: true });
  });
});

describe('the alarms', () => {
  it('each says what it means for people and where to look', () => {
    for (const [, alarm] of ofType(stack, 'AWS::CloudWatch::Alarm')) {
      expect(alarm.Properties['AlarmDescription']).toMatch(/\. Look at: .{10,}/);
    }
  });
});
